import type { Anchor } from '../source-tree.ts';
import { readStanzas } from '../stanza.ts';
import { citations, holdsWord } from './citation.ts';
import { unpatchedLine } from './patched-line.ts';
import { type Finder, lineWhere, roughly, type Subject } from './subject.ts';

/** The first line of a file that fits one of the patterns, in their order; comments count, too. */
export function lineOf(path: string, patterns: readonly RegExp[], reason: string): Finder {
  return async ({ tree }) => {
    const lines = await tree.lines(path);
    for (const pattern of patterns) {
      const line = lineWhere(lines, (text) => pattern.test(text));
      if (line !== undefined) return { path, line, exact: true, reason };
    }
    return undefined;
  };
}

const buildLines = [
  /^\s*override_dh_auto_build(?:-arch)?\s*:/,
  /^\s*override_dh_auto_configure\s*:/,
  /^\s*%\s*:/,
  /^\s*build(?:-arch)?\s*:/,
  /^#!/,
];

/** Where debian/rules builds the programs: for what a build does by itself. */
export const building: Finder = roughly(lineOf('debian/rules', buildLines, 'the program is built from here'));

/** The target of debian/rules that the tag is named for. */
export const targetInTag: Finder = async ({ hint, tree }) => {
  const target = /(?:^|-)(get-orig-source|override_[a-z_]+|binary-arch|binary-indep|build-arch|build-indep)(?:-|$)/.exec(hint.tag)?.[1];
  const line =
    target === undefined ? undefined : lineWhere(await tree.lines('debian/rules'), (text) => text.split(/[\s:]/).includes(target));
  return line === undefined ? undefined : { path: 'debian/rules', line, exact: true, reason: `the target ${target} is here` };
};

/** The beginning of a file that says it nowhere. */
export function startOf(path: string, reason: string): Finder {
  return async ({ tree }) => ((await tree.lines(path)) === undefined ? undefined : { path, line: 1, exact: false, reason });
}

/** A file that should be there: the source paragraph stands for it. */
export function missingFile(path: string): Finder {
  return async ({ tree }) => {
    if ((await tree.lines(path)) !== undefined) return { path, line: 1, exact: true, reason: `the finding is about ${path}` };
    return {
      path: 'debian/control',
      line: tree.control[0]?.line ?? 1,
      exact: false,
      reason: `${path} is missing, and the source paragraph stands for it`,
    };
  };
}

/** The line of the file pointed to, or of `path`, that holds what the note cites: the whole note, what is in quotes, its words. */
export function lineInNote(path?: string): Finder {
  return async ({ hint, pointer, tree }) => {
    const file = path ?? (pointer?.index === 'patched' ? pointer.path : undefined);
    const lines = file === undefined ? undefined : await tree.lines(file);
    if (file === undefined || lines === undefined) return undefined;
    for (const text of citations(hint.note)) {
      const line = lineWhere(lines, (content) => holdsWord(content, text));
      if (line !== undefined) return { path: file, line, exact: true, reason: 'this line holds what the finding cites' };
    }
    return undefined;
  };
}

/** The file pointed to, by the line that lintian counts in the note. */
export const countedLine: Finder = ({ hint, pointer }) => {
  const counted = Number(/\blines? ([1-9][0-9]{0,8})\b/.exec(hint.note)?.[1] ?? 0);
  if (counted === 0 || pointer?.index !== 'patched') return undefined;
  return { path: pointer.path, line: counted, exact: true, reason: 'lintian counts to this line' };
};

/** A field of the paragraphs of the file pointed to, or of `path`; the one whose paragraph holds what the note cites comes first. */
export function fieldOfFile(path: string, ...names: readonly string[]): Finder {
  return async ({ tree }) => {
    const stanzas = readStanzas((await tree.lines(path)) ?? []);
    for (const name of names) {
      const found = stanzas.flatMap(({ fields }) => fields).find((field) => field.name.toLowerCase() === name.toLowerCase());
      if (found !== undefined) return { path, line: found.line, exact: true, reason: `the field ${found.name} is set here` };
    }
    return undefined;
  };
}

/**
 * lintian points to a line of the source: `(patched)`. In files of fields it names the first line of a field; where the note cites a
 * word of a later line, such as one of many dependencies or patterns, that line is the place.
 */
export const pointedLine: Finder = async ({ pointer, hint, tree }) => {
  if (pointer?.index !== 'patched' || pointer.line === undefined || pointer.line < 1) return undefined;
  const { path, line } = pointer;
  const named: Anchor = { path, line, exact: true, reason: 'lintian names this line' };
  if (!filesOfFields.includes(path)) return (await unpatchedLine(tree, path, line)) ?? named;
  const field = readStanzas((await tree.lines(path)) ?? [])
    .flatMap(({ fields }) => fields)
    .find((each) => each.line === line);
  if (field === undefined || field.lines.length < 2) return named;
  const words = citations(hint.note).filter((text) => !/[\s$]/.test(text) && text !== field.name);
  for (const word of [...(wordsOfTag.get(hint.tag) ?? []), ...words]) {
    const found = field.lines.findIndex((text) => holdsWord(text, word));
    if (found !== -1) return { path, line: line + found, exact: true, reason: `the field ${field.name} holds ${word} here` };
  }
  return named;
};

/** Notes that cite the whole field say by their tag what they mean. */
const wordsOfTag: ReadonlyMap<string, readonly string[]> = new Map([
  ['package-depends-on-hardcoded-libc', ['libc6', 'libc6.1', 'libc0.1', 'libc0.3']],
]);

const filesOfFields: readonly string[] = ['debian/control', 'debian/copyright', 'debian/tests/control'];

/** lintian points to a file of the source, as a whole. */
export const pointedFile: Finder = async ({ pointer, tree }) => {
  if (pointer?.index !== 'patched') return undefined;
  const { path } = pointer;
  return (await unpatchedLine(tree, path, undefined)) ?? { path, line: undefined, exact: true, reason: 'lintian names this file' };
};

/** The subject of a finding that names a folder of the source: its first file. */
export const pointedFolder: Finder = ({ pointer, tree }: Subject): Anchor | undefined => {
  if (pointer?.index !== 'patched') return undefined;
  const folder = `${pointer.path.replace(/\/+$/, '')}/`;
  const first = tree.files.find((file) => file.startsWith(folder));
  return first === undefined ? undefined : { path: first, line: undefined, exact: false, reason: `lintian names the folder of this file` };
};
