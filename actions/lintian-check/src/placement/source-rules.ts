import {
  building,
  countedLine,
  fieldOfFile,
  lineInNote,
  lineOf,
  missingFile,
  pointedFile,
  pointedFolder,
  startOf,
  targetInTag,
} from './file-place.ts';
import { content } from './installed-place.ts';
import { overrideLinePlace } from './override-place.ts';
import { patchField, seriesEntry } from './patch-place.ts';
import type { PlacementRule } from './rule.ts';
import { firstOf } from './subject.ts';
import { textInTree } from './text-place.ts';

const rules = 'debian/rules';
const hardeningLines = [
  /^\s*(?:export\s+)?DEB_BUILD_MAINT_OPTIONS\b.*hardening/,
  /hardening=/,
  /^\s*(?:export\s+)?DEB_(?:CFLAGS|CPPFLAGS|LDFLAGS)_MAINT/,
  /dpkg-buildflags|buildflags\.mk/,
];

/** What a build says to do without a protection. */
const opposites: ReadonlyMap<string, readonly string[]> = new Map([
  ['hardening-no-relro', ['norelro']],
  ['hardening-no-bindnow', ['-Wl,-z,lazy']],
  ['hardening-no-pie', ['-no-pie', '-fno-pie', '-nopie']],
  ['hardening-no-fortify-functions', ['-U_FORTIFY_SOURCE', '-D_FORTIFY_SOURCE=0']],
]);

