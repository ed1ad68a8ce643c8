import { copyrightHeader, copyrightParagraph } from './copyright-place.ts';
import { countedLine, lineInNote, lineOf, missingFile, startOf } from './file-place.ts';
import type { PlacementRule } from './rule.ts';
import { firstOf } from './subject.ts';

const copyright = 'debian/copyright';

/** Findings about debian/copyright. */
export const copyrightRules = {
  'old-address-of-fsf': {
    tags: ['old-fsf-address-in-copyright-file'],
    place: 'the line of debian/copyright with the address',
    find: lineOf(copyright, [/675 Mass|59 Temple|51 Franklin|02111-?1307|02139|02110/], 'the old address stands here'),
  },
  'copyright-format': {
    tags: ['*-copyright-format-uri', 'files-excluded-without-copyright-format-1.0'],
    place: 'the field Format of debian/copyright',
    find: firstOf(
      copyrightHeader('Format', 'Format-Specification'),
      startOf(copyright, 'the header of debian/copyright stands at its beginning'),
    ),
  },
  'copyright-without-format': {
    tags: ['no-dep5-copyright'],
    place: 'the beginning of debian/copyright',
    find: missingFile(copyright),
  },
  'copyright-years': {
    tags: ['update-debian-copyright'],
    place: 'the copyright of `Files: debian/*`',
    find: lineOf(copyright, [/^Files:(?:.*\s)?debian\/\*/, /^Files:\s*\*/], 'the packaging is covered by this paragraph'),
  },
  'copyright-upstream': {
    tags: ['repackaged-source-not-advertised', 'missing-explanation-for-*', 'no-debian-copyright-in-source*'],
    place: 'the header of debian/copyright',
    find: firstOf(copyrightHeader('Files-Excluded', 'Comment', 'Source'), missingFile(copyright)),
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
  'copyright-template': {
    tags: ['helper-templates-in-copyright'],
    place: 'the first line of debian/copyright that dh_make left to be filled in',
    find: firstOf(
      lineOf(copyright, [/<(?:fill in|put author|likewise for|insert|years?>|url:|license>)/i], 'this is still to be filled in'),
      missingFile(copyright),
    ),
  },
  copyright: {
    tags: [
      '*copyright*',
      'extra-license-file-in-copyright',
      'pipe-symbol-used-as-license-disjunction',
      'spelling-error-in-copyright',
      'incomplete-creative-commons-license',
      '*-license-reference*',
    ],
    place: 'debian/copyright, at the line that holds what the finding cites',
    find: firstOf(countedLine, lineInNote(copyright), missingFile(copyright)),
  },
} as const satisfies Record<string, PlacementRule>;
