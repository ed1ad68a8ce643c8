import { expect, test } from '@jest/globals';
import { randomOf } from '@release-kit/action/seeded-random';
import type { LintianReport } from './lintian.ts';
import { parseLintianJson } from './lintian-json.ts';
import { parseLintianText } from './lintian-text.ts';

const count = 1_000_000;
const pieces = [
  'E: ',
  'O: ',
  'M: ',
  'Z: ',
  'N: ',
  'N:',
  'a',
  'b-c',
  ' source',
  ' udeb',
  ': ',
  ' ',
  '[',
  ']',
  ':1',
  ':99999999999',
  '\r',
  '\0',
  '\t',
];
const more = [
  'skipping',
  'é',
  'Ã©',
  '\u202e',
  '::error::x',
  '##[error]',
  '../../etc/passwd',
  'N: masked by screen ',
  '{',
  '"',
  '\\',
  '\u2028',
];
const words = [...pieces, ...more];
const heads = ['E: a: t ', 'W: a source: t ', 'O: a: t [x', 'N: ', 'N: masked by screen s', '', '', ''];

const pick = <T>(next: () => number, from: readonly T[]): T | undefined => from[Math.floor(next() * from.length)];

/** Some thousand ends of lines, which the heads multiply. */
function ends(next: () => number): readonly string[] {
  return Array.from({ length: 5000 }, () => Array.from({ length: Math.floor(next() * 8) }, () => pick(next, words)).join(''));
}

const hints = ({ files }: LintianReport): number => files.reduce((sum, file) => sum + file.hints.length, 0);

test('of a million lines of text each is a hint, a notice, a comment, blank, or unread', () => {
  const next = randomOf(20_261_121);
  const tails = ends(next);
  const told = { hints: 0, notices: 0, unread: 0 };
  for (let done = 0; done < count; done += 1000) {
    const lines = Array.from({ length: 1000 }, () => `${pick(next, heads)}${pick(next, tails)}`);
    const report = parseLintianText(lines.join('\n'));
    const comments = (all: readonly string[]) => all.filter((each) => /^N:(?: .*)?\r?$/s.test(each)).length;
    const blank = lines.filter((each) => each.trim() === '').length;
    const left = comments(lines) - comments(report.notices);
    expect(hints(report) + report.notices.length + report.unread.length + left + blank).toBe(lines.length);
    told.hints += hints(report);
    told.notices += report.notices.length;
    told.unread += report.unread.length;
  }
  for (const kind of Object.values(told)) expect(kind).toBeGreaterThan(count / 100);
});

test('of a million hints in JSON, of any shape, each is read or unread', () => {
  const next = randomOf(20_261_122);
  const odd: readonly unknown[] = [
    undefined,
    null,
    7,
    -1,
    '',
    'yes',
    true,
    [],
    {},
    [[]],
    { item: { name: 'x', index: 'a (control)' } },
    { screen: 'x' },
  ];
  const sane: Readonly<Record<string, unknown>> = {
    tag: 'a-tag',
    visibility: 'error',
    note: 'n',
    experimental: false,
    masks: [],
    line_position: 1,
  };
  const keys = [...Object.keys(sane), 'pointer', 'override', 'override_comments', 'screen', 'context', '__proto__', 'constructor'];
  const tails = ends(next);
  const told = { hints: 0, unread: 0 };
  for (let done = 0; done < count; done += 1000) {
    const given = Array.from({ length: 1000 }, (): unknown => {
      const chance = next();
      if (chance < 0.01) return pick(next, odd) ?? null;
      if (chance < 0.15) return { ...sane, [pick(next, keys) ?? '']: pick(next, chance < 0.1 ? odd : tails) };
      return { tag: 'a-tag', visibility: 'warning', note: pick(next, tails) };
    });
    const report = parseLintianJson(
      JSON.stringify({ lintian_version: null, groups: [{ input_files: [{ path: 'a_1_all.deb', hints: given }] }] }),
    );
    expect(hints(report) + report.unread.length).toBe(given.length);
    told.hints += hints(report);
    told.unread += report.unread.length;
  }
  for (const kind of Object.values(told)) expect(kind).toBeGreaterThan(count / 20);
});
