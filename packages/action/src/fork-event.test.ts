import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { refuseSecretForFork } from './fork-event.ts';
import { type RecordingHost, recordingHost } from './recording-host.ts';
import { defineAction, secret, text } from './spec.ts';
import { runProbe } from './testing/runner-probe.ts';

const spec = defineAction({
  name: 'probe',
  description: 'Probes.',
  permissions: [],
  errors: [],
  inputs: {
    word: text({ default: 'x', description: 'A word.' }),
    key: secret({ optional: true, description: 'A key.' }),
    'github-token': secret({ optional: true, description: 'A token.' }),
  },
  outputs: {},
});
const repo = (name: string) => ({ repo: { full_name: name } });
const pull = (head: object) => ({ pull_request: { head, base: repo('owner/project') } });
const after = (head: unknown) => ({ workflow_run: { head_repository: head }, repository: { full_name: 'owner/project' } });

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

function refuse(name: string, event: unknown, inputs: Readonly<Record<string, string>> = { INPUT_KEY: 'the key' }) {
  const file = join(host.files.workspace, 'event.json');
  writeFileSync(file, typeof event === 'string' ? event : JSON.stringify(event));
  const variables: Readonly<Record<string, string | undefined>> = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file, ...inputs };
  return refuseSecretForFork(spec, (variable) => variables[variable]);
}

describe('S10 a secret is refused', () => {
  test.each([
    ['pull_request_target', pull(repo('fork/project'))],
    ['pull_request_target', pull({ repo: null })],
    ['pull_request_target', 'no JSON'],
    ['pull_request_target', {}],
    ['workflow_run', after({ full_name: 'fork/project' })],
    ['workflow_run', after(null)],
  ])('in %s for %j', async (name, event) => {
    await expect(refuse(name, event)).rejects.toThrowWithCode('E_FORK', /handed a secret: key$/);
  });
  test('whichever it is, also the token of the job', async () => {
    await expect(refuse('pull_request_target', {}, { 'INPUT_GITHUB-TOKEN': 'ghs_1', INPUT_KEY: 'k' })).rejects.toThrowWithCode(
      'E_FORK',
      /key, github-token$/,
    );
  });
});

describe('S10 a run goes on', () => {
  test.each([
    ['pull_request', pull(repo('fork/project'))],
    ['pull_request_target', pull(repo('owner/project'))],
    ['workflow_run', after({ full_name: 'owner/project' })],
    ['push', {}],
    ['workflow_dispatch', {}],
  ])('in %s for %j', async (name, event) => {
    await expect(refuse(name, event)).resolves.toBeUndefined();
  });
  test('without a secret', async () => {
    await expect(refuse('pull_request_target', {}, { INPUT_WORD: 'x' })).resolves.toBeUndefined();
  });
});

test('S10 the frame refuses before the action does anything, and does not show the secret', async () => {
  const ended = await runProbe("host.log.info('it ran'); return { first: '', secondOne: '' }", {
    GITHUB_EVENT_NAME: 'pull_request_target',
    INPUT_KEY: 'a-secret-of-the-repository',
  });
  expect(ended.exitCode).toBe(2);
  expect(ended.stdout).toMatch(/E_FORK/);
  expect(ended.stdout + ended.summary).not.toMatch(/it ran|a-secret-of-the-repository/);
});
