import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { allTraps, hostileNames, tinyCaller, twoFaults } from '../support/callers/changes.ts';
import { serviceCaller, twoPackagesCaller } from '../support/callers/examples.ts';
import { pullRequest } from '../support/callers/pull-request.ts';
import { readDiff } from '../support/views/files-page.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callers-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a pull request changes what its commits change, and its branch stays in the fork', async () => {
  const caller = await serviceCaller(folder, {});
  const { diff, fork } = await pullRequest(caller, folder, twoFaults);
  expect(readDiff(diff).map(({ path }) => path)).toEqual(['debian/control', 'hello-service.conf']);
  const refs = ['for-each-ref', '--format=%(refname)'];
  expect(await caller.git(['--git-dir', caller.bare, ...refs])).toBe(
    'refs/heads/main\nrefs/pull/7/head\nrefs/pull/7/merge\nrefs/tags/v0.9.0\n',
  );
  expect(await fork.git(['--git-dir', fork.bare, ...refs])).toContain('refs/heads/another-port\n');
});

test('the same repository has the same commits each time', async () => {
  const heads = [];
  for (const name of ['one', 'two']) {
    const { git } = await twoPackagesCaller(join(folder, name), {});
    heads.push(await git(['log', '--format=%H %s']));
  }
  expect(heads[0]).toBe(heads[1]);
});

test('a pull request that is all traps carries each name as it is', async () => {
  const caller = await tinyCaller(folder, {});
  const { event, fork } = await pullRequest(caller, folder, allTraps);
  const names = (await caller.git(['--git-dir', caller.bare, 'ls-tree', '-z', '--name-only', event.sha, 'notes/']))
    .split('\0')
    .filter((name) => name !== '');
  expect(names.sort()).toEqual(hostileNames.map((name) => `notes/${name}`).sort());
  expect(event).toMatchObject({ headRef: allTraps.branch, payload: { pull_request: { title: allTraps.title, body: allTraps.body } } });
  expect(fork.name).toBe('mallory/tiny');
});
