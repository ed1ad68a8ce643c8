import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { versions } from './history-graph.test-support.ts';
import { packageTags } from './package-tags.ts';
import { tagFamily, tagName } from './tag-family.ts';

const tagged = (...patterns: readonly string[]) => patterns.map((pattern) => ({ name: pattern, family: tagFamily(pattern) }));

describe('a tag belongs to the package whose pattern it has', () => {
  const patterns = ['v*', '*', '*-lts', 'a/v*', 'a/b-v*', '@scope/a@*', 'log4j2-*', 'a-*'];
  const packageOf = packageTags(tagged(...patterns));
  test.each([
    ['v1.2.3', 'v*', '1.2.3'],
    ['1.2.3', '*', '1.2.3'],
    ['1.2.3-lts', '*-lts', '1.2.3'],
    ['1.2.3-rc.1', '*', '1.2.3-rc.1'],
    ['a/v1.2.3', 'a/v*', '1.2.3'],
    ['a/b-v1.2.3', 'a/b-v*', '1.2.3'],
    ['@scope/a@1.2.3-rc.4', '@scope/a@*', '1.2.3-rc.4'],
    ['log4j2-2.0.0', 'log4j2-*', '2.0.0'],
    ['a-1.0.0-b2', 'a-*', '1.0.0-b2'],
  ])('%s to %s', (name, pattern, version) => {
    expect(packageOf(name)).toMatchObject({ owner: { name: pattern }, tag: { name, version } });
  });

  test.each(['b/v1.2.3', 'v1.2', 'a', '', 'xv1.2.3', '1', 'refs/tags/v1.2.3'])('and %j to none', (name) => {
    expect(packageOf(name)).toBeUndefined();
  });

  test('whatever the version', () => {
    const pattern = fc.constantFrom(...patterns.filter((other) => other !== '*'));
    fc.assert(
      fc.property(pattern, versions(), (own, version) => {
        expect(packageOf(tagName(tagFamily(own), version))).toMatchObject({ owner: { name: own }, tag: { version } });
      }),
    );
  });
});

test('two packages with the same tags are refused', () => {
  expect(() => packageTags([...tagged('v*'), { name: 'other', family: tagFamily('v*') }])).toThrowWithCode(
    'E_CONFIG',
    /v\* and other have the same tags, v\*/,
  );
});
