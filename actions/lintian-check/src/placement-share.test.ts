import { expect, test } from '@jest/globals';
import type { Hint } from '@release-kit/debian';
import type { Status } from './finding.ts';
import { hintOf } from './hint.test-support.ts';
import type { Placed } from './placed.ts';
import { placementLine, placementShare } from './placement-share.ts';

const placed = (exact: boolean | undefined, given: Partial<Hint> = {}, status: Status = 'open'): Placed => ({
  finding: { tool: 'lintian', hint: hintOf(given), status, distribution: 'debian:12', file: 'hello_1.0_all.deb' },
  location: exact === undefined ? undefined : { shown: 'debian/control:1', place: undefined, exact, reason: 'one' },
  standing: undefined,
  changed: undefined,
});

test('findings on their line are counted against all that are to be acted on', () => {
  const all = [placed(true), placed(false), placed(undefined), placed(true, { severity: 'pedantic', experimental: true })];
  expect(placementShare(all)).toEqual({ exact: 2, all: 4 });
  expect(placementLine(all)).toBe('2 of 4 findings stand on the line or file that causes them');
});

test('what is overridden, masked or classification does not count', () => {
  const aside = [placed(true, {}, 'overridden'), placed(true, {}, 'masked'), placed(true, { severity: 'classification' })];
  expect(placementShare(aside)).toEqual({ exact: 0, all: 0 });
  expect(placementLine(aside)).toBeUndefined();
  expect(placementLine([...aside, placed(true)])).toBe('the finding stands on the line or file that causes it');
  expect(placementLine([placed(false)])).toBe('the finding stands near its cause');
});