/** Findings about other files of debian/, and about the source as a whole. */
export const sourceRules = {
  'watch-missing': {
    tags: ['debian-watch-file-is-missing', 'no-debian-watch', 'debian-watch-file-in-native-package'],
    place: '`debian/watch`; the source paragraph while it is missing',
    find: missingFile('debian/watch'),
  },
  'watch-signature': {
    tags: [
      'debian-watch-does-not-check-*signature',
      'debian-watch-could-verify-download',
      'debian-watch-file-pubkey-file-is-missing',
      'orig-tarball-missing-upstream-signature',
    ],
    place: 'the line of debian/watch with the address of the download',
    find: firstOf(
      lineOf(
        'debian/watch',
        [/pgpsigurlmangle|pgpmode/, /^\s*opts?=/, /^\s*(?:https?|ftp):/, /^Source:/i],
        'the download is described here',
      ),
      missingFile('debian/watch'),
    ),
  },
  'watch-standard': {
    tags: ['*debian-watch-file-standard*', 'missing-debian-watch-file-standard'],
    place: 'the line `version=` of debian/watch',
    find: lineOf('debian/watch', [/^\s*version\s*=/i, /^Version\s*:/i, /^\s*[^#\s]/], 'the version of the format stands here'),
  },
  watch: {
    tags: ['debian-watch-*', '*-watch-file*', 'prefer-uscan-symlink'],
    place: 'debian/watch, at the line that holds what the finding cites',
    find: firstOf(
      countedLine,
      lineInNote('debian/watch'),
      lineOf('debian/watch', [/^\s*(?:opts?=|https?:|ftp:)/], 'the download is described here'),
      missingFile('debian/watch'),
    ),
  },
  hardening: {
    tags: [
      'hardening-no-*',
      'portable-executable-missing-security-features',
      '*-missing-hardening',
      'binary-file-built-without-LFS-support',
      'cflags-missing',
      'cppflags-missing',
      'cxxflags-missing',
      'ldflags-missing',
      'compiler-flags-hidden',
      'no-compiler-commands',
      '*flags-missing*',
      'blhc/*',
    ],
    place: 'the line of debian/rules that sets build flags, else where it builds',
    find: firstOf(
      textInTree(({ hint }) => opposites.get(hint.tag) ?? [], 'only this line of the source takes the protection away'),
      lineOf(rules, hardeningLines, 'the build flags are set here'),
      building,
    ),
  },
  'library-trigger': {
    tags: ['package-has-unnecessary-activation-of-ldconfig-trigger', 'lacks-ldconfig-trigger', 'no-shlibs'],
    place: 'the rule of dh_makeshlibs in debian/rules',
    find: firstOf(
      lineOf(rules, [/^\t.*dh_makeshlibs/, /dh_makeshlibs/], 'dh_makeshlibs, which activates the trigger, is called here'),
      building,
    ),
  },
  'rules-help': {
    tags: [
      'missing-build-dependency-for-dh-addon',
      'missing-build-dependency-for-dh_-command',
      'dh-quilt-addon-but-quilt-source-format',
      'debian-rules-uses-unnecessary-dh-argument',
    ],
    place: 'the line of debian/rules that calls it',
    find: firstOf(lineInNote(rules), lineOf(rules, [/^\s+dh\s+\$@/], 'dh is called here')),
  },
  rules: {
    tags: [
      'debian-rules-*',
      'typo-in-debhelper-override-target',
      'override_dh_*',
      'excessive-debhelper-overrides',
      '*-in-debian-rules',
      'dh-clean-k-is-deprecated',
      'dh_*-is-obsolete',
      'unnecessary-source-date-epoch-assignment',
      'no-dh-sequencer',
      'package-does-not-use-debhelper-or-cdbs',
      'binary-arch-rules-but-pkg-is-arch-indep',
      '*rules-*target*',
    ],
    place: 'debian/rules, at the target or line that the finding cites',
    find: firstOf(
      countedLine,
      targetInTag,
      lineInNote(rules),
      lineOf(rules, [/^\s*%\s*:/, /^\s*#!/], 'debian/rules builds the package from here'),
    ),
  },
  'patch-forwarded': {
    tags: ['patch-not-forwarded-upstream'],
    place: 'the header of the patch: its field Forwarded, or its beginning',
    find: patchField('Forwarded'),
  },
  'patch-header': {
    tags: [
      'quilt-patch-missing-description',
      'quilt-patch-using-template-description',
      'dpatch-missing-description',
      'patch-*-header',
      'spelling-error-in-patch-description',
    ],
    place: 'the header of the patch, at the line or field that is meant',
    find: firstOf(lineInNote(), patchField('Description', 'Subject')),
  },
  series: {
    tags: ['series-references-*', '*quilt-series*', 'package-uses-vendor-specific-patch-series', 'dpatch-index-references-*'],
    place: 'the line of debian/patches/series',
    find: firstOf(seriesEntry, startOf('debian/patches/series', 'the series of patches is here')),
  },
  'source-format': {
    tags: ['*source-format*', 'missing-debian-source-format', 'patch-system', 'format-3.0-but-debian-changes-patch'],
    place: 'debian/source/format',
    find: missingFile('debian/source/format'),
  },
  'upstream-metadata': {
    tags: ['upstream-metadata*'],
    place: '`debian/upstream/metadata`; the source paragraph while it is missing',
    find: firstOf(lineInNote('debian/upstream/metadata'), missingFile('debian/upstream/metadata')),
  },
  tests: {
    tags: [
      'testsuite-autopkgtest-missing',
      'missing-tests-control',
      'superficial-tests',
      'empty-debian-tests-control',
      '*runtime-test*',
      'no-tests',
      'debian-tests-control-*',
      'test-leaves-*',
    ],
    place: '`debian/tests/control`, at the field that is meant; the source paragraph while it is missing',
    find: firstOf(
      countedLine,
      lineInNote('debian/tests/control'),
      fieldOfFile('debian/tests/control', 'Restrictions', 'Test-Command', 'Tests'),
      missingFile('debian/tests/control'),
    ),
  },
  override: {
    tags: [
      'unused-override',
      'mismatched-override',
      'alien-tag',
      'malformed-override',
      'renamed-tag',
      'duplicate-override-context',
      'invalid-override-*',
      '*-override-comment',
      'override-file-*',
      'old-source-override-location',
    ],
    place: 'the line of the file of overrides',
    find: firstOf(overrideLinePlace, content),
  },
  'source-file': {
    tags: [
      'source-is-missing',
      'patch-file-present-but-not-mentioned-in-series',
      'obsolete-url-in-packaging',
      'deprecated-configure-filename',
      'custom-compression-in-debian-source-options',
      'package-does-not-install-examples',
      'source-contains-*',
      'very-long-line-length-in-source-file',
      'license-problem-*',
      'configure-generated-file-in-source',
      'ancient-libtool',
      'ancient-autotools-*',
      'outdated-autotools-*',
      'autotools-*',
      'trailing-whitespace',
      'carriage-return-line-feed',
      'no-newline-at-end',
      'package-file-is-executable',
      'debian-adds-*',
      'dh-exec-*',
      'duplicate-packaging-file',
      'public-upstream-key-*',
    ],
    place: 'the file and line of the source that lintian names; one that a patch adds, in the patch',
    find: firstOf(pointedFile, pointedFolder),
  },
} as const satisfies Record<string, PlacementRule>;
