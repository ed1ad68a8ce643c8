import { packagingFiles } from '@release-kit/debian';
import type { Anchor } from '../source-tree.ts';
import { citations, onlyLineHolding } from './citation.ts';
import { perTree } from './per-tree.ts';
import { type Finder, lineWhere, type Subject } from './subject.ts';

const token = '#DEBHELPER#';

/**
 * A member of the control archive comes from debian/PACKAGE.NAME. debhelper puts its own commands at the place of #DEBHELPER#
 * (dh_installdeb(1)): lines before it keep their number, lines behind it are found by what the finding cites.
 */
export const controlMember: Finder = async (subject) => {
  const { pointer } = subject;
  if (pointer?.index !== 'control') return undefined;
  return (await memberSource(subject, pointer.path, pointer.line)) ?? generatedMember(subject, pointer.path);
};

/** The same for a member that the tag names, not the pointer. */
export function memberNamed(...names: readonly string[]): Finder {
  return async (subject) => {
    if (subject.pointer?.index === 'patched') return undefined;
    for (const name of names) {
      const anchor = await memberSource(subject, name, undefined);
      if (anchor !== undefined) return anchor;
    }
    return undefined;
  };
}

async function memberSource({ hint, tree, owner }: Subject, name: string, line: number | undefined): Promise<Anchor | undefined> {
  for (const file of packagingFiles(name, owner).flatMap((path) => [path, `${path}.in`, ...architectureVariants(tree, path)])) {
    const lines = await tree.lines(file);
    if (lines === undefined) continue;
    const marker = lineWhere(lines, (text) => text.includes(token));
    const cited = onlyLineHolding(lines, [...citations(hint.note), ...commandInTag(hint.tag)]);
    if (line === undefined) {
      if (cited !== undefined) return { path: file, line: cited, exact: true, reason: 'this line holds what the finding cites' };
      return { path: file, line: 1, exact: true, reason: `${file} becomes the ${name} of the package` };
    }
    if (line <= lines.length && (marker === undefined || line < marker))
      return { path: file, line, exact: true, reason: `${file} becomes the ${name} of the package` };
    const behind = marker === undefined ? cited : onlyLineHolding(lines, citations(hint.note), marker);
    if (behind !== undefined) return { path: file, line: behind, exact: true, reason: 'this line holds what the finding cites' };
    if (marker !== undefined)
      return {
        path: file,
        line: marker,
        exact: false,
        reason: `debhelper puts lines in here, and lintian counts line ${line} of the result`,
      };
    return { path: file, line: undefined, exact: false, reason: `${file} becomes the ${name} of the package` };
  }
  return undefined;
}

/** `maintscript-calls-ldconfig` says only by its name what it is about. */
function commandInTag(tag: string): readonly string[] {
  const [, command] = /^maintscript-calls-([a-z.-]+)$/.exec(tag) ?? [];
  return command === undefined ? [] : [command];
}

/** debian/hello.symbols.amd64 */
const architectureVariants = perTree((tree, path): readonly string[] =>
  tree.files.filter((file) => file.startsWith(`${path}.`) && /^[a-z0-9-]+$/.test(file.slice(path.length + 1)) && !file.endsWith('.in')),
);

/** What debhelper makes scripts from: dh_installdeb(1), dh_installalternatives(1), dh_installdebconf(1). */
const makers: ReadonlyMap<string, readonly string[]> = new Map([
  ['preinst', ['maintscript']],
  ['postinst', ['maintscript', 'alternatives', 'config', 'templates']],
  ['prerm', ['maintscript', 'alternatives']],
  ['postrm', ['maintscript', 'templates']],
]);

/** What nobody wrote debhelper made from other files of debian/. */
async function generatedMember({ tree, owner }: Subject, name: string): Promise<Anchor | undefined> {
  for (const kind of makers.get(name) ?? []) {
    for (const file of packagingFiles(kind, owner)) {
      if ((await tree.lines(file)) !== undefined)
        return { path: file, line: 1, exact: false, reason: `debhelper makes the ${name} of the package, from this file among others` };
    }
  }
  return undefined;
}
