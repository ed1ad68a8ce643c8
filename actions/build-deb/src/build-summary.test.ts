import { expect, test } from '@jest/globals';
import { buildSummary, durationText } from './build-summary.ts';

test.each([
  [0, '0.0 s'],
  [1540, '1.5 s'],
  [59_990, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [119_700, '2 min 0 s'],
])('%d ms is %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test('the summary lists binary packages, and hostile text stays text', () => {
  const common = { package: 'x', version: '1:1.0', architecture: 'all', distribution: 'debian:12', sha256: '0'.repeat(64), size: 1234 };
  const files = [
    { ...common, kind: 'deb' as const, path: 'x_1.0_all.deb' },
    { ...common, kind: 'changes' as const, path: 'x_1.0_amd64.changes' },
  ];
  const text = buildSummary(
    { schema: 1, sourceDateEpoch: 1, sources: [{ package: 'x', version: '1:1.0' }], files },
    {
      distribution: 'debian:12',
      milliseconds: 2000,
      reason: 'from <b>@me',
      warnings: 1,
      phases: [],
      strategy: { strategy: 'native', reason: '<i>' },
    },
  );
  expect(text).toContain('| `x` | `1:1.0` | `all` | 1.2 kB |');
  expect(text.match(/^\| `/gm)).toHaveLength(1);
  expect(text).toContain('The compiler gave 1 warning.');
  expect(text).not.toMatch(/<[bi]>|@me/);
});
