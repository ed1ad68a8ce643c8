import { expect, test } from '@jest/globals';
import { buildProgress, stepOf } from './build-progress.ts';

test.each([
  ['   dh_auto_build', 'building: dh_auto_build'],
  ['   dh_auto_test -- check', 'building: dh_auto_test'],
  ['   debian/rules override_dh_auto_build', 'building: debian/rules override_dh_auto_build'],
  ["dpkg-deb: building package 'x' in '../x.deb'.", 'building: package x'],
  ['dh_auto_build: error: make', undefined],
  ['cc -o x', undefined],
])('%j is the step %s', (line, step) => {
  expect(stepOf(line)).toBe(step);
});

test('updates are steps alone, and the last lines are kept', () => {
  const updates: string[] = [];
  const progress = buildProgress({ update: (text) => updates.push(text) });
  for (let number = 0; number < 120_000; number++) progress.take(`line ${number}`);
  progress.take('   dh_strip');
  expect(updates).toEqual(['building: dh_strip']);
  expect(progress.lines.length).toBeLessThanOrEqual(100_000);
  expect(progress.lines.at(-2)).toBe('line 119999');
});
