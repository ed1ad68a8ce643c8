import { cures } from './cure.ts';
import { splitReferences } from './reference.ts';

/** What a tag means. */
export interface Explanation {
  /** The first paragraphs of the tool's own text, one line each. */
  readonly meaning: string;
  /** All of the tool's own text, one line a paragraph. */
  readonly details?: string;
  /** How to mend it, in one sentence. */
  readonly cure?: string;
  /** Where the rule is written down, as the tool names it. */
  readonly references: readonly string[];
  /** In which packages lintian itself sets the finding aside, and why. */
  readonly screen?: string;
  /** What the tag was called before. */
  readonly formerNames?: readonly string[];
}

/** By tag. */
export type Explanations = ReadonlyMap<string, Explanation>;

const longest = 700;

/**
 * Reads the output of lintian-explain-tags. Grammar: a line `E: tag` (or another code) opens an entry, whose lines start with `N:`. A line `N: `
 * parts sections: the text, `Please refer to …`, facts such as `Check:`, and a `Screen:` each. Inside the text, three more blanks and
 * nothing part paragraphs, and deeper lines are examples, which stay lines.
 */
export function parseExplanations(text: string): Explanations {
  const entries = new Map<string, Explanation>();
  let tag: string | undefined;
  let lines: string[] = [];
  const close = (): void => {
    if (tag !== undefined) entries.set(tag, explanationOf(tag, lines));
    lines = [];
  };
  for (const line of text.split('\n').map((each) => each.replace(/\r$/, ''))) {
    const opened = /^[EWIPCX]: ([a-zA-Z0-9][a-zA-Z0-9+._/-]*)\s*$/.exec(line);
    if (opened?.[1] !== undefined) {
      close();
      tag = opened[1];
    } else if (line.startsWith('N:')) {
      lines.push(line.slice(2));
    }
  }
  close();
  return entries;
}

function explanationOf(tag: string, lines: readonly string[]): Explanation {
  const sections = sectionsOf(lines);
  const kind = (section: string): 'reference' | 'fact' | 'screen' | 'text' => {
    if (/^(?:Please refer to|See also)\b/.test(section)) return 'reference';
    if (/^Screen: /.test(section)) return 'screen';
    return /^(?:Severity|Visibility|Show-Always|Check|Renamed from|Experimental): ?/.test(section) ? 'fact' : 'text';
  };
  const parts = (wanted: ReturnType<typeof kind>): readonly string[] => sections.filter((section) => kind(section) === wanted);
  const paragraphs = parts('text').flatMap(paragraphsOf);
  const facts = parts('fact').join('\n');
  const formerNames = wordsOf(/^Renamed from:((?:\s+[a-z0-9][\w.+/-]*)+)$/m.exec(facts)?.[1] ?? '');
  const cure = [tag, ...formerNames].map((name) => cures.get(name)).find((one) => one !== undefined);
  const screens = parts('screen').map((section) => wordsOf(section).join(' '));
  return {
    meaning: shorten(paragraphs),
    details: paragraphs.join('\n'),
    references: parts('reference').flatMap(referencesOf),
    ...(cure === undefined ? {} : { cure }),
    ...(screens.length === 0 ? {} : { screen: screens.join('\n') }),
    ...(formerNames.length === 0 ? {} : { formerNames }),
  };
}

/** Lines with nothing but one blank part sections; older releases write paragraphs so as well. */
function sectionsOf(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) => (line === '' || line === ' ' ? '\u0000' : line.replace(/^ {1,3}/, '')))
    .join('\n')
    .split('\u0000')
    .map((section) => section.replace(/^\n+|\s+$/g, ''))
    .filter((section) => section.trim() !== '');
}

function paragraphsOf(section: string): readonly string[] {
  return section
    .split(/\n(?:[ \t]*\n)+/)
    .map((paragraph) => paragraph.replace(/\n(?! )/g, ' ').trimEnd())
    .filter((paragraph) => paragraph.trim() !== '');
}

function referencesOf(section: string): readonly string[] {
  const text = wordsOf(section)
    .join(' ')
    .replace(/^(?:Please refer to|See also) /, '')
    .replace(/ for details\.$/, '')
    .replace(/\.$/, '');
  return splitReferences(text);
}

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

function shorten(paragraphs: readonly string[]): string {
  const kept: string[] = [];
  for (const paragraph of paragraphs) {
    if (kept.join('\n').length + paragraph.length > longest) {
      kept.push(kept.length > 0 ? '…' : `${paragraph.slice(0, longest)} …`);
      break;
    }
    kept.push(paragraph);
  }
  return kept.join('\n');
}
