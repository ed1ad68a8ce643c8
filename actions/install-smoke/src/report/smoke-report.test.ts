import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { smokeReport } from './smoke-report.ts';
import { smokeReportSchema } from './smoke-report-schema.ts';
import { resultOf, sampleResults } from './smoke-result.test-support.ts';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(smokeReportSchema);

describe('the JSON report', () => {
  test.each([
    ['everything that can come out', sampleResults()],
    ['a run without problems', [resultOf('debian:12/amd64')]],
  ])('is as its schema says: %s', (_, results) => {
    validate(JSON.parse(smokeReport(results)));
    expect(validate.errors).toBeNull();
  });

  test('holds every fact, and null for what is not known', () => {
    const { result, targets } = JSON.parse(smokeReport(sampleResults()));
    expect(result).toBe('failed');
    expect(targets[0].tracks[0]).toMatchObject({
      steps: [{}, { result: 'skipped' }, { name: 'leftovers', problems: ['left-behind', 'slower'] }],
      problems: [
        { code: 'E_SMOKE_LEFTOVER', level: 'error', place: { file: 'debian/postrm', line: 4 } },
        { level: 'warning', place: null },
      ],
      figures: { install: 1500, disk: null },
      leftovers: { accounts: ['user hello'] },
    });
    expect(targets[2]).toMatchObject({ outcome: 'skipped', reason: 'the archive cannot be reached', tracks: [] });
  });

  test('a system that was left out does not fail the run', () => {
    const [, , skipped] = sampleResults();
    expect(JSON.parse(smokeReport(skipped === undefined ? [] : [skipped])).result).toBe('passed');
  });

  test('a report with another key is not valid', () => {
    expect(validate({ ...JSON.parse(smokeReport([])), more: 1 })).toBe(false);
  });
});
