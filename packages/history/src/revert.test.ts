import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ParsedCommit } from './commit.ts';
import { parseCommit } from './parse-commit.ts';
import { withoutReverted } from './revert.ts';
import { expandSquash } from './squash.ts';

type Row = readonly [digit: string, subject: string, body?: string];

/** Commits newest first; a SHA is one digit over and over. */
const commits = (...rows: readonly Row[]) =>
  rows.map(([digit, subject, body = '']) => parseCommit({ sha: digit.repeat(40), subject, body, authorName: 'A', timestamp: 1 }));

/** The digits of what is left. */
const left = (...rows: readonly Row[]) =>
  withoutReverted(commits(...rows))
    .map(({ sha }) => sha[0])
    .join('');
const reverts = (digit: string) => `This reverts commit ${digit.repeat(40)}.`;

describe('a commit and its revert cancel each other', () => {
  test('by SHA, also an abbreviated one', () => {
    expect(left(['3', 'fix: y'], ['2', 'Revert "feat: x"', reverts('1')], ['1', 'feat: x'])).toBe('3');
    expect(left(['2', 'revert: x', 'Refs: 1111111'], ['1', 'feat: x'])).toBe('');
  });

  test('the SHA counts more than the subject', () => {
    expect(left(['3', 'Revert "feat: x"', reverts('1')], ['2', 'feat: x'], ['1', 'feat: x'])).toBe('2');
  });

  test('by subject: the newest of that name, each only once', () => {
    expect(left(['3', 'Revert "feat: x"'], ['2', 'feat: x'], ['1', 'feat: x'])).toBe('1');
    expect(left(['4', 'Revert "a"'], ['3', 'Revert "a"'], ['2', 'a'], ['1', 'a'])).toBe('');
    expect(left(['3', 'Revert "a"'], ['2', 'Revert "a"'], ['1', 'a'])).toBe('3');
  });

  test('after a rebase, when the SHA is unknown, by subject', () => {
    expect(left(['2', 'Revert "feat: x"', reverts('9')], ['1', 'feat: x'])).toBe('');
  });
});

describe('a commit counts again', () => {
  test('when its revert was reverted', () => {
    expect(left(['3', 'Revert "Revert "x""', reverts('2')], ['2', 'Revert "x"', reverts('1')], ['1', 'x'])).toBe('1');
    expect(left(['3', 'Reapply "x"', reverts('2')], ['2', 'Revert "x"', reverts('1')], ['1', 'x'])).toBe('1');
    expect(left(['3', 'Reapply "x"'], ['2', 'Revert "x"'], ['1', 'x'])).toBe('1');
  });

  test('and not when that was reverted in turn', () => {
    expect(
      left(['4', 'Revert "Reapply "x""', reverts('3')], ['3', 'Reapply "x"', reverts('2')], ['2', 'Revert "x"', reverts('1')], ['1', 'x']),
    ).toBe('');
  });
});

describe('a revert stays in the list', () => {
  test('when what it takes back was released earlier', () => {
    expect(left(['2', 'Revert "old"', reverts('9')], ['1', 'fix: y'])).toBe('21');
  });

  test('when what it names is newer', () => {
    expect(left(['2', 'x'], ['1', 'Revert "x"', reverts('2')])).toBe('21');
  });

  test('when it takes back a merge, whose commits are not known', () => {
    expect(left(['3', 'Revert "Merge branch \'a\'"', reverts('2')], ['2', "Merge branch 'a'"], ['1', 'feat: x'])).toBe('321');
  });
});

describe('several commits taken back by one revert', () => {
  const both = 'Refs: 1111111, 2222222';
  test('cancel together', () => {
    expect(left(['4', 'fix: y'], ['3', 'revert: both', both], ['2', 'feat: b'], ['1', 'feat: a'])).toBe('4');
    expect(
      left(['3', 'Revert "b"', `This reverts commits ${'1'.repeat(40)} and ${'2'.repeat(40)}.`], ['2', 'feat: b'], ['1', 'feat: a']),
    ).toBe('');
    expect(left(['3', 'Revert "b"', `${reverts('2')}\n\n${reverts('1')}`], ['2', 'feat: b'], ['1', 'feat: a'])).toBe('');
  });

  test('keep the revert in the list when one of them was released earlier', () => {
    expect(left(['3', 'revert: both', both], ['2', 'feat: b'])).toBe('3');
  });
});

