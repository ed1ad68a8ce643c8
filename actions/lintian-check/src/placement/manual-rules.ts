import { content, installation, listOf } from './installed-place.ts';
import { manualPage } from './manual-place.ts';
import type { PlacementRule } from './rule.ts';
import { spelledCode, spelledContent, spelledDocument } from './spelling-place.ts';
import { firstOf, roughly } from './subject.ts';
import { textLine } from './text-place.ts';

/** Findings about manual pages, and about words. */
export const manualRules = {
  'manual-page-missing': {
    tags: ['no-manual-page', 'binary-without-manpage', 'undocumented-manual-page', 'no-english-manual-page'],
    place: 'the line of `debian/*.install` (or .links, …) that installs the program; else `debian/*.manpages`, where its page belongs',
    find: firstOf(installation, listOf('manpages', 'install')),
  },
  'manual-page-spelling': {
    tags: ['typo-in-manual-page', 'spelling-error-in-manpage'],
    place: 'the line of the manual page that holds the misspelt word',
    find: firstOf(spelledContent, spelledDocument, manualPage),
  },
  'manual-page-name': {
    tags: ['bad-whatis-entry', 'useless-whatis-entry', 'manpage-has-bad-whatis-entry', 'manpage-has-useless-whatis-entry'],
    place: 'the line below `.SH NAME` of the manual page',
    find: firstOf(textLine([/^\.(?:SH|Sh)\s+"?NAME/i], 'the name and what it is stand here', 1), manualPage),
  },
  'manual-page-title': {
    tags: ['wrong-manual-section', 'manpage-section-mismatch'],
    place: 'the line `.TH` of the manual page',
    find: firstOf(textLine([/^\.(?:TH|Dt)\b/], 'the title of the page names its section'), manualPage),
  },
  'manual-page-file': {
    tags: [
      'spare-manual-page',
      'odd-place-for-manual-page',
      'wrong-name-for-manual-page',
      '*compress*-manual-page',
      '*-compression-in-manual-page',
      'manual-page-in-udeb',
      'executable-manual-page',
      'manpage-in-wrong-directory',
      'manpage-not-compressed*',
    ],
    place: 'the line of `debian/*.manpages` (or .install) that installs the page',
    find: firstOf(installation, content),
  },
  'manual-page': {
    tags: [
      'groff-message',
      'mandoc-message',
      'manpage-*',
      '*-in-manual-page',
      '*-in-manual',
      '*-manual-page',
      'manual-page-*',
      'bad-so-link-within-manual-page',
      'pod-conversion-message',
      'python-traceback-in-manpage',
      'hyphen-used-as-minus-sign',
    ],
    place: 'the line of the page’s source: the one the finding names, or groff counts',
    find: firstOf(manualPage, roughly(installation)),
  },
  'spelling-in-program': {
    tags: ['spelling-error-in-binary'],
    place: 'the line of the source that holds the misspelt text, where only one does; else the line that installs the program',
    find: firstOf(spelledCode, roughly(installation)),
  },
  'spelling-in-file': {
    tags: ['spelling-error-in-*', 'typo-in-*', 'duplicate-word-in-*', 'capitalization-*'],
    place: 'the line of the file that holds the misspelt word',
    find: firstOf(spelledContent, spelledDocument),
  },
} as const satisfies Record<string, PlacementRule>;
