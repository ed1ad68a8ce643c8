import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { UserError } from './errors.ts';
import type { Host } from './host.ts';
import { runAction } from './run-on-runner.ts';
import { defineAction, problemOutput } from './spec.ts';
import { temporaryFolder } from './temporary.ts';

const spec = defineAction({
  name: 'probe',
  description: 'Probes.',
  inputs: {},
  outputs: { word: { description: 'A word.' }, problem: problemOutput },
  permissions: [],
  errors: [],
});

/** What a later job would read. */
async function outputsOf(body: (host: Host) => void): Promise<string> {
  await using folder = await temporaryFolder('/tmp', 'problem');
  const file = join(folder.path, 'output');
  await writeFile(file, '');
  const env = { GITHUB_OUTPUT: file, GITHUB_WORKSPACE: folder.path, RUNNER_TEMP: folder.path };
  const run = async (_: unknown, host: Host) => {
    body(host);
    return { word: 'x' };
  };
  await runAction(spec, run, { env, signal: new AbortController().signal, write: () => true });
  return (await readFile(file, 'utf8')).replace(/<<(\S+)\n(.*?)\n\1/gs, '=$2');
}

describe('the output problem', () => {
  test('is empty when nothing failed, and the action need not give it', async () => {
    expect(await outputsOf(() => {})).toBe('word=x\nproblem=\n');
  });
  test('is what failed, in one line, without what a log or a page could obey', async () => {
    const failing = outputsOf(() => {
      throw new UserError('E_TAG', 'no tag\u001b[1m\nmore of it', { place: { file: 'debian/changelog', line: 3 } });
    });
    expect(await failing).toBe('problem=debian/changelog:3: no tag\\x1b[1m\n');
  });
  test('is the code alone where the words hold a secret, which GitHub would hand to no other job', async () => {
    const failing = outputsOf((host) => {
      host.mask('correct horse battery staple');
      throw new UserError('E_PASSPHRASE', 'correct horse battery staple is wrong');
    });
    expect(await failing).toBe('problem=E_PASSPHRASE\n');
  });
});
