import { newestHeading, newestLineInNote, newestTrailer, versionInNote } from './changelog-place.ts';
import { copyrightHeader, copyrightParagraph } from './copyright-place.ts';
import { countedLine, fieldOfFile, lineInNote, lineOf, missingFile, startOf } from './file-place.ts';
import { patchField, seriesEntry } from './patch-place.ts';
import type { PlacementRule } from './rule.ts';
import { firstOf } from './subject.ts';

const rules = 'debian/rules';
const copyright = 'debian/copyright';
const hardeningLines = [
  /^\s*(?:export\s+)?DEB_BUILD_MAINT_OPTIONS\b.*hardening/,
  /hardening=/,
  /^\s*(?:export\s+)?DEB_(?:CFLAGS|CPPFLAGS|LDFLAGS)_MAINT/,
  /dpkg-buildflags|buildflags\.mk/,
];
const builds = [/^\s*override_dh_auto_build(?:-arch)?\s*:/, /^\s*override_dh_auto_configure\s*:/, /^\s*%\s*:/];

/** Findings about other files of debian/, and about the source as a whole. */
export const sourceRules = {
  'changelog-heading': {
    tags: [
      'bad-distribution-in-changes-file',
      'bad-urgency-in-changes-file',
      'bad-section-in-changes-file',
      'bad-intended-distribution',
      'multiple-distributions-in-changes-file',
      'unreleased-changes',
      'unreleased-changelog-distribution',
      'distribution-and-*-mismatch',
      'changelog-distribution-*',
      '*-version-number',
      '*-version-number-*',
      'debian-revision-*',
      'binary-nmu-debian-revision-in-source',
      'dfsg-version-*',
      'dot-before-repack-count',
      'anticipated-repack-count',
      'source-nmu-has-incorrect-version-number',
      'maintainer-upload-has-incorrect-version-number',
      'backports-*',
      'upload-has-backports-version-number',
      'epoch-*',
      'version-refers-to-distribution',
      'hyphen-in-upstream-part-of-debian-changelog-version',
      'non-consecutive-debian-revision',
      'malformed-debian-changelog-version',
      'new-package-uses-date-based-version-number',
      'debian-watch-file-specifies-*-upstream-version',
      'possible-new-upstream-release-without-new-version',
      'experimental-to-unstable-without-comment',
    ],
    place: 'the heading of the newest entry of debian/changelog',
    find: newestHeading,
  },
  'changelog-trailer': {
    tags: [
      'debian-changelog-has-wrong-day-of-week',
      'debian-changelog-has-wrong-weekday*',
      'invalid-date-in-debian-changelog',
      'latest-*changelog-entry-without-new-date',
      'extra-whitespace-around-name-in-changelog-trailer',
      'bogus-mail-host-in-debian-changelog',
      'debian-changelog-malformed-*',
      'changed-by-*',
      'unnecessary-team-upload',
      'no-nmu-in-changelog',
      'nmu-in-changelog',
      'no-qa-in-changelog',
      'timewarp-*',
    ],
    place: 'the trailer of the newest entry of debian/changelog',
    find: newestTrailer,
  },
  'changelog-version': {
    tags: [
      'odd-historical-debian-changelog-version',
      'latest-debian-changelog-entry-reuses-existing-version',
      'changelog-file-missing-explicit-entry',
      'debian-news-entry-has-unknown-version',
      'changelog-references-*',
    ],
    place: 'the entry of the version that the finding names',
    find: firstOf(versionInNote, newestHeading),
  },
  'changelog-line': {
    tags: [
      'debian-changelog-line-too-long',
      'spelling-error-in-changelog',
      'improbable-bug-number-in-closes',
      'wrong-bug-number-in-closes',
      'misspelled-closes-bug',
      'possible-missing-colon-in-closes',
      'syntax-error-in-debian-changelog',
      '*-in-closes',
      'changelog-empty-entry',
      'initial-upload-closes-no-bugs',
      'changelog-is-dh_make-template',
    ],
    place: 'the line of the newest entry of debian/changelog',
    find: firstOf(newestLineInNote, newestHeading),
  },
  changelog: {
    tags: ['*changelog*', 'latest-debian-*'],
    place: 'debian/changelog',
    find: firstOf(newestLineInNote, newestHeading),
  },
  'old-address-of-fsf': {
    tags: ['old-fsf-address-in-copyright-file'],
    place: 'the line of debian/copyright with the address',
    find: lineOf(copyright, [/675 Mass|59 Temple|51 Franklin|02111-?1307|02139|02110/], 'the old address stands here'),
  },
  'copyright-format': {
    tags: ['*-copyright-format-uri', 'no-dep5-copyright', 'files-excluded-without-copyright-format-1.0'],
    place: 'the field Format of debian/copyright',
    find: firstOf(
      copyrightHeader('Format', 'Format-Specification'),
      startOf(copyright, 'the header of debian/copyright stands at its beginning'),
    ),
  },
  'copyright-years': {
    tags: ['update-debian-copyright'],
    place: 'the copyright of `Files: debian/*`',
    find: lineOf(copyright, [/^Files:(?:.*\s)?debian\/\*/, /^Files:\s*\*/], 'the packaging is covered by this paragraph'),
  },
  'copyright-upstream': {
    tags: ['repackaged-source-not-advertised', 'missing-explanation-for-*', 'no-debian-copyright-in-source*'],
    place: 'the header of debian/copyright',
    find: firstOf(copyrightHeader('Comment', 'Files-Excluded', 'Source'), missingFile(copyright)),
  },
  'copyright-paragraph': {
    tags: [
      '*dep5-copyright*',
      'globbing-patterns-out-of-order',
      'duplicate-globbing-patterns',
      'superfluous-file-pattern',
      'superfluous-*-pattern',
      'wildcard-matches-nothing-in-dep5-copyright',
      'file-without-copyright-information',
      'unused-license-paragraph*',
      'license-file-listed-in-debian-copyright',
      'space-in-std-shortname*',
      'copyright-refers-*',
      '*-license-paragraph-*',
      'unwanted-path-too-specific',
    ],
    place: 'the paragraph of debian/copyright that names the pattern or the license',
    find: firstOf(copyrightParagraph, lineInNote(copyright), startOf(copyright, 'the finding is about debian/copyright')),
  },
  copyright: {
    tags: [
      '*copyright*',
      'extra-license-file-in-copyright',
      'helper-templates-in-copyright',
      'pipe-symbol-used-as-license-disjunction',
      'spelling-error-in-copyright',
      'incomplete-creative-commons-license',
      '*-license-reference*',
    ],
    place: 'debian/copyright, at the line that holds what the finding cites',
    find: firstOf(countedLine, lineInNote(copyright), missingFile(copyright)),
  },
  'watch-missing': {
    tags: ['debian-watch-file-is-missing', 'no-debian-watch'],
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
    ],
    place: 'the line of debian/rules that sets build flags, else where it builds',
    find: firstOf(
      lineOf(rules, hardeningLines, 'the build flags are set here'),
      roughly(lineOf(rules, builds, 'the program is built from here')),
    ),
  },
  'library-trigger': {
    tags: ['package-has-unnecessary-activation-of-ldconfig-trigger', 'lacks-ldconfig-trigger', 'no-shlibs'],
    place: 'the rule of dh_makeshlibs in debian/rules',
    find: lineOf(rules, [/dh_makeshlibs/], 'dh_makeshlibs, which activates the trigger, is called here'),
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
    find: firstOf(countedLine, lineInNote(rules), lineOf(rules, [/^\s*%\s*:/, /^\s*#!/], 'debian/rules builds the package from here')),
  },
  'patch-header': {
    tags: [
      'patch-not-forwarded-upstream',
      'quilt-patch-missing-description',
      'quilt-patch-using-template-description',
      'dpatch-missing-description',
      'patch-*-header',
      'spelling-error-in-patch-description',
    ],
    place: 'the header of the patch, at the field that is meant',
    find: firstOf(lineInNote(), patchField('Forwarded', 'Description', 'Subject')),
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
} as const satisfies Record<string, PlacementRule>;

/** The same place, told as a guess. */
function roughly(find: PlacementRule['find']): PlacementRule['find'] {
  return async (subject) => {
    const anchor = await find(subject);
    return anchor === undefined ? undefined : { ...anchor, exact: false };
  };
}