describe('what GitHub writes', () => {
  test('the number of the pull request stands behind what was squashed, and behind the revert', () => {
    expect(left(['2', 'Revert "feat: x (#11)" (#12)', reverts('1')], ['1', 'feat: x (#11)'])).toBe('');
    expect(left(['2', 'Revert "feat: x" (#12)', 'Reverts a/b#11'], ['1', 'feat: x (#11)'])).toBe('');
    expect(left(['2', 'revert: feat: x (#12)'], ['1', 'feat: x (#11)'])).toBe('');
    expect(left(['2', 'revert: feat: a longer name (#12)'], ['1', 'feat: a longer name (#11)'])).toBe('');
    expect(
      left(['3', 'Reapply "feat: x" (#13)', 'Reverts a/b#12'], ['2', 'Revert "feat: x" (#12)', 'Reverts a/b#11'], ['1', 'feat: x (#11)']),
    ).toBe('1');
  });

  test('the number tells pull requests of one title apart', () => {
    expect(left(['3', 'Revert "deps" (#12)', 'Reverts a/b#10'], ['2', 'deps (#11)'], ['1', 'deps (#10)'])).toBe('2');
    expect(left(['3', 'Revert "deps" (#12)', 'Reverts a/b#9'], ['2', 'deps (#11)'], ['1', 'deps (#10)'])).toBe('321');
    expect(left(['2', 'Revert "deps (#9)"'], ['1', 'deps (#10)'])).toBe('21');
    expect(left(['2', 'Revert "deps (#9)"'], ['1', 'deps'])).toBe('');
  });
});

describe('a squash that was expanded', () => {
  const part = (number: number, subject: string): ParsedCommit =>
    parseCommit({
      sha: '1'.repeat(40),
      subject,
      body: '',
      authorName: 'A',
      timestamp: 1,
      part: { number, pullRequest: 11, line: number + 2, column: 3 },
    });
  const squash = [part(3, 'fix: c'), part(2, 'feat: b'), part(1, 'feat: a')];
  const subjects = (...rows: readonly Row[]) => withoutReverted([...commits(...rows), ...squash]).map(({ subject }) => subject);

  test('goes as a whole by SHA and by number', () => {
    expect(subjects(['2', 'Revert "title (#11)"', reverts('1')])).toEqual([]);
    expect(subjects(['2', 'Revert "title" (#12)', 'Reverts a/b#11'])).toEqual([]);
    expect(subjects(['2', 'Revert "title (#11)" (#12)'])).toEqual([]);
  });

  test('goes with its title', () => {
    const title = parseCommit({ sha: '1'.repeat(40), subject: 'title (#11)', body: '', authorName: 'A', timestamp: 1 });
    const all = (...rows: readonly Row[]) => withoutReverted([...commits(...rows), title, ...squash]).map(({ subject }) => subject);
    expect(all(['2', 'Revert "title (#11)"', reverts('1')])).toEqual([]);
    expect(all(['2', 'Revert "title" (#12)', 'Reverts a/b#11'])).toEqual([]);
    expect(all(['2', 'Revert "title"'])).toEqual([]);
    expect(all(['2', 'Revert "feat: b"'])).toEqual(['title (#11)', 'fix: c', 'feat: a']);
    expect(all(['3', 'Reapply "title" (#13)', 'Reverts a/b#12'], ['2', 'Revert "title" (#12)', 'Reverts a/b#11'])).toHaveLength(4);
  });

  test('loses only the part that is quoted', () => {
    expect(subjects(['2', 'Revert "feat: b"'])).toEqual(['fix: c', 'feat: a']);
  });

  test('as GitHub writes it is found by the number of its pull request, by its SHA, and by a part', () => {
    const sha = '1'.repeat(40);
    const body = '* feat: a\n\nWith words.\n\n* fix: b\n\n---------\n\nCo-authored-by: B <b@example.org>';
    const parts = expandSquash({ sha, subject: 'feat: a (#11)', body, authorName: 'A', timestamp: 1 }).map((commit) => parseCommit(commit));
    const all = (...rows: readonly Row[]) => withoutReverted([...commits(...rows), ...parts]).map(({ subject }) => subject);
    expect(all()).toEqual(['feat: a (#11)', 'fix: b']);
    expect(all(['2', 'Revert "feat: a" (#12)', 'Reverts o/r#11'])).toEqual([]);
    expect(all(['2', 'Revert "feat: a (#11)" (#12)', `This reverts commit ${sha}.`])).toEqual([]);
    expect(all(['2', 'Revert "fix: b"'])).toEqual(['feat: a (#11)']);
  });

  test('may quote in its title what its parts take back', () => {
    const title = parseCommit({ sha: '2'.repeat(40), subject: 'Revert "title" (#12)', body: '', authorName: 'A', timestamp: 1 });
    const inside = {
      ...title,
      ...parseCommit({ sha: title.sha, subject: 'Revert "feat: b"', body: '', authorName: 'A', timestamp: 1 }),
      part: 1,
    };
    expect(withoutReverted([title, inside, ...squash]).map(({ subject }) => subject)).toEqual(['fix: c', 'feat: a']);
    expect(withoutReverted([title, inside])).toEqual([inside]);
  });

  test('may take back a part of its own', () => {
    expect(withoutReverted([part(3, 'Revert "feat: a"'), part(2, 'feat: b'), part(1, 'feat: a')]).map(({ part }) => part)).toEqual([2]);
  });
});

