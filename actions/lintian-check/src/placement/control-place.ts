import type { Hint } from '@release-kit/debian';
import type { Anchor } from '../source-tree.ts';
import { fieldOf, lineHolding, type Stanza, type StanzaField } from '../stanza.ts';
import { holdsWord } from './citation.ts';
import { type Finder, packageStanza, type Subject, stanzaOf } from './subject.ts';

const path = 'debian/control';

/** A field of the paragraph the finding is about; the first of `names` that is there, else the paragraph that lacks it. */
export function field(...names: readonly string[]): Finder {
  return (subject) => fieldIn(stanzaOf(subject) ?? subject.tree.control[0], names);
}

/** A field of the source paragraph. */
export function sourceField(...names: readonly string[]): Finder {
  return ({ tree }) => fieldIn(tree.control[0], names);
}

/** A field that a package takes from the source paragraph where it has none itself: Section, Priority, Homepage. */
export function inheritedField(name: string): Finder {
  return (subject) => {
    const own = stanzaOf(subject);
    return fieldIn(fieldOf(own, name) === undefined ? subject.tree.control[0] : own, [name]);
  };
}

function fieldIn(stanza: Stanza | undefined, names: readonly string[]): Anchor | undefined {
  const [wanted = ''] = names;
  for (const name of names) {
    const found = fieldOf(stanza, name);
    if (found !== undefined) return { path, line: found.line, exact: true, reason: `the field ${found.name} is set here` };
  }
  if (stanza === undefined) return undefined;
  return { path, line: stanza.line, exact: true, reason: `the field ${wanted} is missing in this paragraph` };
}

