import { namedLine, newestHeading, newestLineInNote, newestTrailer, versionInNote } from './changelog-place.ts';
import { startOf } from './file-place.ts';
import { installation, ruleNaming } from './installed-place.ts';
import type { PlacementRule } from './rule.ts';
import { firstOf } from './subject.ts';

/** Findings about versions, distributions and entries of debian/changelog. */
export const changelogRules = {
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
    ],
    place: 'the trailer of the newest entry of debian/changelog',
    find: newestTrailer,
  },
  'changelog-version': {
    tags: [
      'odd-historical-debian-changelog-version',
      'latest-debian-changelog-entry-reuses-existing-version',
      'changelog-file-missing-explicit-entry',
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
      '*-in-closes',
      'changelog-empty-entry',
      'initial-upload-closes-no-bugs',
      'changelog-is-dh_make-template',
    ],
    place: 'the line of the newest entry of debian/changelog',
    find: firstOf(newestLineInNote, newestHeading),
  },
  'changelog-syntax': {
    tags: ['syntax-error-in-debian-changelog'],
    place: 'the line of debian/changelog that lintian names, in whatever entry',
    find: firstOf(namedLine, newestLineInNote, newestHeading),
  },
  'changelog-installed': {
    tags: ['changelog-file-not-compressed', 'changelog-not-compressed-*', '*changelog-file-is-a-symlink', 'wrong-name-for-*changelog*'],
    place: 'the line of debian/rules that installs the changelog, else debian/changelog',
    find: firstOf(ruleNaming, installation, startOf('debian/changelog', 'the finding is about how this file is installed')),
  },
  changelog: {
    tags: ['*changelog*', 'latest-debian-*'],
    place: 'debian/changelog',
    find: firstOf(newestLineInNote, newestHeading),
  },
} as const satisfies Record<string, PlacementRule>;
