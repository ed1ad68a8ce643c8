import { describe, expect, test } from '@jest/globals';
import type { Finding } from './finding.ts';
import { findingOf, locationOf, placedOf } from './hint.test-support.ts';
import type { LintResult } from './lint-result.ts';
import { countLine, lintSummary } from './lint-summary.ts';
import type { Placed } from './placed.ts';

const counts = { error: 1, warning: 2, info: 0, pedantic: 0, experimental: 0, overridden: 0, masked: 0 };
const finding = (given: Parameters<typeof findingOf>[0], status: Finding['status'] = 'open'): Finding => findingOf(given, { status });
const result = (given: Partial<LintResult>): LintResult => ({
  passed: false,
  failOn: 'error',
  version: '2.116.3',
  files: ['a.deb', 'b.deb', 'c.deb'].map((name) => ({ name, distribution: 'debian:12' })),
  counts,
  placed: [],
  unread: 0,
  comparison: undefined,
  newlyOverridden: [],
  unusedOverrides: [],
  skipped: [],
  ...given,
});

const all = ({ finding: found, ...more }: Pick<Placed, 'finding'> & Partial<Placed>): Placed => placedOf(found, more);

describe('lintSummary', () => {
  test('is a table of the open findings', () => {
    const placed = [
      {
        finding: finding({ tag: 'dir-or-file-in-opt', pointer: { path: 'opt/x/', index: 'installed', line: undefined } }),
        location: locationOf('debian/install:1'),
      },
      { finding: finding({ tag: 'overridden-tag' }, 'overridden'), location: undefined },
      { finding: finding({ tag: 'new-tag', experimental: true, severity: 'warning', note: 'a *b*' }), location: undefined },
    ];
    expect(lintSummary(result({ placed: placed.map(all) }))).toBe(
      [
        '### lintian: failed',
        '',
        'lintian 2.116.3 checked 3 files: 1 error, 2 warnings, 0 info, 0 pedantic (fails on error)',
        '',
        '| | Tag | Package | Note | Where |',
        '|---|---|---|---|---|',
        '| error | `dir-or-file-in-opt` | `hello` | opt/x/ | `debian/install:1` |',
        '| warning (experimental) | `new-tag` | `hello` | a \\*b\\* |  |',
        '',
      ].join('\n'),
    );
  });

  test('hostile text cannot leave its cell', () => {
    const placed = [
      { finding: finding({ tag: 't|`', package: '|<img src=x>`', note: `| @everyone <b>\n${'x'.repeat(400)}` }), location: undefined },
    ];
    const row = lintSummary(result({ placed: placed.map(all) })).split('\n')[6] ?? '';
    expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(7);
    expect(row).toContain('&lt;b&gt;');
    expect(row).toContain('…');
  });

  test('a long list is cut, and the cut is said', () => {
    const placed = Array.from({ length: 60 }, () => ({ finding: finding({}), location: undefined }));
    expect(lintSummary(result({ placed: placed.map(all) }))).toContain('10 more findings are in the log.');
  });
});

test('the count line tells what was set aside', () => {
  const line = countLine(
    result({
      files: [{ name: 'a.deb', distribution: 'debian:12' }],
      failOn: 'never',
      counts: { ...counts, experimental: 1, overridden: 2, masked: 3 },
    }),
  );
  expect(line).toBe(
    'lintian 2.116.3 checked 1 file: 1 error, 2 warnings, 0 info, 0 pedantic; 1 experimental, 2 overridden, 3 masked (nothing fails)',
  );
});
