import { describe, expect, test } from '@jest/globals';
import { sourceLinks } from '@release-kit/action';
import { findingOf, locationOf, placedOf } from './hint.test-support.ts';
import { hostileText, resultOf, sampleExplanations, sampleResult } from './lint-result.test-support.ts';
import { comparisonLine, countLine, lintSummary } from './lint-summary.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const link = sourceLinks({ serverUrl: 'https://github.example', repository: 'owner/name', sha });
const nowhere = () => undefined;
const lines = (...parameters: Parameters<typeof lintSummary>) => lintSummary(...parameters).split('\n');

describe('lintSummary', () => {
  test('tells what came out, how many of each severity, and each open finding with a link to its line', () => {
    const place = { file: 'pkg/debian/install', line: 1 };
    const placed = [
      placedOf(findingOf({ tag: 'dir-or-file-in-opt', pointer: { path: 'opt/x/', index: 'installed', line: undefined } }), {
        location: locationOf('debian/install:1', { place, exact: true }),
      }),
      placedOf(findingOf({ tag: 'new-tag', experimental: true, severity: 'warning', note: 'a *b*' }), {
        location: locationOf('debian/control:4'),
      }),
      placedOf(findingOf({ tag: 'a-fact', severity: 'classification' })),
    ];
    expect(lines(resultOf({ placed }), new Map(), link)).toEqual([
      '### lintian: failed',
      '',
      'lintian 2.116.3 checked 1 file: 1 error, 0 warnings, 0 info, 0 pedantic; 1 experimental (fails on error)',
      '',
      expect.stringMatching(/^1 of 2 findings stand on the line .*\.$/),
      '',
      '| Severity | Findings |',
      '| --- | ---: |',
      '| ❌ error | 1 |',
      '| ⚠️ warning | 0 |',
      '| info | 0 |',
      '| pedantic | 0 |',
      '| experimental | 1 |',
      '',
      '| Where | Finding |',
      '| --- | --- |',
      `| [\`debian/install:1\`](https://github.example/owner/name/blob/${sha}/pkg/debian/install#L1) | ❌ error \`dir-or-file-in-opt\`<br>opt/x/ |`,
      '| `debian/control:4`<br><sub>some rule</sub> | warning (experimental) `new-tag`<br>a \\*b\\* |',
      '',
    ]);
  });

  test('a clean run is three lines', () => {
    expect(lines(resultOf({ passed: true }), new Map(), link)).toEqual([
      '### lintian: passed',
      '',
      expect.stringMatching(/^lintian 2\.116\.3/),
      '',
    ]);
  });

  test('new and existing have columns when something was compared, and what is gone is told', () => {
    const text = lines(sampleResult(), sampleExplanations, link);
    expect(text).toContain('Compared with the baseline debian/lintian-baseline: 2 new, 1 existing, 1 fixed, 1 of its lines stale.');
    expect(text).toContain('| Severity | Findings | New | Old |');
    expect(text).toContain('| ❌ error | 3 | 1 | 1 |');
    expect(text.some((line) => line.includes('| ❌ error `dir-or-file-in-opt` **new**<br>'))).toBe(true);
    expect(text).toContain('<details><summary>Fixed: 1</summary>');
    expect(
      text.some((line) =>
        line.startsWith(`- [\`debian/lintian-baseline:7\`](https://github.example/owner/name/blob/${sha}/debian/lintian-baseline#L7)`),
      ),
    ).toBe(true);
  });

  test('several files have a table of their own', () => {
    const text = lines(sampleResult(), sampleExplanations, link);
    expect(text).toContain('| 2 | 1 | 1 | `hello_1.0_amd64.deb` |');
    expect(text).toContain('|  |  |  | `hello_1.0.dsc` |');
  });

  test('what a pull request hides is not folded; unread lines and what was not run are told', () => {
    const text = lines(sampleResult(), sampleExplanations, link);
    const heading = text.indexOf('#### Newly overridden');
    expect(text.slice(0, heading).join('\n')).not.toContain('<details>');
    expect(text[heading + 4]).toBe('| `accepted`<br>x \\| y | `debian/hello.lintian-overrides:2`<br>in `hello` |  |');
    expect(text).toContain('⚠️ 2 lines could not be read; the log shows them.');
    expect(text).toContain('Not run:');
  });

  test('a finding names its package where there are several, and what says it where it is not lintian', () => {
    const placed = [placedOf(findingOf({})), placedOf(findingOf({ type: 'source' }, { tool: 'blhc' }))];
    const text = lines(resultOf({ placed }), new Map(), link);
    expect(text).toContain('| in `hello` | ❌ error `some-tag` |');
    expect(text).toContain('| in `hello` source<br>by blhc | ❌ error `some-tag` |');
  });

  test('each tag is explained once, folded', () => {
    const text = lintSummary(sampleResult(), sampleExplanations, link);
    expect(text).toContain(
      '<details><summary>What the tag means</summary>\n\n- `dir-or-file-in-opt`: Packages should not install into /opt. It is for \\{local\\} use.<br>See \\[the FHS\\](1).<br>Install into /usr.<br>See policy 9.1.1.\n\n</details>',
    );
  });

  test('hostile text cannot leave its cell, its list, its link', () => {
    const placed = Object.entries({ tag: 't', note: 'n', package: 'p' }).map(([key]) =>
      placedOf(findingOf({ [key]: hostileText }), {
        location: locationOf(hostileText, { reason: hostileText, place: { file: hostileText } }),
      }),
    );
    const text = lintSummary({ ...sampleResult(), placed }, sampleExplanations, link);
    for (const row of text.split('\n').filter((line) => line.includes('| ❌') || line.includes('| ⚠️')))
      expect([3, 5]).toContain(row.replace(/\\\|/g, '').split('|').length - 1);
    // In code spans HTML and addresses are only text.
    const outside = text.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/<(?!\/?(?:details|summary|br|sub|code)>)|@e|https?:\/\/evil|[\u0000-\u0009\u001b\u202e]/);
  });

  test('a long list is cut, the cut is said, and the page stays below 1 MiB whatever it holds', () => {
    const wide = '🙈&'.repeat(500);
    const placed = Array.from({ length: 3000 }, (_, index) =>
      placedOf(
        findingOf(
          { tag: `${index}${wide}`, note: wide, package: wide, justification: wide },
          { status: index % 2 === 0 ? 'open' : 'overridden' },
        ),
        {
          location: locationOf(wide, { reason: wide, place: { file: wide } }),
        },
      ),
    );
    const meanings = new Map(placed.map(({ finding }) => [finding.hint.tag, { meaning: wide, references: [wide] }]));
    const past = { package: wide, type: 'binary', tag: wide, context: wide };
    const many = <T>(item: T): readonly T[] => Array.from({ length: 3000 }, () => item);
    const override = { package: wide, tag: wide, context: wide, location: locationOf(wide), remark: wide };
    const text = lintSummary(
      resultOf({
        placed,
        files: many({ name: wide, distribution: wide }),
        comparison: { with: wide, fixed: many(past), stale: many({ past, place: { file: wide } }) },
        newlyOverridden: many(override),
        unusedOverrides: many(override),
        skipped: many({ what: wide, reason: wide }),
      }),
      meanings,
      link,
    );
    expect(Buffer.byteLength(text)).toBeLessThan(900_000);
    expect(text).toMatch(/_\d+ more findings are in the log\._/);
    const short = Array.from({ length: 130 }, () => placedOf(findingOf({})));
    expect(lintSummary(resultOf({ placed: short }), new Map(), nowhere)).toContain('_30 more findings are in the log._');
  });

  test('without a page to lead to, places have no links', () => {
    expect(lintSummary(sampleResult(), sampleExplanations, nowhere)).not.toMatch(/(?<!\\)\]\(http/);
  });
});

test('the count line tells what was set aside', () => {
  const counts = { error: 1, warning: 2, info: 0, pedantic: 0, experimental: 1, overridden: 2, masked: 3 };
  expect(countLine(resultOf({ failOn: 'never', counts }))).toBe(
    'lintian 2.116.3 checked 1 file: 1 error, 2 warnings, 0 info, 0 pedantic; 1 experimental, 2 overridden, 3 masked (nothing fails)',
  );
  expect(countLine(resultOf({ failOn: 'never', failOnNew: 'warning' }))).toMatch(/\(fails on new warning\)$/);
  expect(countLine(resultOf({ failOn: 'error', failOnNew: 'info' }))).toMatch(/\(fails on error and new info\)$/);
});

test('without something to compare with there is no such line', () => {
  expect(comparisonLine(resultOf())).toBeUndefined();
});
