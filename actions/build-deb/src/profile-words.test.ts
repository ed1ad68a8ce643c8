import { expect, test } from '@jest/globals';
import { checkWords } from './profile-words.ts';

test.each(['nocheck', 'pkg.hello.nodocs', 'stage1'])('%s is a profile', (profile) => {
  expect(() => checkWords([profile], [])).not.toThrow();
});

test.each(['', 'a b', '-us', 'a,b', 'Nocheck', '!nocheck', 'a\nb'])('%j is no profile', (profile) => {
  expect(() => checkWords([profile], [])).toThrowWithCode('E_INPUT', /profiles/);
});

test.each(['nocheck', 'hardening=+all', 'optimize=-lto,-foo'])('%s is an option', (option) => {
  expect(() => checkWords([], [option])).not.toThrow();
});

test.each(['', 'a b', 'x=$(id)', 'x=`id`', 'x;y'])('%j is no option', (option) => {
  expect(() => checkWords([], [option])).toThrowWithCode('E_INPUT', /options/);
});

test('parallel has an input of its own', () => {
  expect(() => checkWords([], ['parallel=9'])).toThrowWithCode('E_INPUT', /input of its own/);
});
