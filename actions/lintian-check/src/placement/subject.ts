import type { Hint, Owner, Pointer } from '@release-kit/debian';
import type { Anchor, SourceTree } from '../source-tree.ts';
import { type Stanza, textOf } from '../stanza.ts';

/** A finding that is to be placed, and the tree it is to be placed in. */
export interface Subject {
  readonly hint: Hint;
  /** With what it is relative to, which older reports leave out. */
  readonly pointer: (Pointer & { readonly index: NonNullable<Pointer['index']> }) | undefined;
  readonly tree: SourceTree;
  /** The package the finding is about; for one of debug symbols, the package they belong to. */
  readonly owner: Owner;
}

/** Looks for the place of a finding; undefined when it is not there. */
export type Finder = (subject: Subject) => Promise<Anchor | undefined> | Anchor | undefined;

/** Characters. Every word of a note may be looked for in every line of a file. */
const longestNote = 1000;

export function subjectOf(hint: Hint, tree: SourceTree): Subject {
  const cut = hint.note.slice(0, longestNote);
  const { pointer, note } = hint.pointer === undefined ? pointerInNote(cut, hint.type) : { pointer: hint.pointer, note: cut };
  const name = hint.package.replace(/-dbgsym$/, '');
  return {
    hint: { ...hint, note },
    pointer: pointer === undefined ? undefined : { ...pointer, index: pointer.index ?? indexOf(hint, pointer.path) },
    tree,
    owner: { package: name, main: tree.packages[0] === name },
  };
}

const controlMembers: readonly string[] = [
  ...['preinst', 'postinst', 'prerm', 'postrm', 'config', 'templates', 'conffiles', 'triggers', 'symbols', 'shlibs', 'md5sums', 'control'],
];

/** Reports as text, and those before 2.115, do not say what a path is relative to. */
function indexOf({ type }: Hint, path: string): 'patched' | 'control' | 'installed' {
  if (type === 'source' || type === 'changes' || path.startsWith('debian/')) return 'patched';
  return controlMembers.includes(path) ? 'control' : 'installed';
}

/** Before 2.115, lintian wrote a path as plain text before the note, and a line behind it or as `line 5`. */
function pointerInNote(note: string, type: Hint['type']): { readonly pointer: Pointer | undefined; readonly note: string } {
  const [whole = '', path, colon] = /^(?!\/)(?!\w+:\/\/)([^\s"'()[\]:]+\/[^\s:]*)(?::([1-9][0-9]{0,8}))?(?:\s|$)/.exec(note) ?? [];
  // Where the path is all there is, it may be cited as well: usr/share/common-licenses/GPL.
  const rest = note.slice(whole.length).trimStart() || note;
  const line = colon ?? /\bline ([1-9][0-9]{0,8})\b/.exec(note)?.[1];
  if (path !== undefined) return { pointer: { path, index: undefined, line: line === undefined ? undefined : Number(line) }, note: rest };
  const [before = '', member, at] = /^(preinst|postinst|prerm|postrm|config)(?::([1-9][0-9]{0,8}))?(?:\s|$)/.exec(note) ?? [];
  if (member === undefined || type !== 'binary') return { pointer: undefined, note };
  const pointer: Pointer = { path: member, index: 'control', line: at === undefined ? undefined : Number(at) };
  return { pointer, note: note.slice(before.length).trimStart() };
}

/** The first finder that knows a place. */
export function firstOf(...finders: readonly Finder[]): Finder {
  return async (subject) => {
    for (const find of finders) {
      const anchor = await find(subject);
      if (anchor !== undefined) return anchor;
    }
    return undefined;
  };
}

/** The same place, told as a guess. */
export function roughly(find: Finder): Finder {
  return async (subject) => {
    const anchor = await find(subject);
    return anchor === undefined ? undefined : { ...anchor, exact: false };
  };
}

/** The paragraph of debian/control that a finding is about: the package's, or the source's. */
export function stanzaOf({ hint, tree, owner }: Subject): Stanza | undefined {
  if (hint.type === 'source' || hint.type === 'changes' || hint.type === 'buildinfo') return tree.control[0];
  return packageStanza(tree, owner.package);
}

export function packageStanza(tree: SourceTree, name: string): Stanza | undefined {
  return tree.control.slice(1).find((stanza) => textOf(stanza, 'Package') === name);
}

/** Index of the first line that fits, counted from 1; undefined when none does. */
export function lineWhere(lines: readonly string[] | undefined, fits: (text: string) => boolean): number | undefined {
  const index = lines?.findIndex(fits) ?? -1;
  return index === -1 ? undefined : index + 1;
}