test('a revert of what an earlier release has is not paired with a commit of the same subject', () => {
  const list = commits(['3', 'Revert "deps"', reverts('9')], ['2', 'deps']);
  expect(withoutReverted(list)).toEqual([]);
  expect(withoutReverted(list, (sha) => sha === '9'.repeat(40))).toEqual(list);
});

test('100,000 commits of one name, half of them reverts, take a moment', () => {
  const list = Array.from({ length: 100_000 }, (_, index) =>
    parseCommit({
      sha: index.toString(16).padStart(40, '0'),
      subject: index < 50_000 ? 'Revert "a"' : 'a',
      body: '',
      authorName: 'A',
      timestamp: 1,
    }),
  );
  const start = performance.now();
  expect(withoutReverted(list)).toHaveLength(0);
  expect(performance.now() - start).toBeLessThan(30_000);
});

test('a squash of 50,000 parts and as many reverts of it take a moment', () => {
  const part = parseCommit({ sha: '1'.repeat(40), subject: 'feat: a', body: '', authorName: 'A', timestamp: 1 });
  const parts = Array.from({ length: 50_000 }, (_, index) => ({ ...part, pullRequest: 11, part: 50_000 - index }));
  const revert = parseCommit({ sha: '', subject: 'Revert "title (#11)"', body: reverts('1'), authorName: 'A', timestamp: 1 });
  const list = [...Array.from({ length: 50_000 }, (_, index) => ({ ...revert, sha: index.toString(16).padStart(40, '0') })), ...parts];
  const start = performance.now();
  expect(withoutReverted(list)).toHaveLength(100_000);
  expect(performance.now() - start).toBeLessThan(30_000);
});

