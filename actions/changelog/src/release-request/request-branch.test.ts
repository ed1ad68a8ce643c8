import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { tagFamily } from '@release-kit/history';
import { requestBranches } from './request-branch.ts';

async function branches(ref: string | undefined, inputs: { branch?: string; base?: string } = {}, name = '') {
  await using host = await recordingHost({ env: ref === undefined ? {} : { GITHUB_REF: ref } });
  const given = { branch: inputs.branch, base: inputs.base };
  return requestBranches(given, { package: { name, path: '', family: tagFamily('v*') } }, host);
}

describe('the branches of a release request', () => {
  test('are that of the run and one of our own beside it', async () => {
    expect(await branches('refs/heads/main')).toEqual({ base: 'main', branch: 'release-kit/main' });
    expect(await branches('refs/heads/release/1.x')).toEqual({ base: 'release/1.x', branch: 'release-kit/release/1.x' });
  });

  test('are those that the inputs name', async () => {
    expect(await branches('refs/heads/main', { base: '1.x' })).toEqual({ base: '1.x', branch: 'release-kit/1.x' });
    expect(await branches(undefined, { base: '1.x', branch: 'next' })).toEqual({ base: '1.x', branch: 'next' });
  });

  test.each([
    ['server', 'release-kit/main--server'],
    ['@scope/name', 'release-kit/main--@scope--name'],
    ['a..b.lock', 'release-kit/main--a.b'],
    ['a@{b}.', 'release-kit/main--a@b}'],
  ])('have the name of the package %s', async (name, branch) => {
    expect((await branches('refs/heads/main', {}, name)).branch).toBe(branch);
  });

  test.each([undefined, 'refs/pull/12/merge', 'refs/tags/v1.0.0'])('are asked for where the run is on none: %s', async (ref) => {
    await expect(branches(ref)).rejects.toThrowWithCode('E_INPUT', /which branch the release request goes into/);
  });

  test('are two', async () => {
    await expect(branches('refs/heads/main', { branch: 'main' })).rejects.toThrowWithCode('E_INPUT', /both main/);
  });
});
