import { describe, expect, test } from '@jest/globals';
import { xmlAttributes, xmlText } from '@release-kit/action';
import { junitSchema } from '@release-kit/action/junit-schema';
import { validateXML } from 'xmllint-wasm';
import { findingOf, placedOf } from './hint.test-support.ts';
import { junitReport } from './junit.ts';
import { hostileText, resultOf, sampleExplanations, sampleResult } from './lint-result.test-support.ts';

const schema = junitSchema('1');

const everyCharacter = `${Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).join('')}\ud800\udc00\ud800\udfff\ufffe\uffff`;

describe('the JUnit file', () => {
  test.each([
    ['every kind of finding', sampleResult()],
    ['nothing found', resultOf()],
    [
      'every character',
      resultOf({ placed: [placedOf(findingOf({ note: everyCharacter, tag: everyCharacter }, { file: everyCharacter }))] }),
    ],
  ])('is read by libxml2, and is of the form that readers know: %s', async (_, result) => {
    const failing = result.placed.slice(0, 1).map(({ finding }) => finding);
    const contents = junitReport(result, sampleExplanations, failing);
    expect(await validateXML({ xml: [{ fileName: 'junit.xml', contents }], schema: [schema] })).toMatchObject({ valid: true, errors: [] });
  });

  test('fails exactly what fails the step, and skips what was set aside', () => {
    const result = sampleResult();
    const failing = result.placed.slice(0, 2).map(({ finding }) => finding);
    const text = junitReport(result, sampleExplanations, failing);
    expect(text).toContain('<testsuites name="lintian" tests="10" failures="2" errors="0" skipped="2">');
    expect(text).toContain('<skipped message="overridden: It &#60;has&#62; to be."/>');
    expect(text).toContain('<skipped message="masked by lintian"/>');
    expect(text).toContain('file="pkg/debian/install" line="3"');
    expect(text).toContain('name="hello: dir-or-file-in-opt [opt/x/] (2)"');
    expect(text).toContain('<failure message="hello: dir-or-file-in-opt [opt/x/]" type="error">error: hello: dir-or-file-in-opt');
  });

  test('a file without findings has a case that passes', () => {
    expect(junitReport(resultOf(), new Map(), [])).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="lintian" tests="1" failures="0" errors="0" skipped="0">',
        '  <testsuite name="hello_1.0_amd64.deb (debian:12)" tests="1" failures="0" skipped="0" errors="0" time="0">',
        '    <testcase classname="hello_1.0_amd64.deb" name="no findings" time="0"/>',
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    );
  });

  test('a finding of a file that is in no list is not lost', () => {
    const placed = [placedOf(findingOf({}, { file: 'stranger.deb' }))];
    expect(junitReport(resultOf({ placed }), new Map(), [])).toContain('<testsuite name="other findings" tests="1"');
  });
});

test('what XML forbids does not get in', () => {
  for (const text of [xmlText(hostileText), xmlAttributes({ a: hostileText })])
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff<>]|&(?!#\d+;)/);
  expect(xmlAttributes({ a: 'x\n"y"', b: undefined, c: 1 })).toBe(' a="x&#10;&#34;y&#34;" c="1"');
});
