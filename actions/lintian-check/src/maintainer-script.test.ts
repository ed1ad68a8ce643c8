import { expect, test } from '@jest/globals';
import { generatedLines, isShellScript } from './maintainer-script.ts';

test.each([
  ['#!/bin/sh\n', true],
  ['#! /bin/sh -e\n', true],
  ['#!/usr/bin/env bash\n', true],
  ['#!/bin/bash', true],
  ['#!/bin/dash\r\n', true],
  ['#!/usr/bin/perl -w\n', false],
  ['#!/bin/shoe\n', false],
  ['#!/usr/bin/python3 /bin/sh\n', false],
  ['\u007fELF', false],
  ['echo\n#!/bin/sh\n', false],
  ['', false],
])('%j is a script for a shell: %s', (text, is) => {
  expect(isShellScript(text)).toBe(is);
});

test('the parts between the marks of debhelper are generated, the marks included', () => {
  const text = [
    '#!/bin/sh',
    '# Automatically added by dh_a/13',
    'x',
    '# End automatically added section',
    'own',
    '# Automatically added by dh_b/13',
    'y',
  ].join('\n');
  expect([...generatedLines(text)]).toEqual([2, 3, 4, 6, 7]);
});
