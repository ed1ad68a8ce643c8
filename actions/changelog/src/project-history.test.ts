import { describe, expect, test } from '@jest/globals';
import { openGit } from '@release-kit/git';
import { tagFamily, usualRules } from '@release-kit/history';
import { describeAll } from './full-history.ts';
import type { HistoryRequest } from './history-request.ts';
import { projectForEach } from './project-for-each.test-support.ts';
import { describeNext, type NextRelease } from './project-history.ts';
import type { Step } from './test-history.ts';

const project = projectForEach();
const { history } = project;

const root = { name: '', path: '', family: tagFamily('v*') };
const usual: HistoryRequest = {
  to: 'HEAD',
  from: undefined,
  ref: undefined,
  package: root,
  packages: [root],
  step: { kind: 'stable' },
  named: { input: undefined, file: undefined },
  rules: usualRules,
  reading: { grammar: {}, squashes: 'title' },
  firstTimers: false,
};

async function next(request: Partial<HistoryRequest> = {}): Promise<NextRelease> {
  await using git = await openGit(project.host, project.checkout);
  return await describeNext(git, { ...usual, ...request });
}

/** What was found out, as people read it: the version, what it is compared with and why, and the subjects. */
async function told(request: Partial<HistoryRequest> = {}): Promise<string> {
  const { plan, start, release } = await next(request);
  const subjects = release.commits.map(({ subject }) => subject).join(', ');
  return `${plan.version} after ${start?.name ?? 'nothing'}${start === undefined ? '' : `, ${start.reason}`}: ${subjects}`;
}

/** Each release of the whole history, as `name < previous: subjects`. */
async function all(request: Partial<HistoryRequest> = {}): Promise<readonly string[]> {
  await using git = await openGit(project.host, project.checkout);
  const asked = { ...usual, ...request };
  const releases: string[] = [];
  for await (const { name, previous, commits } of describeAll(git, asked, await describeNext(git, asked)))
    releases.push(`${name} < ${previous?.name ?? 'nothing'}: ${commits.map(({ subject }) => subject).join(', ')}`);
  return releases;
}

const pre = (channel: string) => ({ step: { kind: 'pre-release', channel } }) as const;
const stable = 'the greatest lower stable release before it';

describe('candidates', () => {
  const line: readonly Step[] = ['feat: one', 'tag v1.0.0', 'feat: two', 'annotated v1.1.0-rc.1', 'fix: three'];

  test('go on from the newest of their line', async () => {
    await history(...line);
    expect(await told(pre('rc'))).toBe('1.1.0-rc.2 after v1.1.0-rc.1, the greatest lower pre-release of 1.1.0 before it: fix: three');
  });

  test('begin a line after the greatest stable release', async () => {
    await history(...line.slice(0, 3));
    expect(await told(pre('beta'))).toBe(`1.1.0-beta.1 after v1.0.0, ${stable}, as this is the first pre-release of 1.1.0: feat: two`);
  });

  test('rise when commits ask for more than was announced', async () => {
    await history(...line, 'feat!: four');
    expect(await told(pre('rc'))).toMatch(/^2\.0\.0-rc\.1 after v1\.0\.0, .*: feat!: four, fix: three, feat: two$/);
  });

  test('are told again by the stable release, and by their promotion', async () => {
    await history(...line);
    expect(await told()).toBe(`1.1.0 after v1.0.0, ${stable}: fix: three, feat: two`);
    const { plan } = await next({ step: { kind: 'promotion' } });
    expect(plan).toMatchObject({ version: '1.1.0', bump: 'minor' });
    expect(plan.explain).toContain('1.1.0-rc.1 is promoted with 1 commit that was in no pre-release');
  });

  test('of an older line than the stable release decide nothing', async () => {
    await history('feat: one', 'tag v2.0.0-rc.1', 'fix: two', 'tag v2.0.0', 'fix: three');
    expect(await told(pre('rc'))).toMatch(/^2\.0\.1-rc\.1 after v2\.0\.0/);
  });

  test('that are older in the history than the stable release below them are found all the same', async () => {
    await history('feat: one', 'tag v1.0.0', 'feat!: two', 'tag v2.0.0-rc.1', 'fix: three', 'tag v1.0.1', 'fix: four');
    expect(await told(pre('rc'))).toBe(
      '2.0.0-rc.2 after v2.0.0-rc.1, the greatest lower pre-release of 2.0.0 before it: fix: four, fix: three',
    );
    expect(await told()).toBe(`2.0.0 after v1.0.1, ${stable}: fix: four`);
  });

  test('of a project without a stable release are compared with each other', async () => {
    await history('feat: one', 'tag v0.1.0-rc.1', 'feat: two');
    expect(await told(pre('rc'))).toMatch(/^0\.1\.0-rc\.2 after v0\.1\.0-rc\.1, .*: feat: two$/);
    expect(await told()).toBe('0.1.0 after nothing: feat: two, feat: one');
  });

  test('are idle when nothing came since', async () => {
    await history(...line.slice(0, 4), 'docs: three');
    const { plan, release } = await next(pre('rc'));
    expect(plan).toMatchObject({ version: '1.1.0-rc.1', bump: 'none' });
    expect(release).toMatchObject({ version: undefined, previous: { name: 'v1.1.0-rc.1' }, commits: [{ subject: 'docs: three' }] });
  });
});

