import { describe, expect, test } from '@jest/globals';
import { anyCharacter } from '@release-kit/action/any-character';
import fc from 'fast-check';
import { versions } from './history-graph.test-support.ts';
import { releaseTag } from './release-tag.ts';
import { tagFamily, tagName } from './tag-family.ts';

describe('a family of tags', () => {
  test.each([
    ['v*', 'v1.2.3', '1.2.3'],
    ['*', '1.2.3-rc.1', '1.2.3-rc.1'],
    ['pkg/v*', 'pkg/v1.2.3', '1.2.3'],
    ['pkg@*', 'pkg@1.2.3', '1.2.3'],
    ['@scope/pkg@*', '@scope/pkg@1.2.3', '1.2.3'],
    ['pkg-v*', 'pkg-v1.2.3', '1.2.3'],
    ['log4j2-*', 'log4j2-2.0.0', '2.0.0'],
    ['v*-lts', 'v1.2.3-lts', '1.2.3'],
    ['v*-lts', 'v1.2.3-rc.1-lts', '1.2.3-rc.1'],
  ])('%s has %s', (pattern, name, version) => {
    expect(releaseTag(name, tagFamily(pattern))).toMatchObject({ name, version });
    expect(tagName(tagFamily(pattern), version)).toBe(name);
  });

  test.each([
    ['v*', 'pkg/v1.2.3'],
    ['v*', 'v1.2.3+build'],
    ['*', 'v1.2.3'],
    ['pkg-*', 'pkg-extra-1.2.3'],
    ['pkg@*', 'pkg@'],
    ['v*-lts', 'v1.2.3'],
    ['v*-lts', 'v-lts'],
    ['v*v', 'v'],
  ])('%s has no %s', (pattern, name) => {
    expect(releaseTag(name, tagFamily(pattern))).toBeUndefined();
  });

  test.each([
    'v',
    '',
    'v**',
    '*/*',
    'v1*',
    'v1.*',
    '*0',
    '*.x',
    'v *',
    '-v*',
    '.v*',
    '/v*',
    'a..b*',
    'a//b*',
    'a/.b*',
    'v*/',
    'v*.lock',
    'v*.',
    '$(id)*',
    'v~*',
    'ü*',
    'v*\n',
    `${'v'.repeat(200)}*`,
  ])('is not told by %j', (pattern) => {
    expect(() => tagFamily(pattern)).toThrowWithCode('E_TAG');
  });

  test('never takes a tag of another version for its own', () => {
    const family = fc.constantFrom('v*', '*', 'pkg/v*', 'pkg@*', '*-lts').map(tagFamily);
    fc.assert(
      fc.property(family, versions(), (own, version) => {
        expect(releaseTag(tagName(own, version), own)?.version).toBe(version);
      }),
    );
  });

  test('reads whatever strangers call their tags', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (name) => {
        const found = releaseTag(name, tagFamily('v*'));
        if (found !== undefined) expect(name).toBe(`v${found.version}`);
      }),
    );
  });
});
