import { building } from './file-place.ts';
import { content, installation } from './installed-place.ts';
import type { PlacementRule } from './rule.ts';
import { memberNamed } from './script-place.ts';
import { firstOf, roughly } from './subject.ts';
import { citedOptions, firstLine, textInTree, textLine } from './text-place.ts';

/** Findings about what stands in files that a package installs, or in the source of its programs. */
export const textRules = {
  interpreter: {
    tags: [
      '*hashbang*',
      '*-interpreter*',
      '*interpreter-*',
      '*-shebang',
      'script-not-executable',
      'script-without-interpreter',
      'script-uses-*',
      'executable-not-elf-or-script',
      'csh-considered-harmful',
      'example-script-*',
    ],
    place: 'the first line of the script',
    find: firstOf(firstLine, content, roughly(installation)),
  },
  news: {
    tags: ['debian-news-entry-uses-asterisk'],
    place: 'the entry of `debian/*.NEWS`',
    find: firstOf(textLine([/^\s+\*/], 'the entry is a list here'), content, memberNamed('NEWS')),
  },
  encoding: {
    tags: ['national-encoding', '*-encoding*'],
    place: 'the first line of the file that is not UTF-8',
    find: firstOf(textLine([/\ufffd/], 'this is the first line that is not UTF-8'), content, roughly(installation)),
  },
  invariants: {
    tags: ['license-problem-gfdl-*'],
    place: 'the line of the file that speaks of invariant sections',
    find: textLine([/\binvariant\s+sections?\b/i], 'the license speaks of invariant sections here'),
  },
  'text-of-file': {
    tags: [
      'debian-news-*',
      'shell-script-fails-syntax-check',
      'example-shell-script-fails-syntax-check',
      'unicode-trojan',
      'privacy-breach-*',
      'file-references-package-build-path',
      'invalid-po-file',
      'udev-rule-missing-*',
      'udevadm-*',
      'menu-*',
      'doc-base-*',
      'appstream-metadata-*',
      'pkg-config-*',
      'bad-test-in-menu-item',
      '*-in-menu*',
      'dbus-*',
      'file-contains-fixme-placeholder',
      'nodejs-*',
      'bash-completion-*',
    ],
    place: 'the line of the installed file’s source',
    find: firstOf(content, roughly(installation)),
  },
  'library-path': {
    tags: ['custom-library-search-path', 'binary-or-shlib-defines-rpath'],
    place: 'the only line of the source that holds the path; else where debian/rules builds',
    find: firstOf(textInTree(citedOptions, 'only this line of the source holds the path'), building, roughly(installation)),
  },
  'static-program': {
    tags: ['statically-linked-binary'],
    place: 'the only line of the source with `-static`; else where debian/rules builds',
    find: firstOf(
      textInTree(() => ['-static'], 'only this line of the source links statically'),
      building,
      roughly(installation),
    ),
  },
} as const satisfies Record<string, PlacementRule>;
