import { expect, test } from '@jest/globals';
import { buildProgress, countOf, stepOf } from './build-progress.ts';

test.each([
  ['   dh_auto_build', 'dh_auto_build'],
  ['   dh_auto_test -- check', 'dh_auto_test'],
  ['   debian/rules override_dh_auto_build', 'debian/rules override_dh_auto_build'],
  ["dpkg-deb: building package 'x' in '../x.deb'.", 'package x'],
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

test.each([
  ['[12/340] cc -o x', '12/340'],
  ['[ 45%] Building C object', '45%'],
  [' 3/12 Test  #3: adds', '3/12'],
  ['[12/340]', undefined],
  ['x [12/340] y', undefined],
  ['[==== 45%]', undefined],
])('%j says that %s is done', (line, count) => {
  expect(countOf(line)).toBe(count);
});

test('the live line has step and count, and the step is known when the build stops', () => {
  const updates: string[] = [];
  const progress = buildProgress({ update: (text) => updates.push(text) });
  for (const line of ['[1/2] before any step', '   dh_auto_build', '[ 45%] Building', 'cc -o x']) progress.take(line);
  expect(updates).toEqual(['building: 1/2', 'building: dh_auto_build', 'building: dh_auto_build 45%']);
  expect(progress.step).toBe('dh_auto_build');
});

test('huge lines are cut, so that memory stays bounded', () => {
  const progress = buildProgress({ update: () => {} });
  progress.take('x'.repeat(1_000_000));
  expect(progress.lines).toEqual(['x'.repeat(8192)]);
});
