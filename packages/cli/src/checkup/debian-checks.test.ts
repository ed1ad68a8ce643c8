import { describe, expect, test } from '@jest/globals';
import { debianChecks, type PackagingFiles } from './debian-checks.ts';

const control = 'Source: probe\nMaintainer: A Person <a@example.org>\n\nPackage: probe\nArchitecture: any\nDescription: probe\n A probe.\n';
const changelog = (version: string, distribution = 'unstable', name = 'probe'): string =>
  `${name} (${version}) ${distribution}; urgency=low\n\n  * First.\n\n -- A Person <a@example.org>  Sat, 21 Nov 2026 08:00:00 +0000\n`;
const fine: PackagingFiles = {
  folder: '.',
  control,
  changelog: changelog('1.2.3-1'),
  format: '3.0 (quilt)\n',
  hasRules: true,
  hasCopyright: true,
};

const told = (files: Partial<PackagingFiles>, tag?: string): readonly string[] =>
  debianChecks({ ...fine, ...files }, tag).map(({ level, place, finding }) => `${level} ${place?.file}:${place?.line ?? ''} ${finding}`);

test('a healthy package is good', () => {
  expect(told({}, 'v1.2.2')).toEqual(['good debian/control: probe 1.2.3-1: control, changelog, rules and source format fit']);
  expect(told({ folder: 'sub', format: '3.0 (native)', changelog: changelog('1:1.2.3') }, 'v1.2.2')).toEqual([
    'good sub/debian/control: probe 1:1.2.3: control, changelog, rules and source format fit',
  ]);
});

describe('what is wrong is told with its file and line', () => {
  test.each([
    { rule: 'a mistake in control', files: { control: 'Source: probe\n' }, line: /^bad debian\/control: there is no paragraph/ },
    { rule: 'a mistake in the changelog', files: { changelog: 'probe 1.0\n' }, line: /^bad debian\/changelog:1 / },
    { rule: 'no changelog', files: { changelog: undefined }, line: /^bad debian\/changelog: the file is missing/ },
    { rule: 'no rules', files: { hasRules: false }, line: /^bad debian\/rules: the file is missing/ },
    { rule: 'no copyright', files: { hasCopyright: false }, line: /^note debian\/copyright: / },
    { rule: 'no format', files: { format: undefined }, line: /^note debian\/source\/format: / },
    { rule: 'no format of dpkg', files: { format: '3.0 (tar)' }, line: /^bad .* is no source format/ },
    { rule: 'native with a revision', files: { format: '3.0 (native)' }, line: /^bad .* native package has no Debian revision/ },
    { rule: 'quilt without one', files: { changelog: changelog('1.2.3') }, line: /^bad .* has no Debian revision, which/ },
    {
      rule: 'two names',
      files: { changelog: changelog('1.2.3-1', 'unstable', 'other') },
      line: /^bad debian\/changelog:1 the changelog is of other/,
    },
    {
      rule: 'not released',
      files: { changelog: changelog('1.2.3-1', 'UNRELEASED') },
      line: /^note debian\/changelog:1 1.2.3-1 is UNRELEASED/,
    },
    { rule: 'behind the release', files: {}, tag: 'v1.10.0', line: /^bad debian\/changelog:1 1.2.3-1 is older than the release v1.10.0/ },
    { rule: 'released already', files: {}, tag: 'v1.2.3', line: /^note debian\/changelog:1 1.2.3-1 is released as v1.2.3/ },
  ])('$rule', ({ files, tag, line }) => {
    expect(told(files, tag)).toContainEqual(expect.stringMatching(line));
  });
});
