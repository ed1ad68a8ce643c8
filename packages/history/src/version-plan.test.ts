import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import semver from 'semver';
import { coreOf, findBaseline } from './baseline.ts';
import { graphs, versions } from './history-graph.test-support.ts';
import { parseCommit } from './parse-commit.ts';
import { releaseTag } from './release-tag.ts';
import { newestPreRelease, planVersion, type ReleaseStep, type VersionRequest } from './version-plan.ts';
import { askedBy, grownPart, usualRules, type VersionRules } from './version-rules.ts';

const commits = (...subjects: readonly string[]) =>
  subjects.map((subject, index) => parseCommit({ sha: `${index}`.repeat(40), subject, body: '', authorName: 'A', timestamp: 1 }));
const tags = (...versions: readonly string[]) =>
  versions.map((version) => releaseTag(`v${version}`, 'v')).filter((tag) => tag !== undefined);
const stable: ReleaseStep = { kind: 'stable' };
const pre = (channel: string): ReleaseStep => ({ kind: 'pre-release', channel });
const promotion: ReleaseStep = { kind: 'promotion' };

function plan(step: ReleaseStep, before: readonly string[], subjects: readonly string[], more: Partial<VersionRequest> = {}) {
  const all = commits(...subjects);
  return planVersion({
    step,
    before: tags(...before),
    elsewhere: [],
    commits: all,
    commitsSincePreRelease: all,
    override: undefined,
    rules: usualRules,
    ...more,
  });
}

describe('a stable version', () => {
  test.each([
    [['1.2.3'], ['fix: a'], '1.2.4', 'patch'],
    [['1.2.3'], ['fix: a', 'feat: b', 'docs: c'], '1.3.0', 'minor'],
    [['1.2.3'], ['feat: b', 'fix!: a'], '2.0.0', 'major'],
    [['1.2.3'], ['docs: a', "Merge branch 'x'"], '1.2.3', 'none'],
    [['1.2.3'], [], '1.2.3', 'none'],
    [['1.2.3'], ['Update things'], '1.2.4', 'patch'],
    [['1.9.0', '1.10.0'], ['fix: a'], '1.10.1', 'patch'],
    [['0.4.1'], ['feat!: a'], '0.5.0', 'minor'],
    [[], ['feat!: a'], '0.1.0', 'initial'],
    [['1.0.0-rc.2'], ['fix: a'], '1.0.0', 'initial'],
    [['1.2.3', '1.3.0-rc.2'], ['feat: b'], '1.3.0', 'minor'],
    [['1.2.3', '1.3.0-rc.2'], ['fix: b'], '1.3.0', 'minor'],
    [['1.2.3', '1.3.0-rc.2'], ['feat!: b'], '2.0.0', 'major'],
    [['1.2.3', '1.2.3-rc.1'], ['fix: a'], '1.2.4', 'patch'],
  ])('after %j and %j is %s', (before, subjects, version, bump) => {
    expect(plan(stable, before, subjects)).toMatchObject({ version, bump });
  });

  test('while the major version is 0 follows the choice of the project', () => {
    const rules: VersionRules = { ...usualRules, zero: { breaking: 'major', feature: 'patch' } };
    expect(plan(stable, ['0.4.1'], ['feat: a'], { rules }).version).toBe('0.4.2');
    expect(plan(stable, ['0.4.1'], ['feat!: a'], { rules }).version).toBe('1.0.0');
    expect(plan(stable, ['1.4.1'], ['feat: a'], { rules }).version).toBe('1.5.0');
  });

  test('knows types of the project, which never hide a breaking change', () => {
    const rules: VersionRules = {
      ...usualRules,
      types: new Map([
        ['docs', 'patch'],
        ['security', 'minor'],
        ['fix', 'none'],
      ]),
      first: '1.0.0',
    };
    expect(plan(stable, ['1.0.0'], ['docs: a'], { rules }).version).toBe('1.0.1');
    expect(plan(stable, ['1.0.0'], ['security: a'], { rules }).version).toBe('1.1.0');
    expect(plan(stable, ['1.0.0'], ['fix: a'], { rules }).bump).toBe('none');
    expect(plan(stable, ['1.0.0'], ['fix!: a'], { rules }).version).toBe('2.0.0');
    expect(plan(stable, [], ['fix: a'], { rules }).version).toBe('1.0.0');
  });
});

