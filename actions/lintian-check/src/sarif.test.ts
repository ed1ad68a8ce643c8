import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { inWorkspace } from '@release-kit/action';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { findingOf, locationOf, placedOf } from './hint.test-support.ts';
import { hostileText, resultOf, sampleExplanations, samplePlaced, sampleResult } from './lint-result.test-support.ts';
import { githubLimits, type SarifContent, sarifReport } from './sarif.ts';
import { sarifText } from './sarif-rule.ts';

/** The schema of SARIF 2.1.0 as its authors' package has it: draft 4, of which it uses nothing that draft 7 has not, but for the key `id`. */
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

const parsed = (content: SarifContent, result = sampleResult()) => {
  const log = JSON.parse(sarifReport(result, sampleExplanations, content, inWorkspace));
  validate(log);
  expect(validate.errors).toBeNull();
  return log;
};

/** Hexadecimal digits, which compress to a half. */
const noise = (seed: number) => createHash('sha512').update(`${seed}`).digest('hex');

describe('the SARIF file', () => {
  test.each(['open', 'all'] as const)('validates against the schema, hostile texts and no findings included: %s', (content) => {
    parsed(content);
    expect(parsed(content, resultOf()).runs[0].results).toEqual([]);
  });

  test('holds no more than GitHub takes, and says how many are left out', () => {
    const many = Array.from({ length: 30_000 }, (_, index) => placedOf(findingOf({ tag: `tag-${index % 300}`, note: `n ${index}` })));
    const [run] = JSON.parse(sarifReport(resultOf({ placed: many }), sampleExplanations, 'open', inWorkspace)).runs;
    expect([run.results.length, run.tool.driver.rules.length]).toEqual([25_000, 300]);
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      { level: 'warning', message: { text: '5000 more results are left out: GitHub takes no more.' } },
    ]);
  });

  test('has fewer results where the compressed file would be too large', () => {
    const placed = Array.from({ length: 400 }, (_, index) => placedOf(findingOf({ tag: 't', note: noise(index) })));
    const text = sarifReport(resultOf({ placed }), sampleExplanations, 'open', inWorkspace, { ...githubLimits, compressed: 40_000 });
    expect(gzipSync(text).length).toBeLessThanOrEqual(40_000);
    expect(JSON.parse(text).runs[0].results.length).toBeGreaterThan(10);
  });

  test('open holds what is to be acted on and nothing that GitHub would raise again', () => {
    const [lintian, shellcheck] = parsed('open').runs;
    const ids = lintian.results.map((result: { ruleId: string }) => result.ruleId);
    expect(ids).toEqual(['dir-or-file-in-opt', 'dir-or-file-in-opt', 'hostile', 'new-tag', 'no-manual-page']);
    expect(lintian.results.every((result: object) => !('suppressions' in result))).toBe(true);
    expect([shellcheck.tool.driver.name, shellcheck.results.length]).toEqual(['shellcheck', 1]);
  });

  test('a tool that ran and found nothing has a run without results, which closes its alerts', () => {
    const { runs } = parsed('open', resultOf({ tools: ['lintian', 'blhc'] }));
    expect(runs.map((run: { tool: { driver: { name: string } }; results: object[] }) => [run.tool.driver.name, run.results])).toEqual([
      ['lintian', []],
      ['blhc', []],
    ]);
  });

  test('all holds the rest as suppressed, informational and absent', () => {
    const { results } = parsed('all').runs[0];
    const of = (id: string) => results.find((result: { ruleId: string }) => result.ruleId === id);
    expect(of('accepted').suppressions).toEqual([{ kind: 'external', status: 'accepted', justification: 'It <has> to be.' }]);
    expect(of('set-aside').suppressions).toEqual([{ kind: 'external', status: 'accepted', justification: 'Set aside by lintian.' }]);
    expect(of('a-fact')).toMatchObject({ kind: 'informational', level: 'none' });
    expect(of('gone-tag')).toMatchObject({ baselineState: 'absent', locations: [] });
  });

  test('has for every result what GitHub requires: a rule with texts, a place, a line, a fingerprint', () => {
    for (const { tool, results } of parsed('open').runs) {
      for (const rule of tool.driver.rules) {
        for (const text of [rule.name, rule.shortDescription.text, rule.fullDescription.text, rule.help.text, rule.help.markdown])
          expect(text).not.toBe('');
        expect(rule.name.length).toBeLessThanOrEqual(255);
        expect(Math.max(rule.shortDescription.text.length, rule.fullDescription.text.length)).toBeLessThanOrEqual(1024);
        expect(rule.properties.tags.length).toBeLessThanOrEqual(10);
      }
      for (const result of results) {
        expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
        expect(result.message.text).not.toBe('');
        const [{ physicalLocation }] = result.locations;
        expect(physicalLocation.artifactLocation.uri).toMatch(/^[^/:][^:]*$/);
        expect(physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
        expect(result.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{16}:\d+$/);
      }
    }
  });

  test('places are relative to the checkout, and what has none is the package itself', () => {
    const { results, artifacts } = parsed('open').runs[0];
    expect(results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'pkg/debian/install', uriBaseId: '%SRCROOT%' },
      region: { startLine: 3, startColumn: 1, endLine: 3 },
    });
    expect(results[4].locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'hello_1.0_amd64.deb', uriBaseId: 'PACKAGES' });
    expect(artifacts).toHaveLength(3);
  });

  test('the fingerprint stays when lines move, and equal findings are told apart by their number', () => {
    const prints = (line: number) => {
      const note = `mode 0644 line ${line}`;
      const pointer = { path: 'postinst', index: 'control', line } as const;
      const one = findingOf({ tag: 't', note, pointer });
      const location = locationOf(`debian/postinst:${line}`, { place: { file: 'debian/postinst', line } });
      return parsed('open', resultOf({ placed: [placedOf(one, { location }), placedOf(one)] })).runs[0].results.map(
        (result: { partialFingerprints: { primaryLocationLineHash: string } }) => result.partialFingerprints.primaryLocationLineHash,
      );
    };
    const [first, second] = prints(3);
    expect(prints(40)).toEqual([first, second]);
    expect(second).toBe(first.replace(/:1$/, ':2'));
  });

  test('says what is new only when something was compared', () => {
    const states = (result = sampleResult()) =>
      parsed('open', result).runs[0].results.map((each: { baselineState?: string }) => each.baselineState);
    expect(states().slice(0, 2)).toEqual(['unchanged', 'new']);
    expect(states({ ...sampleResult(), comparison: undefined })[0]).toBeUndefined();
  });

  test('the same result gives the same bytes', () => {
    expect(sarifReport(sampleResult(), sampleExplanations, 'all', inWorkspace)).toBe(
      sarifReport(sampleResult(), sampleExplanations, 'all', inWorkspace),
    );
  });
});

test('texts have neither links nor placeholders of SARIF, and no control characters', () => {
  const text = sarifText(hostileText);
  expect(text).toContain('{{0}} [link] (https');
  expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202e\ud800]|\]\(/);
  const all = sarifReport(resultOf({ placed: samplePlaced() }), sampleExplanations, 'all', inWorkspace);
  expect(all).not.toMatch(/\\u00[01][0-8b]|\\ud800|\u202e/);
});
