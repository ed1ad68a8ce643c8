import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { mayUseCache, readOnlyForForks } from './cache-rules.ts';
import { recordingHost } from './recording-host.ts';

describe('the remote cache', () => {
  test.each([
    [{}, true],
    [{ GITHUB_REF: 'refs/heads/main', GITHUB_REF_TYPE: 'branch', RELEASE_KIT_REMOTE_CACHE: 'auto' }, true],
    [{ GITHUB_REF_TYPE: 'tag' }, false],
    [{ GITHUB_REF: 'refs/tags/v1.0.0' }, false],
    [{ RELEASE_KIT_REMOTE_CACHE: 'none' }, false],
    [{ RELEASE_KIT_REMOTE_CACHE: 'nome' }, false],
  ])('S3: with %j it is used: %s', (variables: Readonly<Record<string, string>>, used) => {
    expect(mayUseCache({ env: (name) => variables[name] })).toBe(used);
  });

  const repo = (name: string) => ({ repo: { full_name: name } });
  test.each([
    ['push', undefined, ['a', 'b']],
    ['pull_request', { pull_request: { head: repo('o/r'), base: repo('o/r') } }, ['a', 'b']],
    ['pull_request', { pull_request: { head: repo('f/r'), base: repo('o/r') } }, ['a']],
    ['pull_request', { pull_request: { head: { repo: null }, base: repo('o/r') } }, ['a']],
    ['pull_request_target', { pull_request: { head: repo('f/r'), base: repo('o/r') } }, ['a']],
    ['pull_request', { pull_request: { head: { repo: null }, base: { repo: null } } }, ['a']],
    ['pull_request', undefined, ['a']],
  ] as const)('of the event %s, %j, it is read, and written only outside of forks', async (name, event, seen) => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'event.json');
    if (event !== undefined) await writeFile(file, JSON.stringify(event));
    const variables: Readonly<Record<string, string>> = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file };
    const asked: string[] = [];
    const cache = readOnlyForForks(
      {
        restore: async (_, key) => asked.push(key) > 0,
        save: async (_, key) => {
          asked.push(key);
        },
      },
      { env: (variable) => variables[variable], log: host.log },
    );
    await cache.restore('/x', 'a');
    await cache.save('/x', 'b');
    expect(asked).toEqual(seen);
  });
});
