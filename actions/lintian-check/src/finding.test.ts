import { describe, expect, test } from '@jest/globals';
import type { Hint } from '@release-kit/debian';
import { annotationLevel, countFindings, type FailOn, failingFindings, rankFindings } from './finding.ts';
import { hintOf } from './hint.test-support.ts';

const rank = (...hints: Hint[]) =>
  rankFindings([{ distribution: 'debian:12', report: { version: '1', files: [{ path: 'a.deb', hints }], notices: [], unread: [] } }]);
const all = rank(
  hintOf({ tag: 'p', severity: 'pedantic' }),
  hintOf({ tag: 'w', severity: 'warning' }),
  hintOf({ tag: 'o', severity: 'error', overridden: true }),
  hintOf({ tag: 'm', severity: 'error', masked: true }),
  hintOf({ tag: 'x', severity: 'error', experimental: true }),
  hintOf({ tag: 'e1', severity: 'error' }),
  hintOf({ tag: 'i', severity: 'info' }),
  hintOf({ tag: 'e2', severity: 'error' }),
);

describe('findings', () => {
  test('stand by severity, then in lintian’s order; overridden and masked ones last', () => {
    expect(all.map(({ hint }) => hint.tag)).toEqual(['x', 'e1', 'e2', 'w', 'i', 'p', 'o', 'm']);
  });

  test('are counted once each', () => {
    expect(countFindings(all)).toEqual({ error: 2, warning: 1, info: 1, pedantic: 1, experimental: 1, overridden: 1, masked: 1 });
  });

  test.each<[FailOn, string[]]>([
    ['never', []],
    ['error', ['e1', 'e2']],
    ['warning', ['e1', 'e2', 'w']],
    ['info', ['e1', 'e2', 'w', 'i']],
    ['pedantic', ['e1', 'e2', 'w', 'i', 'p']],
  ])('fail-on %s fails on %j, never on overridden, masked or experimental ones', (failOn, tags) => {
    expect(failingFindings(all, failOn).map(({ hint }) => hint.tag)).toEqual(tags);
  });

  test('have a level that fits their severity', () => {
    expect(all.map((finding) => annotationLevel(finding))).toEqual([
      'notice',
      'error',
      'error',
      'warning',
      'notice',
      'notice',
      undefined,
      undefined,
    ]);
    expect(rank(hintOf({ severity: 'classification' })).map(annotationLevel)).toEqual([undefined]);
  });
});
