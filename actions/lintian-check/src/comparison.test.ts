import { describe, expect, test } from '@jest/globals';
import type { Hint } from '@release-kit/debian';
import { formatBaseline, parseBaseline } from './baseline.ts';
import { baselineOf, compareFindings, countedFindings, markFailing } from './comparison.ts';
import type { Finding, Tool } from './finding.ts';
import { findingOf, placedOf } from './hint.test-support.ts';
import type { RenamedTags } from './past-finding.ts';
import type { Placed } from './placed.ts';

const file = 'debian/lintian-baseline';
const none: RenamedTags = new Map();
const checked = { files: [{ name: 'hello_1.0_amd64.deb', distribution: 'debian:12' }], tools: new Set<Tool>(['lintian']) };
const baseline = (...lines: string[]) => ({ name: `the baseline ${file}`, entries: parseBaseline(lines.join('\n'), file) });
const at = (line: number) => ({ pointer: { path: 'debian/rules', index: 'patched' as const, line } });
const placed = (given: Partial<Hint>, more: Partial<Placed> = {}, about: Partial<Omit<Finding, 'hint'>> = {}): Placed =>
  placedOf(findingOf({ severity: 'warning', ...given }, about), more);

function standings(all: readonly Placed[], lines: readonly string[], renamed = none): readonly (string | undefined)[] {
  return compareFindings(all, [baseline(...lines)], checked, renamed).placed.map(({ standing }) => standing);
}

describe('a finding of before stays one', () => {
  test.each<[string, Partial<Hint>, string, RenamedTags]>([
    ['when its line moves', { tag: 'a', ...at(99) }, 'hello: a [debian/rules]', none],
    ['when the version rises', { tag: 'a', note: 'hello 2.0-1 (current is 4.7)' }, 'hello: a hello 1.0-3 (current is 4.6)', none],
    ['when its tag is renamed', { tag: 'b' }, 'hello: a', new Map([['a', 'b']])],
    ['when its new name is in the baseline of an older lintian', { tag: 'a' }, 'hello: b', new Map([['a', 'b']])],
    ['when it becomes more severe', { tag: 'a', severity: 'error' }, 'hello: a', none],
  ])('%s', (_, given, line, renamed) => {
    expect(standings([placed(given)], [line], renamed)).toEqual(['existing']);
  });
});

describe('a finding is new', () => {
  test('when the baseline has none of it, and when all is compared with an empty one', () => {
    expect(standings([placed({ tag: 'a' }), placed({ tag: 'b' })], ['hello: a'])).toEqual(['existing', 'new']);
    expect(standings([placed({ tag: 'a' })], [])).toEqual(['new']);
  });

  test('when it is the third copy of two: the one on a changed line, else the last', () => {
    const copies = [1, 2, 3].map((line) => placed({ tag: 'a', ...at(line) }));
    expect(standings(copies, ['2 times hello: a [debian/rules]'])).toEqual(['existing', 'existing', 'new']);
    const changed = copies.map((copy, index) => ({ ...copy, changed: index === 0 }));
    expect(standings(changed, ['2 times hello: a [debian/rules]'])).toEqual(['new', 'existing', 'existing']);
  });

  test('but each checked file may have as many: one package of two architectures or distributions', () => {
    const files = ['hello_1.0_amd64.deb', 'hello_1.0_arm64.deb'].map((name) => placed({ tag: 'a' }, {}, { file: name }));
    expect(standings(files, ['hello: a'])).toEqual(['existing', 'existing']);
    const suites = ['debian:12', 'debian:13'].map((distribution) => placed({ tag: 'a' }, {}, { distribution }));
    expect(standings(suites, ['hello: a'])).toEqual(['existing', 'existing']);
  });
});

test('nothing to compare with: no standing, no comparison', () => {
  const all = [placed({ tag: 'a' })];
  expect(compareFindings(all, [], checked, none)).toEqual({ placed: all, comparison: undefined });
});

test('overridden, masked and classification findings have no standing and fill no place of an open one', () => {
  const all = [
    placed({ tag: 'a' }, {}, { status: 'overridden' }),
    placed({ tag: 'a' }, {}, { status: 'masked' }),
    placed({ tag: 'a', severity: 'classification' }),
    placed({ tag: 'a' }),
  ];
  expect(standings(all, ['hello: a'])).toEqual([undefined, undefined, undefined, 'existing']);
});

