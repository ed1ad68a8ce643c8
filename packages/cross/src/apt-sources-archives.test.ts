import { describe, expect, test } from '@jest/globals';
import { archiveOf, isOwnArchive, mirrorListOf, parseIndexTargets, parseMirrors, probeUri } from './apt-sources-archives.ts';

test('an entry is the own archive by what its signed Release file says, not by its address', () => {
  const targets = parseIndexTargets(
    [
      '/etc/apt/sources.list.d/u.sources:1\thttp://mirror.example/ubuntu/\tnoble\tUbuntu',
      '/etc/apt/sources.list.d/u.sources:1\thttp://mirror.example/ubuntu/\tnoble\tUbuntu',
      '/etc/apt/sources.list.d/ppa.sources:1\thttp://ppa.example/x/ubuntu/\tnoble\tLP-PPA-x',
      '/etc/apt/sources.list:3\thttp://never.example/\tnoble\t',
      '',
    ].join('\n'),
  );
  expect(targets).toHaveLength(3);
  const own = (file: string, uri: string): boolean => isOwnArchive(targets, file, { uris: [uri], suites: ['noble', 'noble-empty'] });
  expect(own('/etc/apt/sources.list.d/u.sources', 'http://mirror.example/ubuntu')).toBe(true);
  expect(own('/etc/apt/sources.list.d/ppa.sources', 'http://ppa.example/x/ubuntu/')).toBe(false);
  expect(own('/etc/apt/sources.list', 'http://never.example/')).toBe(false);
  expect(own('/etc/apt/sources.list', 'http://unknown.example/')).toBe(false);
});

test('mirrors come best first, whatever stands around them', () => {
  const text =
    '# list\nhttp://c.example/ubuntu/\nhttp://b.example/ubuntu/\tpriority:2 # two\n\nhttp://a.example/ubuntu/ priority:1\nnonsense\n';
  expect(parseMirrors(text)).toEqual(['http://a.example/ubuntu/', 'http://b.example/ubuntu/', 'http://c.example/ubuntu/']);
});

test.each([
  ['mirror+file:/etc/apt/apt-mirrors.txt', '/etc/apt/apt-mirrors.txt'],
  ['mirror+file:///etc/apt/m.txt/', '/etc/apt/m.txt'],
  ['http://a.example/ubuntu', undefined],
])('%s names the list %s', (uri, file) => expect(mirrorListOf(uri)).toBe(file));

describe("the distribution's own table of archives", () => {
  const template = [
    'ChangelogURI: http://c.example/%s',
    '',
    'Suite: devel',
    'ParentSuite: noble',
    'RepositoryType: deb-src',
    'BaseURI: http://source.example/',
    '',
    'Suite: resolute',
    'RepositoryType: deb',
    'BaseURI: http://ports.example/ubuntu-ports/',
    'BaseURI-amd64: http://archive.example/ubuntu',
    'BaseURI-arm64: http://archive.example/ubuntu',
    '',
    'Suite: {series}',
    'RepositoryType: deb',
    'BaseURI: http://ports.example/ubuntu-ports/',
    'BaseURI-amd64: http://archive.example/ubuntu',
  ].join('\n');
  test.each([
    ['noble', 'arm64', 'http://ports.example/ubuntu-ports/'],
    ['noble', 'amd64', 'http://archive.example/ubuntu'],
    ['resolute', 'arm64', 'http://archive.example/ubuntu'],
    ['unknown', 'armhf', 'http://ports.example/ubuntu-ports/'],
  ])('%s, %s: %s', (suite, architecture, uri) => expect(archiveOf(template, suite, architecture)).toBe(uri));
  test('one without the suite has none', () =>
    expect(archiveOf('Suite: devel\nRepositoryType: deb\nBaseURI: http://x/', 'noble', 'arm64')).toBeUndefined());
});

test('what is asked for is small and named by suite, component and architecture; a flat repository has no such thing', () => {
  expect(probeUri('http://a.example/ubuntu/', 'noble-updates', 'main', 'arm64')).toBe(
    'http://a.example/ubuntu/dists/noble-updates/main/binary-arm64/Release',
  );
  expect(probeUri('http://a.example/', './', undefined, 'arm64')).toBeUndefined();
});