describe('branches', () => {
  const lines: readonly Step[] = [
    ...['feat: one', 'tag v1.0.0', 'fork old', 'switch main', 'feat!: two', 'tag v2.0.0', 'fix: three'],
    ...['switch old', 'fix: four'],
  ];

  test('have their own line; a release elsewhere is told', async () => {
    await history(...lines);
    expect(await told({ to: 'old' })).toBe(`1.0.1 after v1.0.0, ${stable} (2.0.0 is on another branch: this is a backport): fix: four`);
    expect(await told()).toBe(`2.0.1 after v2.0.0, ${stable}: fix: three`);
  });

  test('of backports keep to themselves once they are released and merged', async () => {
    await history(...lines, 'tag v1.0.1', 'switch main', 'merge old', 'fix: five');
    expect(await told({ to: 'v1.0.1' })).toMatch(/^1\.0\.1 after v1\.0\.0, .*backport\): fix: four$/);
    expect(await told()).toMatch(/^2\.0\.1 after v2\.0\.0, [^(]*: fix: five, Merge branch 'old', fix: four, fix: three$/);
    expect(await all()).toEqual([
      "v2.0.1 < v2.0.0: fix: five, Merge branch 'old', fix: three",
      'v1.0.1 < v1.0.0: fix: four',
      'v2.0.0 < v1.0.0: feat!: two',
      'v1.0.0 < nothing: feat: one',
    ]);
  });

  test('that are merged bring what they have', async () => {
    await history('feat: one', 'tag v1.0.0', 'fork topic', 'feat: two', 'switch main', 'fix: three', 'merge topic');
    expect(await told()).toBe(`1.1.0 after v1.0.0, ${stable}: Merge branch 'topic', fix: three, feat: two`);
  });

  test('with a tag that was never merged do not lend it', async () => {
    await history('feat: one', 'tag v1.0.0', 'fork release', 'chore: version', 'tag v1.1.0', 'switch main', 'feat: two');
    await expect(next()).rejects.toThrowWithCode('E_HISTORY', /would be 1\.1\.0, but v1\.1\.0 exists on another branch/);
    expect(await told({ named: { input: '1.2.0', file: undefined } })).toMatch(/^1\.2\.0 after v1\.0\.0/);
  });
});

describe('a tag of the end', () => {
  test('is one of several on a commit: the one that was asked for', async () => {
    await history('feat: one', 'tag v1.0.0', 'feat: two', 'tag v1.1.0-rc.1', 'tag v1.1.0', 'tag v1.1.0-rc.2');
    expect(await told({ to: 'v1.1.0' })).toBe(`1.1.0 after v1.0.0, ${stable}: feat: two`);
    expect(await told({ to: 'v1.1.0-rc.2' })).toMatch(/^1\.1\.0-rc\.2 after v1\.1\.0-rc\.1, the greatest lower pre-release of 1\.1\.0/);
    expect((await next({ ref: 'refs/tags/v1.1.0-rc.1' })).end.tag?.version).toBe('1.1.0-rc.1');
  });

  test('that is old is no backport because newer ones came after it', async () => {
    await history('feat: one', 'tag v1.0.0', 'fix: two', 'tag v1.0.1', 'feat!: three', 'tag v2.0.0');
    expect(await told({ to: 'v1.0.1' })).toBe(`1.0.1 after v1.0.0, ${stable}: fix: two`);
  });

  test('that says less than the commits ask for is told', async () => {
    await history('feat: one', 'tag v1.0.0', 'feat!: two', 'tag v1.0.1');
    expect((await next({ to: 'v1.0.1' })).askedMore).toBe('2.0.0');
    expect((await next({ to: 'v1.0.0' })).askedMore).toBeUndefined();
  });

  test('may be on no branch at all', async () => {
    await history('feat: one', 'tag v1.0.0', 'fork release', 'fix: two', 'tag v1.0.1');
    await project.host.exec(['git', 'branch', '-q', '-D', 'release'], { cwd: project.checkout });
    expect(await told({ to: 'v1.0.1' })).toBe(`1.0.1 after v1.0.0, ${stable}: fix: two`);
  });
});