describe('over random histories', () => {
  const shaOf = (index: number) => `${(index * 7919).toString(16).padStart(6, '0')}${'0'.repeat(34)}`;
  const commitOf = (index: number, subject: string, body: string) =>
    parseCommit({ sha: shaOf(index), subject, body, authorName: 'A', timestamp: 1 });

  test('what is left is what is in effect at the end, when each revert is one that git can make', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean(), fc.nat()), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (wanted) => {
        const made: { readonly commit: ParsedCommit; readonly root: number; readonly puts: boolean }[] = [];
        const inEffect: boolean[] = [];
        for (const [name, isRevert, pick] of wanted) {
          // git takes back a change that is there, or puts back one that is not.
          const possible = made.filter(({ root, puts }) => isRevert && inEffect[root] === puts);
          const target = possible[pick % Math.max(1, possible.length)];
          const subject = target === undefined ? name : `Revert "${target.commit.subject}"`;
          const body = target === undefined ? '' : `This reverts commit ${target.commit.sha}.`;
          const root = target?.root ?? made.length;
          const puts = target?.puts !== true;
          inEffect[root] = puts;
          made.push({ commit: commitOf(made.length, subject, body), root, puts });
        }
        const expected = made.filter(({ root }, index) => root === index && inEffect[index] === true).map(({ commit }) => commit);
        expect(withoutReverted(made.map(({ commit }) => commit).reverse())).toEqual(expected.reverse());
      }),
      { numRuns: 300 },
    );
  });

  /** The written rules with a look through the whole list at each step; without squashes and numbers. */
  function slowly(list: readonly ParsedCommit[]): readonly ParsedCommit[] {
    type Root = ParsedCommit | string;
    const isOn = new Map<Root, boolean>();
    const writer = new Map<Root, ParsedCommit>();
    const since = new Map<ParsedCommit, number>();
    const effects = new Map<ParsedCommit, readonly { readonly root: Root; readonly before: boolean; readonly after: boolean }[]>();
    const aliases = new Map<string, ParsedCommit>();
    const older: ParsedCommit[] = [];
    const lives = (commit: ParsedCommit) =>
      commit.target === undefined ? isOn.get(commit) : effects.get(commit)?.some(({ root }) => writer.get(root) === commit);
    for (const [time, commit] of list.toReversed().entries()) {
      since.set(commit, time);
      if (commit.target === undefined) {
        isOn.set(commit, true);
        effects.set(commit, [{ root: commit, before: false, after: true }]);
      } else {
        const { shas, subject } = commit.target;
        const find = (sha: string) => {
          const matches = list.filter((other) => other.sha.startsWith(sha));
          return aliases.get(sha) ?? older.find((other) => matches.length === 1 && other === matches[0]);
        };
        let targets = shas.map(find);
        let outside: readonly string[] = shas.filter((_, at) => targets[at] === undefined);
        if (targets.every((target) => target === undefined) && !shas.some((sha) => isOn.has(sha))) {
          const quoted = older.filter((other) => other.subject === subject && lives(other));
          const [latest] = quoted.sort((a, b) => (since.get(b) ?? 0) - (since.get(a) ?? 0));
          if (latest !== undefined) {
            for (const sha of shas) aliases.set(sha, latest);
            targets = [latest];
            outside = [];
          }
        }
        const found = older.filter((other) => targets.includes(other)).flatMap((other) => effects.get(other) ?? []);
        if (found.length === 0 && outside.length === 0) outside = [`nameless ${time}`];
        const mine = [...new Set<Root>([...found.map(({ root }) => root), ...outside])].map((root) => {
          const own = found.filter((effect) => effect.root === root);
          // Named beside what a target did to it, the outside counts once, and last.
          const isNamed = typeof root === 'string' && outside.includes(root);
          return { root, before: isNamed ? true : (own.at(-1)?.after ?? true), after: isNamed ? false : (own[0]?.before ?? false) };
        });
        for (const { root, after } of mine) {
          if (after && isOn.get(root) === false && typeof root !== 'string') since.set(root, time);
          isOn.set(root, after);
          writer.set(root, commit);
        }
        effects.set(commit, mine);
      }
      older.push(commit);
    }
    const keepsOut = (commit: ParsedCommit) =>
      effects
        .get(commit)
        ?.some(({ root, after }) => !after && writer.get(root) === commit && (typeof root === 'string' || root.kind === 'merge'));
    return list.filter((commit) => commit.kind === 'merge' || (commit.target === undefined ? isOn.get(commit) : keepsOut(commit)));
  }

  test('whatever the reverts name, the rules are obeyed, and twice is the same as once', () => {
    const text = fc.constantFrom(
      'a',
      'b',
      "Merge branch 'm'",
      'Revert "a"',
      'Revert "Revert "a""',
      'Reapply "a"',
      'revert: b',
      'Revert "Merge branch \'m\'"',
    );
    const name = fc
      .tuple(fc.nat(24), fc.constantFrom(7, 12, 40))
      .map(([index, length]) => `This reverts commit ${shaOf(index).slice(0, length)}.`);
    const rows = fc.array(fc.tuple(text, fc.array(name, { maxLength: 2 })), { maxLength: 24 });
    fc.assert(
      fc.property(rows, (wanted) => {
        const list = wanted.map(([subject, body], index) => commitOf(index, subject, body.join('\n')));
        const once = withoutReverted(list);
        expect(once).toEqual(slowly(list));
        expect(withoutReverted(list)).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });
});
