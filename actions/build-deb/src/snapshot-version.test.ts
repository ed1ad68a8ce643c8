import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { compareVersions, debianVersionOf } from '@release-kit/debian';
import fc from 'fast-check';
import { snapshotVersion } from './snapshot-version.ts';

const at = (tags: readonly string[], changelog: string) =>
  snapshotVersion(changelog, { sha: 'abc1234def0000000000000000000000000000ab', count: 57, newest: 1_795_219_199, tags }).version;

describe('a snapshot is', () => {
  test.each([
    // tags, changelog, snapshot
    [[], '0.1.0', '0.1.0~~git20261120.57.abc1234'],
    [['v1.2.3'], '1.2.3', '1.2.4~~git20261120.57.abc1234'],
    [['v1.2.3'], '1.2.3-4', '1.2.4~~git20261120.57.abc1234-1'],
    [['v1.2.3', 'v1.2.10', 'v1.2.9'], '1.2.3-1', '1.2.11~~git20261120.57.abc1234-1'],
    [['v1.2.3'], '1.3.0-1', '1.3.0~~git20261120.57.abc1234-1'],
    [['v1.2.3'], '2:1.2.3-1', '2:1.2.4~~git20261120.57.abc1234-1'],
    [['v1.3.0-rc.1', 'v1.2.3'], '1.2.3', '1.3.0~rc.1+git20261120.57.abc1234'],
    [['v1.3.0-rc.1'], '1.3.0', '1.3.0~rc.1+git20261120.57.abc1234'],
    [['v1.3.0-rc'], '1.2.0', '1.3.0~rc0+git20261120.57.abc1234'],
    [['v1.3.0-rc.1', 'v1.3.0'], '1.3.0', '1.3.1~~git20261120.57.abc1234'],
    [['v1.2.3'], '1.3.0~rc.1-1', '1.3.0~rc.1~~git20261120.57.abc1234-1'],
    [['v1.2.3+build.7'], '1.0.0', '1.2.4~~git20261120.57.abc1234'],
    [['nightly', 'v9', 'v9.9.9-rc1', 'debian/9.9.9', 'v9.9.9\n'], '1.0.0', '1.0.0~~git20261120.57.abc1234'],
    [['v1.2.9007199254740991'], '1.0.0', '1.2.9007199254740992~~git20261120.57.abc1234'],
    [[], '2.10-3', '2.10~~git20261120.57.abc1234-1'],
  ] as const)('with tags %j and the changelog at %s: %s', (tags, changelog, version) => {
    expect(at(tags, changelog)).toBe(version);
  });

  test('explained in words', () => {
    const facts = { sha: 'abc1234def', count: 1, newest: 0 };
    expect(snapshotVersion('1.0', { ...facts, tags: ['v1.0.0'] }).reason).toBe(
      'snapshot of commit abc1234, before 1.0.1, the next after v1.0.0',
    );
    expect(snapshotVersion('1.0', { ...facts, tags: [] }).reason).toBe(
      'snapshot of commit abc1234, before 1.0 of debian/changelog, for nothing is tagged yet',
    );
  });
});

/** What may happen to a project, one after the other; numbers choose among what is possible then. */
const event = fc.oneof(
  fc.record({ kind: fc.constant('commit' as const), date: fc.integer({ min: 0, max: 400 }), sha: fc.stringMatching(/^[0-9a-f]{7}$/) }),
  fc.record({ kind: fc.constant('release' as const), part: fc.nat(2), entry: fc.boolean() }),
  fc.record({
    kind: fc.constant('candidate' as const),
    part: fc.nat(2),
    word: fc.constantFrom('0', '1', 'a', 'alpha', 'ab', 'beta', 'git', 'rc', 'zz'),
  }),
  fc.record({ kind: fc.constant('entry' as const), part: fc.nat(2) }),
);

/** All versions of a history in the order in which they came to be: releases as they are tagged, a snapshot for each commit. */
function versionsOf(events: readonly (typeof event extends fc.Arbitrary<infer E> ? E : never)[], revision: string): string[] {
  const versions: string[] = [];
  const tags: string[] = [];
  let stable = [0, 1, 0];
  let candidate: { core: string; name: string } | undefined;
  let changelog = `0.1.0${revision}`;
  let newest = 0;
  for (const [index, each] of events.entries()) {
    const raised = (part: number) => stable.map((number, at) => (at < part ? number : at === part ? number + 1 : 0));
    if (each.kind === 'commit') {
      newest = Math.max(newest, 1_790_000_000 + each.date * 3600);
      versions.push(snapshotVersion(changelog, { sha: each.sha, count: index + 1, newest, tags }).version);
      continue;
    }
    const core = raised(each.part).join('.');
    if (each.kind === 'entry') {
      if (compareVersions(core, changelog) > 0) changelog = `${core}${revision}`;
      continue;
    }
    const tag =
      each.kind === 'release'
        ? `v${core}`
        : `v${core}-${candidate?.core === core && candidate.name.startsWith(each.word) ? `${candidate.name}.1` : each.word}`;
    const version = debianVersionOf(tag.slice(1), revision.slice(1));
    // A project releases upwards: nothing below what it has tagged, or what its changelog was at before this release.
    if (versions.length > 0 && tags.some((known) => compareVersions(debianVersionOf(known.slice(1), revision.slice(1)), version) >= 0))
      continue;
    if (compareVersions(version, changelog) < 0 && !changelog.startsWith(core)) continue;
    tags.push(tag);
    versions.push(version);
    if (each.kind === 'candidate') candidate = { core, name: tag.slice(core.length + 2) };
    else stable = raised(each.part);
    if (each.kind === 'release' && each.entry) changelog = version;
  }
  return versions;
}

describe('along any history of commits, releases and candidates', () => {
  const history = fc.tuple(fc.array(event, { minLength: 2, maxLength: 30 }), fc.constantFrom('', '-1'));

  test('each version is above all that came before it', () => {
    fc.assert(
      fc.property(history, ([events, revision]) => {
        const versions = versionsOf(events, revision);
        for (const [index, version] of versions.slice(1).entries())
          expect({ before: versions[index], version, order: compareVersions(versions[index] ?? '', version) }).toMatchObject({ order: -1 });
      }),
      { numRuns: 2000, seed: 20261121 },
    );
  });

  test('dpkg says so as well', async () => {
    await using host = await recordingHost();
    const pairs = fc
      .sample(history, { numRuns: 120, seed: 3 })
      .map(([events, revision]) => versionsOf(events, revision))
      .flatMap((versions) => versions.slice(1).map((version, index) => `${versions[index]} ${version}\n`))
      .slice(0, 300);
    expect(pairs.length).toBeGreaterThan(200);
    const script = 'while read -r a b; do dpkg --compare-versions "$a" lt "$b" || echo "$a $b"; done';
    const { stdout } = await host.exec(['sh', '-c', script], { stdin: pairs.join('') });
    expect(stdout).toBe('');
  });
});
