import { describe, expect, test } from '@jest/globals';
import { inWorkspace } from '@release-kit/action';
import { Ajv } from 'ajv';
import { lintReport } from './lint-report.ts';
import { lintReportSchema } from './lint-report-schema.ts';
import { resultOf, sampleExplanations, sampleResult } from './lint-result.test-support.ts';
import { reportFiles } from './report-files.ts';

const none = { report: undefined, sarif: undefined, junit: undefined };

describe('reports', () => {
  test('only those asked for are made', () => {
    const paths = (given: object) =>
      reportFiles({ ...none, ...given }, { content: 'open', pathOf: inWorkspace }, sampleResult(), sampleExplanations, []).map(
        ({ path }) => path,
      );
    expect(paths({})).toEqual([]);
    expect(paths({ junit: '/j.xml' })).toEqual(['/j.xml']);
    expect(paths({ report: '/r.json', sarif: '/s.sarif', junit: '/j.xml' })).toEqual(['/r.json', '/s.sarif', '/j.xml']);
  });
});

describe('the JSON report', () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(lintReportSchema);

  test.each([
    ['every kind of finding', sampleResult()],
    ['nothing found', resultOf({ passed: true })],
  ])('is as its schema says: %s', (_, result) => {
    validate(JSON.parse(lintReport(result, [])));
    expect(validate.errors).toBeNull();
  });

  test('holds every finding as lintian wrote it, with its status and place', () => {
    const result = sampleResult();
    const [first] = result.placed;
    const report = JSON.parse(lintReport(result, first === undefined ? [] : [first.finding]));
    expect(report.findings).toHaveLength(result.placed.length);
    expect(report.findings[0]).toEqual({
      tool: 'lintian',
      tag: 'dir-or-file-in-opt',
      severity: 'error',
      experimental: false,
      status: 'open',
      fails: true,
      package: 'hello',
      type: 'binary',
      distribution: 'debian:12',
      file: 'hello_1.0_amd64.deb',
      note: '',
      pointer: { path: 'opt/x/', index: 'installed', line: null },
      justification: null,
      source: 'debian/install:3',
      place: { file: 'pkg/debian/install', line: 3 },
      exact: true,
      reason: 'some rule',
      standing: 'existing',
      changed: null,
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}:1$/),
    });
    expect(report.findings[2].note).toBe(result.placed[2]?.finding.hint.note);
  });

  test('a report with another key, or without one, is not valid', () => {
    const report = JSON.parse(lintReport(resultOf(), []));
    expect(validate({ ...report, more: 1 })).toBe(false);
    expect(validate({ ...report, counts: {} })).toBe(false);
  });
});
