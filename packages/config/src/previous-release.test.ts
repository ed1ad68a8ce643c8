import { expect, test } from '@jest/globals';
import { parsePreviousRelease, previousText } from './previous-release.ts';
import type { PreviousRelease } from './smoke-config.ts';

test.each<[string, PreviousRelease]>([
  ['distribution', { from: 'distribution' }],
  ['github', { from: 'github', repository: undefined, tag: undefined }],
  ['github:v1.2.3', { from: 'github', repository: undefined, tag: 'v1.2.3' }],
  ['github:example/hello', { from: 'github', repository: 'example/hello', tag: undefined }],
  ['github:example/hello@v1.2.3', { from: 'github', repository: 'example/hello', tag: 'v1.2.3' }],
  ['./previous', { from: 'folder', path: './previous' }],
  ['/srv/previous/manifest.json', { from: 'folder', path: '/srv/previous/manifest.json' }],
  [
    'apt:deb [signed-by=/etc/keys.gpg] file:/srv/archive stable main',
    { from: 'apt', source: 'deb [signed-by=/etc/keys.gpg] file:/srv/archive stable main' },
  ],
])('the previous release is read, and written as it was read: %s', (text, previous) => {
  expect(parsePreviousRelease(text)).toEqual(previous);
  expect(previousText(previous)).toBe(text);
});

test('none is a word of its own', () => {
  expect(parsePreviousRelease('none')).toBe('none');
  expect(previousText(undefined)).toBe('none');
});

test.each(['', 'gihub', 'previous', 'github:', 'github:a b', 'github:a/b/c', 'apt:', 'apt: ', 'None', 'github:v1\n'])(
  'what is of no known form is not guessed: %j',
  (text) => {
    expect(parsePreviousRelease(text)).toBeUndefined();
  },
);
