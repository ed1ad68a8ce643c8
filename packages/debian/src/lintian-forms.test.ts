import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Hint, LintianReport } from './lintian.ts';
import { parseLintianJson } from './lintian-json.ts';
import { type TagFacts, withTagFacts } from './lintian-tags.ts';
import { parseLintianText } from './lintian-text.ts';

const sample = (name: string) => readFileSync(new URL(`./fixtures/lintian/${name}`, import.meta.url), 'utf8');
const hintsOf = (report: LintianReport) => report.files.flatMap(({ hints }) => hints);
const sorted = (hints: readonly Hint[]) => hints.map((hint) => JSON.stringify(Object.entries(hint).sort())).sort();

/** The same source, its package, a udeb, .changes and .buildinfo, by the lintian of Debian 11, Ubuntu 22.04, Debian 12, Ubuntu 24.04, Debian 13, Ubuntu 26.04, and sid. */
const releases = ['2.104', '2.114', '2.116', '2.117', '2.122', '2.129', '2.143'];

describe('both forms of one run say the same, in every field', () => {
  const others = ['broken-2.116', 'source-2.116', 'masked-2.116', 'broken-2.122', 'source-2.122'];
  test.each([...releases.map((release) => `garden-${release}`), ...others])('%s', (name) => {
    const json = parseLintianJson(sample(`${name}.json`));
    const facts = new Map(
      hintsOf(json).map(({ tag, severity, experimental }): [string, TagFacts] => [tag, { severity, experimental, formerNames: [] }]),
    );
    const text = withTagFacts(parseLintianText(sample(`${name}.txt`)), facts);
    expect(hintsOf(json).length).toBeGreaterThan(5);
    expect(sorted(hintsOf(text))).toEqual(sorted(hintsOf(json)));
    for (const { notices, unread } of [json, text]) expect([...notices, ...unread]).toEqual([]);
  });
});

test.each(releases)('lintian %s: every file has an entry, and what all releases find is found', (release) => {
  const { files } = parseLintianJson(sample(`garden-${release}.json`));
  const names = [
    'garden-udeb_1.0_all.udeb',
    'garden_1.0.dsc',
    'garden_1.0_all.deb',
    'garden_1.0_amd64.buildinfo',
    'garden_1.0_amd64.changes',
  ];
  expect(files.map(({ path }) => path.replace(/^.*\//, '')).sort()).toEqual(names);
  const hints = files.flatMap((file) => file.hints);
  const has = (wanted: Partial<Hint>) => expect(hints).toContainEqual(expect.objectContaining(wanted));
  has({
    tag: 'dir-or-file-in-opt',
    severity: 'error',
    overridden: true,
    justification: 'The vendor asks for it, in two lines: warning, skipping.',
  });
  has({ tag: 'out-of-date-standards-version', type: 'source', overridden: true, justification: 'Kept as upstream has it.' });
  has({ tag: 'description-synopsis-starts-with-article', type: 'udeb', severity: 'warning', overridden: false });
  has({ tag: 'no-md5sums-control-file', severity: 'info', package: 'garden' });
  has({ severity: 'pedantic' });
  expect(JSON.stringify(hints)).toContain('opt/garden/café');
});