describe('a version is named', () => {
  const line: readonly Step[] = ['feat: one', 'tag v1.0.0', ['fix: two', 'Release-As: 1.5.0'], 'fix: three'];

  test('by the input, a file, or the newest trailer, in this order', async () => {
    await history(...line);
    expect((await next()).plan).toMatchObject({ version: '1.5.0', bump: 'minor' });
    const file = { path: 'VERSION', version: '1.6.0' };
    expect((await next({ named: { input: undefined, file } })).plan.version).toBe('1.6.0');
    expect((await next({ named: { input: '3.0.0', file } })).plan.version).toBe('3.0.0');
    expect((await next({ named: { input: undefined, file: { path: 'VERSION', version: '1.0.0' } } })).plan.version).toBe('1.5.0');
  });

  test('but a wish that was fulfilled is none any more', async () => {
    await history(...line.slice(0, 2), ['feat: two', 'Release-As: 2.0.0-rc.1'], 'tag v2.0.0-rc.1', 'fix: three');
    expect((await next(pre('rc'))).plan.version).toBe('2.0.0-rc.2');
  });
});

describe('what was taken back', () => {
  const shaOf = async (name: string) => (await project.host.exec(['git', 'rev-parse', name], { cwd: project.checkout })).stdout.trim();

  test('before this release stays released: its revert is told', async () => {
    await history('feat: one', 'feat: two', 'tag v1.0.0');
    const sha = await shaOf('HEAD');
    await history('feat: one', 'feat: two', 'tag v1.0.0', ['Revert "feat: two"', `This reverts commit ${sha}.`], 'feat: two', 'docs: x');
    expect(await told()).toBe(`1.1.0 after v1.0.0, ${stable}: docs: x, feat: two, Revert "feat: two"`);
  });

  test('inside of it is gone, by its subject too when a rebase changed its SHA', async () => {
    await history('feat: one', 'tag v1.0.0', 'feat: two', ['Revert "feat: two"', `This reverts commit ${'c'.repeat(40)}.`], 'fix: three');
    expect(await told()).toBe(`1.0.1 after v1.0.0, ${stable}: fix: three`);
    expect((await next()).release.count).toBe(3);
    expect(await all()).toEqual(['v1.0.1 < v1.0.0: fix: three', 'v1.0.0 < nothing: feat: one']);
  });

  test('by a SHA that only this checkout has is as if nobody had it', async () => {
    await history('feat: one', 'tag v1.0.0', 'fork lost', 'feat: two');
    const sha = await shaOf('lost');
    const revert = ['Revert "feat: two"', `This reverts commit ${sha}.`] as const;
    await history('feat: one', 'tag v1.0.0', 'fork lost', 'feat: two', 'switch main', 'feat: two', revert, 'fix: three');
    expect(await shaOf('lost')).toBe(sha);
    expect(await told()).toBe(`1.0.1 after v1.0.0, ${stable}: fix: three`);
  });

  test('fixups belong to their commit', async () => {
    await history('feat: one', 'tag v1.0.0', 'feat: two', 'fixup! feat: two', 'fixup! feat: one');
    expect(await told()).toBe(`1.1.0 after v1.0.0, ${stable}: fixup! feat: one, feat: two`);
  });

  test('parts of a squash count when they are wanted', async () => {
    await history('feat: one', 'tag v1.0.0', ['Many things (#7)', '* feat: two\n\n* fix: three']);
    expect(await told()).toBe(`1.0.1 after v1.0.0, ${stable}: Many things (#7)`);
    expect(await told({ reading: { grammar: {}, squashes: 'expand' } })).toBe(
      `1.1.0 after v1.0.0, ${stable}: Many things (#7), fix: three, feat: two`,
    );
  });
});