test.each(['1.0', '1.0.0-rc.1', '1.0.0+a', 'v1.0.0', ''])('the first version of a project is not %j', (first) => {
  expect(() => plan(stable, [], ['fix: a'], { rules: { ...usualRules, first } })).toThrowWithCode('E_CONFIG');
});

describe('a pre-release', () => {
  test.each([
    [['1.2.3'], ['feat: a'], 'rc', '1.3.0-rc.1'],
    [['1.2.3', '1.3.0-rc.1'], ['fix: a'], 'rc', '1.3.0-rc.2'],
    [['1.2.3', '1.3.0-rc.9', '1.3.0-rc.10'], ['fix: a'], 'rc', '1.3.0-rc.11'],
    [['1.2.3', '1.3.0-rc.1'], ['feat!: a'], 'rc', '2.0.0-rc.1'],
    [['1.2.3', '1.3.0-beta.4'], ['fix: a'], 'rc', '1.3.0-rc.1'],
    [['1.2.3', '1.3.0-beta.4'], ['docs: a'], 'rc', '1.3.0-rc.1'],
    [[], ['feat: a'], 'beta', '0.1.0-beta.1'],
    [['0.1.0-beta.1'], ['feat: a'], 'beta', '0.1.0-beta.2'],
  ])('after %j and %j in %s is %s', (before, subjects, channel, version) => {
    expect(plan(pre(channel), before, subjects).version).toBe(version);
  });

  test('is not made when nothing came since the last of its channel, or at all', () => {
    const since = { commitsSincePreRelease: commits('docs: b') };
    expect(plan(pre('rc'), ['1.2.3', '1.3.0-rc.1'], ['feat: a', 'docs: b'], since)).toMatchObject({ version: '1.3.0-rc.1', bump: 'none' });
    expect(plan(pre('rc'), ['1.2.3'], ['docs: b'])).toMatchObject({ version: '1.2.3', bump: 'none' });
  });

  test('passes over numbers of other branches', () => {
    expect(plan(pre('rc'), ['1.2.3'], ['feat: a'], { elsewhere: tags('1.3.0-rc.4') }).version).toBe('1.3.0-rc.5');
  });

  test('never goes back to a lower channel, or below an undotted number', () => {
    expect(() => plan(pre('beta'), ['1.2.3', '1.3.0-rc.1'], ['fix: a'])).toThrowWithCode(
      'E_HISTORY',
      /1\.3\.0-beta\.1, which is not higher than 1\.3\.0-rc\.1/,
    );
    expect(() => plan(pre('rc'), ['1.2.3', '1.3.0-rc1'], ['fix: a'])).toThrowWithCode('E_HISTORY');
  });

  test.each(['', 'rc.1', 'rc1', '-rc', 'r c', '1', 'rc\n'])('has no channel %j', (channel) => {
    expect(() => plan(pre(channel), ['1.2.3'], ['fix: a'])).toThrowWithCode('E_INPUT');
  });
});

