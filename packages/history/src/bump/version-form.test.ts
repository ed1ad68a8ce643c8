import { describe, expect, test } from '@jest/globals';
import { cmakeForm, plainForm, pythonForm, snapForm } from './version-form.ts';

describe('Python (PEP 440)', () => {
  test.each([
    ['1.2.0', '1.2.0'],
    ['1.2.0-rc.1', '1.2.0rc1'],
    ['1.2.0-rc1', '1.2.0rc1'],
    ['1.2.0-RC.1', '1.2.0rc1'],
    ['1.2.0-rc', '1.2.0rc0'],
    ['1.2.0-alpha.10', '1.2.0a10'],
    ['1.2.0-beta', '1.2.0b0'],
    ['1.2.0-pre.3', '1.2.0rc3'],
    ['1.2.0-dev.3', '1.2.0.dev3'],
    ['1.2.0+build.5', '1.2.0+build.5'],
    ['1.2.0-rc.1+G-1A', '1.2.0rc1+g.1a'],
  ])('%s is %s', (version, text) => {
    expect(pythonForm.write(version)).toEqual({ text });
    expect(pythonForm.normal(version)).toBe(pythonForm.normal(text));
  });

  test.each([
    '1.2.0-1',
    '1.2.0-post.1',
    '1.2.0-nightly',
    '1.2.0-rc.1.1',
    '1.2.0-rc.x',
    '1.2.0-rc1.2',
    '1.2.0-alpha.1.dev.2',
    '1.2.0+a--b',
    '1.2.0-rc.1-2',
  ])('%s has no form', (version) => {
    expect(pythonForm.write(version)).toMatchObject({ problem: expect.stringMatching(/PEP 440/) });
  });

  test.each([
    ['1.2.0rc1', '1.2.0-rc.1', true],
    ['1.2rc01', '1.2.0.c1', true],
    ['V1.2', '1.2.0.0', true],
    ['1.2.0.dev1', '1.2-dev1', true],
    ['1.2.0rc1', '1.2.0rc2', false],
    ['1.2.0', '1.2.0.post1', false],
    ['1.20', '1.2', false],
    ['1.2.0+a', '1.2.0', false],
  ])('%s and %s are one version: %j', (a, b, same) => {
    expect(pythonForm.normal(a) === pythonForm.normal(b)).toBe(same);
  });
});

test.each([
  ['1.2.0', { text: '1.2.0' }],
  ['1.2.0-rc.1', { text: '1.2.0', remark: expect.any(String) }],
  ['1.2.0+7', { text: '1.2.0', remark: expect.any(String) }],
])("CMake's numbers of %s", (version, written) => {
  expect(cmakeForm.write(version)).toEqual(written);
});

test.each([
  ['1.2.0-rc.1+git', true],
  [`1.2.0-${'a'.repeat(26)}`, true],
  [`1.2.0-${'a'.repeat(27)}`, false],
])('a snap can have %s: %j', (version, fits) => {
  expect('text' in snapForm.write(version)).toBe(fits);
});

test.each([
  ['1.2.0', '1.2', true],
  ['v1.2', '1.2.0', true],
  ['1.02.0', '1.2.0', true],
  ['1.2.0-rc.1', '1.2-rc.1', true],
  ['1.2.0', '1.2.0-rc.1', false],
  ['1.20', '1.2', false],
  ['0.0.0', '0', true],
])('%s and %s are one version: %j', (a, b, same) => {
  expect(plainForm.normal(a) === plainForm.normal(b)).toBe(same);
});
