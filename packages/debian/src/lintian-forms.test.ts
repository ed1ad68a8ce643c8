import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Hint, LintianReport } from './lintian.ts';
import { parseLintianJson } from './lintian-json.ts';
import { type TagFacts, withTagFacts } from './lintian-tags.ts';
import { parseLintianText } from './lintian-text.ts';

const sample = (name: string) => readFileSync(new URL(`./fixtures/lintian/${name}`, import.meta.url), 'utf8');
const hintsOf = (report: LintianReport) => report.files.flatMap(({ hints }) => hints);
const sorted = (hints: readonly Hint[]) => hints.map((hint) => JSON.stringify(Object.entries(hint).sort())).sort();

describe('both forms of one run say the same, in every field', () => {
  test.each(['broken-2.116', 'source-2.116', 'masked-2.116', 'broken-2.122', 'source-2.122'])('%s', (name) => {
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
