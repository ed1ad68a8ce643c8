import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseChangelog } from '@release-kit/debian';
import { releaseEntry, releaseTime } from './release-entry.ts';
import { readFacts } from './source.ts';

const facts = readFacts(
  {
    control: 'Source: hello\n\nPackage: hello\nArchitecture: any\n',
    changelog: 'hello (1.0) bookworm; urgency=high\n\n  * Change.\n\n -- A B <a@b.example>  Thu, 15 Jan 2026 12:00:00 +0000\n',
    format: '',
  },
  'debian',
);

test('the entry of a release is one that the parser reads, after the newest', () => {
  const [entry] = parseChangelog(releaseEntry(facts, '1.1~rc.1', 'v1.1.0-rc.1', 1_770_000_000), 'changelog');
  expect(entry).toMatchObject({
    package: 'hello',
    version: '1.1~rc.1',
    distributions: ['bookworm'],
    urgency: 'medium',
    maintainer: 'A B <a@b.example>',
    timestamp: 1_770_000_000,
    changes: '  * Release v1.1.0-rc.1.',
  });
});

test('the entry of a rebuild says that it is of the binary packages alone', () => {
  const [entry] = parseChangelog(releaseEntry(facts, '1.0+b1', { rebuild: 1 }, 1_770_000_000), 'changelog');
  expect(entry).toMatchObject({ version: '1.0+b1', binaryOnly: true, changes: '  * Binary-only rebuild; no changes of the source.' });
});

test('the entry of one of several builds says for which distribution it is, after what is released', () => {
  const entryOf = (plain: string | undefined) =>
    parseChangelog(releaseEntry(facts, '1.1+debian12', { plain, suffix: '+debian12' }, 1_770_000_000), 'changelog')[0]?.changes;
  expect(entryOf('v1.1.0')).toBe('  * Release v1.1.0.\n  * Build for debian12; no other changes of the source.');
  expect(entryOf(undefined)).toBe('  * Build for debian12; no other changes of the source.');
});

test('its time is SOURCE_DATE_EPOCH, else that of the commit, and always after the newest entry', async () => {
  await using set = await recordingHost({ env: { SOURCE_DATE_EPOCH: '1770000000' } });
  await using early = await recordingHost({ env: { SOURCE_DATE_EPOCH: '5' } });
  await using wrong = await recordingHost({ env: { SOURCE_DATE_EPOCH: 'now' } });
  expect(await releaseTime(set, undefined, facts)).toBe(1_770_000_000);
  expect(await releaseTime(early, undefined, facts)).toBe(1_768_478_401);
  expect(await releaseTime(wrong, undefined, facts)).toBe(1_768_478_401);
  const folder = wrong.files.workspace;
  expect(await releaseTime(wrong, folder, facts)).toBe(1_768_478_401);
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@b.example',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@b.example',
    GIT_AUTHOR_DATE: '1780000000 +0000',
    GIT_COMMITTER_DATE: '1780000000 +0000',
  };
  execFileSync('git', ['init', '-q'], { cwd: folder, env });
  execFileSync('git', ['commit', '-q', '--allow-empty', '-m', 'x'], { cwd: folder, env });
  expect(await releaseTime(wrong, folder, facts)).toBe(1_780_000_000);
});
