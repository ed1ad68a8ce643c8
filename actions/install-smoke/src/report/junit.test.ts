import { describe, expect, test } from '@jest/globals';
import { validateXML } from 'xmllint-wasm';
import { junitReport } from './junit.ts';
import { resultOf, sampleResults, trackOf } from './smoke-result.test-support.ts';

/** What readers of JUnit XML (GitLab, Jenkins, the usual actions) have in common, of which we use no more. */
const attribute = (name: string, type = 'string', use = 'required') => `<xs:attribute name="${name}" type="xs:${type}" use="${use}"/>`;
const count = (name: string) => attribute(name, 'nonNegativeInteger');
const textElement = (name: string, attributes: string) =>
  `<xs:element name="${name}" maxOccurs="unbounded"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">${attributes}</xs:extension></xs:simpleContent></xs:complexType></xs:element>`;
const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="testsuites"><xs:complexType><xs:sequence maxOccurs="unbounded">
<xs:element name="testsuite"><xs:complexType><xs:sequence maxOccurs="unbounded">
<xs:element name="testcase"><xs:complexType><xs:choice minOccurs="0">
${textElement('failure', `${attribute('message')}${attribute('type')}`)}
${textElement('skipped', attribute('message'))}
${textElement('system-out', '')}
</xs:choice>${attribute('classname')}${attribute('name')}${attribute('time', 'decimal')}${attribute('file', 'string', 'optional')}${attribute('line', 'positiveInteger', 'optional')}</xs:complexType></xs:element>
</xs:sequence>${attribute('name')}${count('tests')}${count('failures')}${count('skipped')}${count('errors')}${attribute('time', 'decimal')}</xs:complexType></xs:element>
</xs:sequence>${attribute('name')}${count('tests')}${count('failures')}${count('errors')}${count('skipped')}</xs:complexType></xs:element>
</xs:schema>`;

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