describe('a promotion', () => {
  test('makes the newest pre-release stable', () => {
    const { version, bump, explain } = plan(promotion, ['1.2.3', '1.3.0-rc.1', '1.3.0-rc.2'], ['feat: a'], { commitsSincePreRelease: [] });
    expect({ version, bump }).toEqual({ version: '1.3.0', bump: 'minor' });
    expect(explain).toContain('1.3.0-rc.2 is promoted as it is');
  });

  test('also when commits ask for nothing, and says what was in no pre-release', () => {
    expect(plan(promotion, ['1.2.3', '1.3.0-rc.1'], ['docs: a']).version).toBe('1.3.0');
    expect(plan(promotion, ['1.2.3', '1.3.0-rc.1'], ['fix: a']).explain).toContain(
      '1.3.0-rc.1 is promoted with 1 commit that was in no pre-release',
    );
  });

  test('needs a pre-release that leads to what is asked for', () => {
    expect(() => plan(promotion, ['1.2.3'], ['feat: a'])).toThrowWithCode('E_HISTORY', /no pre-release to promote/);
    expect(() => plan(promotion, ['1.2.3', '1.2.3-rc.1'], ['feat: a'])).toThrowWithCode('E_HISTORY');
    expect(() => plan(promotion, ['1.2.3', '1.3.0-rc.1'], ['feat!: a'])).toThrowWithCode(
      'E_HISTORY',
      /cannot become 1\.3\.0, since the next version is 2\.0\.0/,
    );
  });
});

describe('a version that somebody named', () => {
  const override = { version: '2.0.0', source: 'named by the input' };
  test('stands instead of the counted one, and is the core of a pre-release', () => {
    expect(plan(stable, ['1.2.3'], ['docs: a'], { override })).toMatchObject({ version: '2.0.0', bump: 'major' });
    expect(plan(pre('rc'), ['1.2.3'], ['docs: a'], { override }).version).toBe('2.0.0-rc.1');
    expect(plan(pre('rc'), ['1.2.3', '2.0.0-rc.1'], ['fix: a'], { override }).version).toBe('2.0.0-rc.2');
    expect(plan(pre('rc'), ['1.2.3', '2.0.0-rc.1'], ['docs: a'], { override }).bump).toBe('none');
    expect(plan(stable, ['1.2.3'], ['feat: a'], { override: { ...override, version: '1.2.4' } }).explain).toContain(
      '1.2.4 is named by the input, less than the 1.3.0 that was counted',
    );
    expect(plan(pre('rc'), ['1.2.3'], [], { override: { ...override, version: '2.0.0-beta.7' } }).version).toBe('2.0.0-beta.7');
  });

  test.each(['1.2.3', '1.2.2', '1.2.3-rc.1'])('is refused when it is %s after 1.2.3', (version) => {
    expect(() => plan(stable, ['1.2.3'], ['fix: a'], { override: { ...override, version } })).toThrowWithCode(
      'E_HISTORY',
      /not higher than 1\.2\.3/,
    );
  });
});

test('a backport takes no version that another branch has', () => {
  const elsewhere = tags('1.3.0', '2.0.0');
  expect(plan(stable, ['1.2.5'], ['fix: a'], { elsewhere }).version).toBe('1.2.6');
  expect(() => plan(stable, ['1.2.5'], ['feat: a'], { elsewhere })).toThrowWithCode(
    'E_HISTORY',
    /1\.3\.0, but v1\.3\.0 exists on another branch/,
  );
  expect(() => plan(pre('rc'), ['1.2.5'], ['feat: a'], { elsewhere })).toThrowWithCode('E_HISTORY');
});

test('the plan says which commit asked for what, in words without effect', () => {
  const subjects = ['feat: ::error::x\u001b[31m', ...Array.from({ length: 6 }, (_, index) => `feat: ${index}`), 'fix: y', 'docs: z'];
  expect(plan(stable, ['0.2.3'], subjects, { rules: { ...usualRules, zero: { breaking: 'minor', feature: 'patch' } } }).explain).toEqual([
    'Counted from 0.2.3',
    '0000000 asks for minor: feat: ::error::x\\x1b[31m',
    '1111111 asks for minor: feat: 0',
    '2222222 asks for minor: feat: 1',
    '3333333 asks for minor: feat: 2',
    '4444444 asks for minor: feat: 3',
    'and 2 more for minor (the newest 5 are shown)',
    'Besides, 1 commit for patch, 1 commit for nothing',
    'While the major version is 0, minor counts as patch',
    'So the version is 0.2.4',
  ]);
});

