import { expect, test } from '@jest/globals';
import { sourceLinks, uriPath } from './source-link.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const github = { serverUrl: 'https://github.example', repository: 'owner/a.b-c', sha };

test('a place leads to its line at the commit that was checked', () => {
  const link = sourceLinks(github);
  expect(link({ file: 'pkg/debian/install', line: 3 })).toBe(`https://github.example/owner/a.b-c/blob/${sha}/pkg/debian/install#L3`);
  expect(link({ file: 'debian/rules' })).toBe(`https://github.example/owner/a.b-c/blob/${sha}/debian/rules`);
  expect(link(undefined)).toBeUndefined();
});

test('in a checkout that is not the workspace itself, the path begins at its root; what is outside has no page', () => {
  const link = sourceLinks(github, (place) =>
    place?.file.startsWith('checkout/') === true ? place.file.slice('checkout/'.length) : undefined,
  );
  expect(link({ file: 'checkout/debian/rules', line: 2 })).toBe(`https://github.example/owner/a.b-c/blob/${sha}/debian/rules#L2`);
  expect(link({ file: 'elsewhere/debian/rules' })).toBeUndefined();
});

test.each([
  { ...github, repository: undefined },
  { ...github, repository: 'owner/a/b' },
  { ...github, repository: 'own)er/a' },
  { ...github, sha: undefined },
  { ...github, sha: 'main' },
  { ...github, serverUrl: 'javascript:alert(1)' },
])('without a page to lead to there is no link: %j', (context) => {
  expect(sourceLinks(context)({ file: 'debian/control', line: 1 })).toBeUndefined();
});

test('whatever a path holds, it stays one part of an address', () => {
  expect(uriPath('a b/ü#?%/(x)[y]|"<>\ud800')).toBe('a%20b/%C3%BC%23%3F%25/%28x%29%5By%5D%7C%22%3C%3E%EF%BF%BD');
});
