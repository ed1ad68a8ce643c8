import { describe, expect, test } from '@jest/globals';
import { junitSchema } from '@release-kit/action/junit-schema';
import { validateXML } from 'xmllint-wasm';
import { junitReport } from './junit.ts';
import { resultOf, sampleResults, trackOf } from './smoke-result.test-support.ts';

const schema = junitSchema('unbounded');

describe('the JUnit file', () => {
  test.each([
    ['everything that can come out, hostile texts included', sampleResults()],
    ['a run without problems', [resultOf('debian:12/amd64')]],
  ])('is read by libxml2, and is of the form that readers know: %s', async (_, results) => {
    const xml = [{ fileName: 'junit.xml', contents: junitReport(results) }];
    expect(await validateXML({ xml, schema: [schema] })).toMatchObject({ valid: true, errors: [] });
  });

  test('has a suite for each track of each system, a case for each step, and fails exactly what fails the step', () => {
    const text = junitReport(sampleResults());
    expect(text).toContain('<testsuites name="install-smoke" tests="9" failures="3" errors="0" skipped="4">');
    expect(text).toContain('<testsuite name="debian:13/amd64 life cycle" tests="3" failures="1" errors="0" skipped="1" time="2.558">');
    expect(text).toContain('name="leftovers" file="debian/postrm" line="4" time="0.090">');
    expect(text).toContain('<failure message="/x stayed" type="left-behind">debian/postrm:4: /x stayed\nRemove it.');
    expect(text).not.toContain('type="slower"');
    expect(text).toContain('<skipped message="the archive cannot be reached"/>');
  });

  test('steps of one name are several cases, since readers take cases of one name for one', () => {
    const [step] = trackOf().steps;
    const steps = step === undefined ? [] : [step, step];
    expect(junitReport([resultOf('debian:12/amd64', { tracks: [trackOf({ steps })] })])).toContain('name="install (2)"');
  });

  test('a problem that no step owns is not lost', () => {
    const problem = { category: 'unit-failed', message: 'nobody owns it' } as const;
    const tracks = [trackOf({ outcome: 'failed', problems: [problem] })];
    expect(junitReport([resultOf('debian:12/amd64', { outcome: 'failed', tracks })])).toContain('<failure message="nobody owns it"');
  });
});