describe('packages of one repository', () => {
  const server = { name: 'server', path: 'server', family: tagFamily('server/v*') };
  const client = { name: 'client', path: 'client', family: tagFamily('client@*') };
  const packages = [server, client];
  const steps: readonly Step[] = [
    { subject: 'feat: both', files: ['server/a', 'client/a'] },
    ...['tag server/v1.0.0', 'tag client@1.0.0', 'tag v9.0.0'],
    { subject: 'feat: server only', files: ['server/a'] },
    { subject: 'fix: client only', files: ['client/a'] },
    'tag client@1.0.1',
    { subject: 'fix!: both', files: ['server/b', 'client/b'] },
    { subject: 'feat: neither', files: ['README'] },
  ];

  test('have versions, tags and commits of their own', async () => {
    await history(...steps);
    expect(await told({ packages, package: server })).toBe(`2.0.0 after server/v1.0.0, ${stable}: fix!: both, feat: server only`);
    expect(await told({ packages, package: client })).toBe(`2.0.0 after client@1.0.1, ${stable}: fix!: both`);
    expect((await next({ packages, package: server })).release).toMatchObject({ name: 'server/v2.0.0', count: 2 });
    expect(await all({ packages, package: client })).toEqual([
      'client@2.0.0 < client@1.0.1: fix!: both',
      'client@1.0.1 < client@1.0.0: fix: client only',
      'client@1.0.0 < nothing: feat: both',
    ]);
  });

  test('may have tags that fit two patterns: the one that says more of the name counts', async () => {
    await history('feat: one', 'tag 1.0.0', 'tag 1.0.0-lts', 'fix: two', 'tag 1.0.1-lts');
    const plain = { name: 'plain', path: '', family: tagFamily('*') };
    const lts = { name: 'lts', path: 'lts', family: tagFamily('*-lts') };
    const asked = { packages: [plain, lts], to: '1.0.1-lts' };
    expect((await next({ ...asked, package: lts })).plan).toMatchObject({ version: '1.0.1', previous: '1.0.0' });
    expect((await next({ ...asked, package: plain })).end.tag).toBeUndefined();
  });

  test('do not count commits of others; the one at the root has what is outside of all', async () => {
    await history(...steps);
    const whole = { name: 'root', path: '', family: tagFamily('v*') };
    expect(await told({ packages: [...packages, whole], package: whole })).toBe(`9.1.0 after v9.0.0, ${stable}: feat: neither`);
  });
});

describe('contributors', () => {
  const steps: readonly Step[] = [
    { subject: 'feat: one', author: 'Ann' },
    { subject: 'feat: two', author: 'Bert', body: 'Co-authored-by: Carl <carl@example.org>' },
    'tag v1.0.0',
    { subject: 'fix: three', author: 'Dora' },
    { subject: 'fix: four', author: 'Carl' },
    { subject: 'fix: five', author: 'bot[bot]' },
  ];

  test('come first when no earlier release has a commit of theirs, when that is asked for', async () => {
    await history(...steps);
    const firsts = async (request: Partial<HistoryRequest>) =>
      (await next(request)).release.contributors.map(({ name, isFirst }) => `${name} ${isFirst}`);
    expect(await firsts({ firstTimers: true })).toEqual(['Carl false', 'Dora true', 'bot[bot] false']);
    expect(await firsts({})).toEqual(['Carl false', 'Dora false', 'bot[bot] false']);
    expect(await firsts({ firstTimers: true, to: 'v1.0.0' })).toEqual(['Ann true', 'Bert true', 'Carl true']);
  });
});

describe('whole histories', () => {
  test('of what is not released hold that alone', async () => {
    await history('feat: one', 'fix: two');
    expect(await all()).toEqual(['v0.1.0 < nothing: fix: two, feat: one']);
  });

  test('end with a part that has no version when nothing asks for one', async () => {
    await history('feat: one', 'tag v1.0.0', 'docs: two');
    expect(await all()).toEqual([expect.stringMatching(/^[0-9a-f]{7} < v1\.0\.0: docs: two$/), 'v1.0.0 < nothing: feat: one']);
    expect(await all({ to: 'v1.0.0' })).toEqual(['v1.0.0 < nothing: feat: one']);
  });

  test('tell candidates until their release is there', async () => {
    const line: readonly Step[] = ['feat: one', 'tag v1.0.0-rc.1', 'fix: two', 'tag v1.0.0', 'feat: three', 'tag v1.1.0-rc.1', 'fix: four'];
    await history(...line);
    expect(await all(pre('rc'))).toEqual([
      'v1.1.0-rc.2 < v1.1.0-rc.1: fix: four',
      'v1.1.0-rc.1 < v1.0.0: feat: three',
      'v1.0.0 < nothing: fix: two, feat: one',
    ]);
    expect(await all()).toEqual(['v1.1.0 < v1.0.0: fix: four, feat: three', 'v1.0.0 < nothing: fix: two, feat: one']);
  });

  test('have no beginning', async () => {
    await history('feat: one', 'fix: two');
    await expect(all({ from: 'HEAD~1' })).rejects.toThrowWithCode('E_INPUT', /exclude each other/);
  });
});

test('remarks on messages have their place', async () => {
  await history('feat: one', 'tag v1.0.0', 'fix:two', ['feat: three', 'Why.\n\nbreaking change: x']);
  const { remarks } = await next();
  expect(remarks.map(({ sha, warning }) => [sha.length, warning.oddity, warning.line])).toEqual([
    [40, 'breaking-spelling', 5],
    [40, 'no-blank-after-colon', 1],
  ]);
});

test('two readings say the same', async () => {
  await history('feat: one', 'tag v1.0.0', 'fork topic', 'feat: two', 'switch main', 'fix: three', 'merge topic');
  expect(await next()).toEqual(await next());
  expect(await all()).toEqual(await all());
});