/** The field whose name stands in the note; of several the first. In the paragraph of the package that the note names, where it names one. */
export const fieldInNote: Finder = (subject) => {
  const { hint, tree } = subject;
  const named = hint.note.split(/[\s()"',:[\]]+/);
  const other = named.map((word) => packageStanza(tree, word)).find((stanza) => stanza !== undefined);
  for (const stanza of [stanzaOf(subject), other, tree.control[0]]) {
    for (const word of named) {
      const found = /^[A-Za-z][A-Za-z0-9-]+$/.test(word)
        ? (fieldOf(stanza, word) ?? fieldOf(stanza, `Vcs-${word}`) ?? userField(stanza, word))
        : undefined;
      if (found !== undefined) return { path, line: lineOfValue(found, hint), exact: true, reason: `the field ${found.name} is set here` };
    }
  }
  return undefined;
};

/** `XS-Foo` of debian/control becomes `Foo` in what is built (Debian Policy 5.7). */
function userField(stanza: Stanza | undefined, name: string): StanzaField | undefined {
  const wanted = name.toLowerCase();
  return stanza?.fields.find((field) => field.name.toLowerCase().replace(/^x[bcs]*-/, '') === wanted);
}

/** A field of the built package that debian/control does not have: something else puts it in. */
export const builtField: Finder = (subject) => {
  const stanza = stanzaOf(subject);
  return stanza === undefined
    ? undefined
    : { path, line: stanza.line, exact: false, reason: 'the build puts the field in; this is the paragraph of what it builds' };
};

/** A field that should be there: the note names it, and the paragraph is the place. */
export const missingFieldInNote: Finder = (subject) => {
  const { hint, tree } = subject;
  const name = /\b([A-Z][A-Za-z]*(?:-[A-Za-z]+)*)\s*$/.exec(hint.note)?.[1];
  const [, section] = /\bsection for ([a-z0-9][a-z0-9+.-]*)/.exec(hint.note) ?? [];
  const stanza = section === undefined || section === 'source' ? stanzaOf(subject) : packageStanza(tree, section);
  return name === undefined ? undefined : fieldIn(stanza ?? tree.control[0], [name]);
};

/** The line of a field of several that holds a word of the note, such as one of the uploaders; else the first. */
function lineOfValue(found: StanzaField, { note, tag }: Hint): number {
  const words = note.match(/[^\s<>(),"|[\]]{3,}/g) ?? [];
  const wanted = words.filter((word) => word.toLowerCase() !== found.name.toLowerCase());
  const holds = (text: string): boolean => wanted.some((word) => holdsWord(text, word));
  // Of two that are the same, the second is one too many.
  const index = tag.startsWith('duplicate-') ? found.lines.findLastIndex(holds) : found.lines.findIndex(holds);
  return found.line + Math.max(0, index);
}

const binaryRelations = ['Depends', 'Pre-Depends', 'Recommends', 'Suggests', 'Enhances', 'Breaks', 'Conflicts', 'Replaces', 'Provides'];
const sourceRelations = ['Build-Depends', 'Build-Depends-Indep', 'Build-Depends-Arch', 'Build-Conflicts', 'Build-Conflicts-Indep'];

/** The line of a dependency that the note names: `Depends: foo (>= 1)`, or only the name of the package. */
export const relationInNote: Finder = (subject) => {
  const { hint, tree } = subject;
  const named = relationNamed(hint.note) ?? relationNamed(hint.tag.replace(/-.*$/, ''));
  const own = stanzaOf(subject);
  for (const stanza of hint.type === 'source' ? [own, ...tree.control.slice(1)] : [own, tree.control[0]]) {
    const names = named === undefined ? (stanza === tree.control[0] ? sourceRelations : binaryRelations) : [named];
    for (const word of packagesNamed(hint)) {
      for (const name of names) {
        const found = fieldOf(stanza, name);
        const line = found === undefined ? undefined : lineHolding(found, (text) => holdsWord(text, word));
        if (found !== undefined && line !== undefined) {
          return { path, line, exact: true, reason: `the field ${found.name} names ${word} here` };
        }
      }
    }
  }
  const found = named === undefined ? undefined : fieldOf(own, named);
  if (found === undefined) return undefined;
  // A note that says no more than the field's name is about the field.
  const exact = hint.note.trim().toLowerCase() === found.name.toLowerCase();
  return { path, line: found.line, exact, reason: `the field ${found.name} is here; debhelper and dpkg may fill in more` };
};

/** `Depends` in `Depends: foo`, and in `conflicts-with-version` by its first word. */
function relationNamed(text: string): string | undefined {
  const names = [...binaryRelations, 'Depends-Indep', 'Depends-Arch'].join('|');
  return new RegExp(`(?:^|[^\\w-])((?:Build-)?(?:${names}))\\b`, 'i').exec(text)?.[1];
}

/** Words that may be names of packages; some tags name one themselves: build-depends-on-build-essential. */
function packagesNamed({ note, tag }: Hint): readonly string[] {
  const inTag = /-on-([a-z0-9-]+)$/.exec(tag)?.[1];
  return [...new Set([...(note.match(/[a-z0-9][a-z0-9+.-]+/g) ?? []), ...(inTag === undefined ? [] : [inTag])])];
}

/** The line of the description that the note counts (`line 3`) or whose words it cites; else the field. */
export const description: Finder = (subject) => {
  const found = fieldOf(describedStanza(subject), 'Description');
  if (found === undefined) return fieldIn(stanzaOf(subject), ['Description']);
  const { note, tag } = subject.hint;
  const at = (index: number, reason: string): Anchor => ({ path, line: found.line + index, exact: true, reason });
  // lintian counts the lines below the synopsis, without comments, which are empty here.
  const extended = found.lines.flatMap((text, index) => (index > 0 && text !== '' ? [index] : []));
  const counted = extended[Number(/\bline ([1-9][0-9]{0,4})\b/.exec(note)?.[1] ?? 0) - 1];
  if (counted !== undefined) return at(counted, 'this is the line of the description');
  for (const word of citedWords(note)) {
    const holding = [...(tag.includes('synopsis') ? [] : extended), 0].find((index) => holdsWord(found.lines[index] ?? '', word));
    if (holding !== undefined) return at(holding, 'this line of the description holds the word');
  }
  return at(0, 'the description begins here');
};

/** Of a source, the first package that the note names. */
function describedStanza(subject: Subject): Stanza | undefined {
  const own = stanzaOf(subject);
  if (own !== undefined && own !== subject.tree.control[0]) return own;
  const named = subject.hint.note.split(/[\s"',()]+/).map((word) => packageStanza(subject.tree, word));
  return named.find((stanza) => stanza !== undefined) ?? subject.tree.control[1];
}

/** What a note about spelling complains of: the first word, or words in quotes. */
export function citedWords(note: string): readonly string[] {
  const quoted = /^"([^"]+)"/.exec(note)?.[1] ?? /^(\w+ \w+) \(duplicate word\)/.exec(note)?.[1];
  const first = quoted ?? /^(\S+)/.exec(note)?.[1];
  return first === undefined ? [] : [first];
}

/** Where the level of debhelper is chosen: debhelper-compat in Build-Depends, or debian/compat. */
export const compatLevel: Finder = async ({ tree }) => {
  for (const name of ['Build-Depends', 'Build-Depends-Indep', 'Build-Depends-Arch']) {
    const found = fieldOf(tree.control[0], name);
    const line = found === undefined ? undefined : lineHolding(found, (text) => holdsWord(text, 'debhelper-compat'));
    if (line !== undefined) return { path, line, exact: true, reason: 'debhelper-compat chooses the level here' };
  }
  if ((await tree.lines('debian/compat')) !== undefined) {
    return { path: 'debian/compat', line: 1, exact: true, reason: 'debian/compat chooses the level' };
  }
  const found = fieldOf(tree.control[0], 'X-DH-Compat') ?? fieldOf(tree.control[0], 'Build-Depends');
  const line = found === undefined ? undefined : (lineHolding(found, (text) => holdsWord(text, 'debhelper')) ?? found.line);
  return line === undefined
    ? undefined
    : { path, line, exact: true, reason: 'nothing chooses the level; Build-Depends is the place for it' };
};

/** The paragraph of the package, or the source paragraph. */
export const paragraph: Finder = (subject) => {
  const stanza = stanzaOf(subject);
  if (stanza === undefined) return undefined;
  const isSource = stanza === subject.tree.control[0];
  return {
    path,
    line: stanza.line,
    exact: false,
    reason: isSource
      ? 'the finding is about the whole source package, which this paragraph describes'
      : 'the finding is about the whole package, which this paragraph describes',
  };
};

/** Same place, told as the one that causes the finding: for what only a whole package can be. */
export const wholeParagraph: Finder = async (subject: Subject) => {
  const anchor = await paragraph(subject);
  return anchor === undefined ? undefined : { ...anchor, exact: true };
};