test('a first release is explained', () => {
  expect(plan(stable, [], ['chore: a']).explain).toEqual([
    'No release is stable yet: the first version is 0.1.0',
    'None of 1 commit asks for a release',
    'So the version is 0.1.0',
  ]);
  expect(plan(stable, ['1.0.0-rc.1'], ['fix: a']).explain).toEqual([
    'No release is stable yet',
    '0000000 asks for patch: fix: a',
    '1.0.0-rc.1 has announced 1.0.0',
    'So the version is 1.0.0',
  ]);
});

test('in any history the rules are obeyed, and two runs say the same', () => {
  const picks = fc.uniqueArray(fc.tuple(versions(), fc.nat()), { maxLength: 8, selector: ([version]) => version });
  const subject = fc.constantFrom('feat: a', 'fix: b', 'docs: c', 'feat!: d', "Merge branch 'x'", 'Update');
  const step = fc.constantFrom(stable, pre('rc'), pre('beta'), promotion);
  fc.assert(
    fc.property(graphs(20), picks, fc.infiniteStream(subject), step, fc.nat(), ({ list, closureOf }, picked, subjects, step, at) => {
      const made = list.map(({ sha }) =>
        parseCommit({ sha, subject: subjects.next().value ?? '', body: '', authorName: 'A', timestamp: 1 }),
      );
      const placed = picked.map(([version, pick]) => ({ version, sha: list[pick % list.length]?.sha ?? '' }));
      const ancestors = closureOf(list[at % list.length]?.sha ?? '');
      const before = tags(...placed.filter(({ sha }) => ancestors.has(sha)).map(({ version }) => version));
      const elsewhere = tags(...placed.filter(({ sha }) => !ancestors.has(sha)).map(({ version }) => version));
      const since = (version: string | undefined) => {
        const old = closureOf(placed.find((tag) => tag.version === version)?.sha ?? '');
        return made.filter(({ sha }) => ancestors.has(sha) && !(version !== undefined && old.has(sha)));
      };
      const baseline = findBaseline(undefined, before)?.tag.version;
      const announced = newestPreRelease(before)?.version;
      const request: VersionRequest = {
        step,
        before,
        elsewhere,
        commits: since(baseline),
        commitsSincePreRelease: since(announced),
        override: undefined,
        rules: usualRules,
      };
      const outcome = attempt(request);
      expect(attempt({ ...request, before: before.toReversed(), elsewhere: elsewhere.toReversed() })).toEqual(outcome);
      if (typeof outcome === 'string') return;
      const { version, bump, previous } = outcome;
      expect(previous).toBe(baseline);
      const [newest] = semver.rsort(before.map((tag) => tag.version));
      if (bump === 'none') return expect([baseline, announced]).toContain(version);
      if (newest !== undefined) expect(semver.gt(version, newest)).toBe(true);
      expect(elsewhere.map((tag) => tag.version)).not.toContain(version);
      expect(semver.prerelease(version)?.[0]).toBe(step.kind === 'pre-release' ? step.channel : undefined);
      // It is enough for every commit, and no more than some commit or an announced version asks for.
      const floors = request.commits.map((commit) => grownPart(baseline ?? '1.0.0', askedBy(commit, usualRules), usualRules));
      const least = floors.filter((part) => part !== 'none').map((part) => (baseline === undefined ? '0.1.0' : semver.inc(baseline, part)));
      const [core = ''] = semver.rsort(
        [...least, announced === undefined ? undefined : coreOf(announced)].filter((one) => one !== undefined && one !== null),
      );
      if (baseline !== undefined) expect(coreOf(version)).toBe(core);
    }),
    { numRuns: 300 },
  );
});

function attempt(request: VersionRequest) {
  try {
    return planVersion(request);
  } catch (error) {
    expect(() => {
      throw error;
    }).toThrowWithCode('E_HISTORY');
    return String(error).replace(/v?\d\S*/g, '');
  }
}
