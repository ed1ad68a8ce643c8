import { expect, test } from '@jest/globals';
import { parseDhList } from './dh-list.ts';

test('words of each line, comments and empty lines left out', () => {
  expect(parseDhList(['# a comment', '', 'a b  etc/x', '\tc'])).toEqual([
    { line: 3, words: ['a', 'b', 'etc/x'] },
    { line: 4, words: ['c'] },
  ]);
});

test('dh-exec adds conditions and new names', () => {
  const lines = ['#!/usr/bin/dh-exec', '[linux-any] a etc', 'b etc [amd64 arm64]', '<!nocheck> c etc', 'd => etc/e', '[a-z]*.conf etc'];
  expect(parseDhList(lines)).toEqual([
    { line: 2, words: ['a', 'etc'] },
    { line: 3, words: ['b', 'etc'] },
    { line: 4, words: ['c', 'etc'] },
    { line: 5, words: ['d'], renamed: 'etc/e' },
    { line: 6, words: ['[a-z]*.conf', 'etc'] },
  ]);
});

test('a program is no list', () => {
  expect(parseDhList(['#!/bin/sh', 'echo a b'])).toBeUndefined();
  expect(parseDhList(['#! /usr/bin/dh-exec --with=install', 'a b'])).toHaveLength(1);
});
