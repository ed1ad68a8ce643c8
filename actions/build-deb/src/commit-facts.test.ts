import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { compareVersions } from '@release-kit/debian';
import { commitTime, readCommitFacts } from './commit-facts.ts';
import { snapshotVersion } from './snapshot-version.ts';

let host: RecordingHost;
let checkout: string;
beforeEach(async () => {
  host = await recordingHost();
  checkout = join(host.files.workspace, 'project');
  await mkdir(checkout);
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const git = async (args: readonly string[], date = 1_780_000_000): Promise<string> => {
  const person = { NAME: 'A', EMAIL: 'a@b.example', DATE: `${date} +0200` };
  const identity = Object.entries(person).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  const env = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', ...Object.fromEntries(identity) };
  return (await host.exec(['git', ...args], { cwd: checkout, env })).stdout;
};
let commits = 0;
const commit = (date?: number) => git(['commit', '-q', '--allow-empty', '-m', `change ${++commits}`], date);

describe('the facts of a commit', () => {
  test('count its ancestors, know their latest date and the tags among them', async () => {
    await git(['init', '-q', '-b', 'main']);
    await commit(1_780_000_000);
    await git(['tag', 'v0.1.0']);
    await commit(1_790_000_000);
    await git(['tag', '-a', '-m', 'x', 'v0.2.0-rc.1']);
    await git(['branch', 'other']);
    await commit(1_785_000_000); // an older clock
    await git(['checkout', '-q', 'other']);
    await commit();
    await git(['tag', 'v9.0.0']);
    await git(['checkout', '-q', 'main']);
    const facts = await readCommitFacts(host, checkout);
    expect(facts).toMatchObject({ count: 3, newest: 1_790_000_000, tags: ['v0.1.0', 'v0.2.0-rc.1'] });
    expect(facts.sha).toBe((await git(['rev-parse', 'HEAD'])).trim());
    expect(snapshotVersion('0.1.0', facts).version).toBe(`0.2.0~rc.1+git20260921.3.${facts.sha.slice(0, 7)}`);
  });

  test('give rising versions over a real history of one day, with merges, releases and a clock that goes back', async () => {
    await git(['init', '-q', '-b', 'main']);
    const versions: string[] = [];
    const step = async (): Promise<void> => {
      versions.push(snapshotVersion('0.1.0', await readCommitFacts(host, checkout)).version);
    };
    await commit();
    await step();
    await commit(1_770_000_000);
    await step();
    await git(['tag', 'v0.1.0']);
    versions.push('0.1.0');
    await git(['checkout', '-q', '-b', 'feature']);
    await commit();
    await commit();
    await git(['checkout', '-q', 'main']);
    await commit();
    await step();
    await git(['merge', '-q', '--no-edit', 'feature']);
    await step();
    await git(['tag', 'v0.1.1-beta.1']);
    versions.push('0.1.1~beta.1');
    await commit();
    await step();
    await git(['tag', 'v0.1.1']);
    versions.push('0.1.1');
    await commit();
    await step();
    expect(versions.map((version) => version.replace(/[0-9a-f]{7}$/, 'SHA'))).toEqual([
      '0.1.0~~git20260528.1.SHA',
      '0.1.0~~git20260528.2.SHA',
      '0.1.0',
      '0.1.1~~git20260528.3.SHA',
      '0.1.1~~git20260528.6.SHA',
      '0.1.1~beta.1',
      '0.1.1~beta.1+git20260528.7.SHA',
      '0.1.1',
      '0.1.2~~git20260528.8.SHA',
    ]);
    for (const [index, version] of versions.slice(1).entries()) {
      await host.exec(['dpkg', '--compare-versions', versions[index] ?? '', 'lt', version]);
      expect(compareVersions(versions[index] ?? '', version)).toBe(-1);
    }
  });

  test('are not guessed from a part of the history, and not made up where there is none', async () => {
    await expect(readCommitFacts(host, checkout)).rejects.toThrowWithCode('E_GIT', /not inside a git checkout/);
    await git(['init', '-q', '-b', 'main']);
    await expect(readCommitFacts(host, checkout)).rejects.toThrowWithCode('E_GIT', /no commit/);
    await commit();
    await commit();
    const shallow = join(host.files.workspace, 'shallow');
    await host.exec(['git', 'clone', '-q', '--depth=1', `file://${checkout}`, shallow], { env: { GIT_CONFIG_GLOBAL: '/dev/null' } });
    await expect(readCommitFacts(host, shallow)).rejects.toThrowWithCode('E_GIT', /shallow/);
  });
});

describe('the date of the commit', () => {
  test('is read from a checkout of another user, as root in a container meets it', async () => {
    await git(['init', '-q']);
    await commit(1_785_000_000);
    if (process.getuid?.() === 0) for (const path of ['', '.git']) await chown(join(checkout, path), 12_345, 12_345);
    await mkdir(join(checkout, 'inner'));
    expect(await commitTime(host, join(checkout, 'inner'))).toBe(1_785_000_000);
  });

  test('is unknown outside a checkout and before the first commit', async () => {
    expect(await commitTime(host, checkout)).toBeUndefined();
    await git(['init', '-q']);
    expect(await commitTime(host, checkout)).toBeUndefined();
  });
});