test('of several sources the one that knows more of it counts; they do not add up', () => {
  const all = [1, 2, 3].map((line) => placed({ tag: 'a', ...at(line) }));
  const known = [baseline('hello: a [debian/rules]'), { ...baseline('2 times hello: a [debian/rules]'), name: 'the report old.json' }];
  const { placed: told, comparison } = compareFindings(all, known, checked, none);
  expect(told.map(({ standing }) => standing)).toEqual(['existing', 'existing', 'new']);
  expect(comparison?.with).toBe(`the baseline ${file} and the report old.json`);
});

describe('fixed is what was there and is not any more', () => {
  const fixed = (lines: readonly string[], all: readonly Placed[] = []) =>
    compareFindings(all, [baseline(...lines)], checked, none).comparison?.fixed.map(({ tag }) => tag);

  test('each copy once', () => {
    expect(fixed(['3 times hello: a', 'hello: b', 'hello: c'], [placed({ tag: 'a' }), placed({ tag: 'b' })])).toEqual(['a', 'a', 'c']);
  });

  test('only of packages and by tools that had their turn', () => {
    expect(fixed(['other: a', 'hello source: a', 'hello: shellcheck/SC2086', 'hello: d'])).toEqual(['d']);
  });

  test('and the line of the baseline is stale, under its old name as well', () => {
    const entries = parseBaseline('hello: a\n# why\nhello: old\nother: x\n', file);
    const renamed = new Map([['old', 'young']]);
    const { comparison } = compareFindings([placed({ tag: 'a' })], [{ name: file, entries }], checked, renamed);
    expect(comparison?.stale.map(({ place }) => place)).toEqual([{ file, line: 3 }]);
    expect(fixed(['hello: a'], [placed({ tag: 'a' })])).toEqual([]);
  });
});

describe('the step fails', () => {
  const all = [
    placed({ tag: 'old-error', severity: 'error' }, { standing: 'existing' }),
    placed({ tag: 'new-warning', severity: 'warning' }, { standing: 'new' }),
    placed({ tag: 'new-info', severity: 'info' }, { standing: 'new' }),
    placed({ tag: 'new-trial', severity: 'error', experimental: true }, { standing: 'new' }),
    placed({ tag: 'overridden', severity: 'error' }, {}, { status: 'overridden' }),
  ];
  test.each([
    ['error', 'never', ['old-error']],
    ['never', 'warning', ['new-warning']],
    ['never', 'info', ['new-warning', 'new-info']],
    ['error', 'info', ['old-error', 'new-warning', 'new-info']],
    ['never', 'never', []],
  ] as const)('by fail-on %s and fail-on-new %s for %j', (failOn, failOnNew, tags) => {
    expect(
      markFailing(all, failOn, failOnNew)
        .filter(({ fails }) => fails)
        .map(({ finding }) => finding.hint.tag),
    ).toEqual(tags);
  });

  test('by fail-on-new for all findings, when nothing was compared', () => {
    expect(markFailing([placed({ tag: 'a' })], 'never', 'warning')).toMatchObject([{ fails: true }]);
  });
});

describe('a baseline made now', () => {
  const findings = [1, 2].map((line) => findingOf({ tag: 'a', ...at(line) })).concat(findingOf({ tag: 'o' }, { status: 'overridden' }));

  test('holds each open finding once with its count, keeps comments and what was not checked, drops what is gone', () => {
    const before = parseBaseline('# why\nhello: a [debian/rules]\nhello: gone\n# elsewhere\nother: x\n', file);
    const text = formatBaseline(baselineOf(findings, before, checked, none));
    expect(
      text
        .split('\n')
        .filter((line) => line !== '')
        .slice(4),
    ).toEqual(['# why', '2 times hello: a [debian/rules]', '# elsewhere', 'other: x']);
    expect(formatBaseline(baselineOf(findings, parseBaseline(text, file), checked, none))).toBe(text);
  });

  test('makes every finding of now an existing one, in any order', () => {
    const entries = countedFindings(findings, none);
    const all = findings.map((finding) => placedOf(finding));
    for (const order of [all, all.toReversed()])
      expect(compareFindings(order, [{ name: file, entries }], checked, none).placed.map(({ standing }) => standing)).not.toContain('new');
  });
});
