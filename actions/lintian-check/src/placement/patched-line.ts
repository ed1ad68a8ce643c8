import { type FilePatch, type Hunk, parsePatch, parseSeries } from '@release-kit/debian';
import type { Anchor, SourceTree } from '../source-tree.ts';
import { perTree } from './per-tree.ts';

/** A line of a patched file, and where it stands. */
interface PatchedLine {
  readonly text: string;
  readonly path: string;
  readonly line: number;
}

interface NamedPatch {
  /** debian/patches/NAME */
  readonly file: string;
  readonly changes: readonly FilePatch[];
}

/**
 * lintian counts the lines of the source with all patches applied (`3.0 (quilt)`); a checkout mostly has them beside it. So the line of
 * a patched file is one of the file, or one that a patch adds. undefined where no patch touches the file, or one does not fit.
 */
export async function unpatchedLine(tree: SourceTree, path: string, line: number | undefined): Promise<Anchor | undefined> {
  if (path.startsWith('debian/')) return undefined;
  const touching = (await patchesOf(tree, '')).filter(({ changes }) => changes.some((change) => change.path === path));
  const [first] = touching;
  if (first === undefined) return undefined;
  const source = await tree.lines(path);
  if (line === undefined) {
    const created = source === undefined ? first.changes.find((change) => change.path === path && change.created) : undefined;
    return created === undefined ? undefined : { path: first.file, line: created.line, exact: true, reason: 'this patch adds the file' };
  }
  const lines = await patchedFile(tree, path);
  if (lines.all === undefined)
    return { path, line, exact: false, reason: `${lines.unfit} changes this file, so lintian may count other lines` };
  const found = lines.all[line - 1];
  if (found === undefined) return undefined;
  const reason = found.path === path ? 'lintian names this line, patches counted' : 'this patch adds the line that lintian names';
  return { path: found.path, line: found.line, exact: true, reason };
}

/** The place of a line that lintian counts in what it unpacked, patches applied. */
export async function countedPlace(tree: SourceTree, path: string, line: number, reason: string): Promise<Anchor> {
  return (await unpatchedLine(tree, path, line)) ?? { path, line, exact: true, reason };
}

/** A file after all patches; or the name of the patch that does not fit. */
type PatchedFile =
  | { readonly all: readonly PatchedLine[]; readonly unfit?: undefined }
  | { readonly all?: undefined; readonly unfit: string };

/** Of the formats, only this one applies patches when the source is unpacked: dpkg-source(1). */
const quilt = '3.0 (quilt)';

const patchesOf = perTree(async (tree): Promise<readonly NamedPatch[]> => {
  if ((await tree.lines('debian/source/format'))?.[0]?.trim() !== quilt) return [];
  const patches: NamedPatch[] = [];
  for (const { name, strip } of parseSeries((await tree.lines('debian/patches/series')) ?? [])) {
    const file = `debian/patches/${name}`;
    patches.push({ file, changes: parsePatch((await tree.lines(file)) ?? [], strip) });
  }
  return patches;
});

const patchedFile = perTree(async (tree, path): Promise<PatchedFile> => {
  let all: readonly PatchedLine[] = ((await tree.lines(path)) ?? []).map((text, index) => ({ text, path, line: index + 1 }));
  for (const { file, changes } of await patchesOf(tree, '')) {
    for (const change of changes.filter((each) => each.path === path)) {
      const changed = change.created && all.length > 0 ? all : applied(all, change, file);
      if (changed === undefined) return { unfit: file };
      all = changed;
    }
  }
  return { all };
});

/** The lines after a patch; as they are when it was applied before; undefined when it does not fit. */
function applied(lines: readonly PatchedLine[], { hunks }: FilePatch, file: string): readonly PatchedLine[] | undefined {
  const result: PatchedLine[] = [];
  let next = 0;
  for (const hunk of hunks) {
    const at = positionOf(lines, hunk, 'removed', next);
    if (at === undefined) return isThere(lines, hunks) ? lines : undefined;
    result.push(...lines.slice(next, at));
    next = at;
    for (const { kind, text, line } of hunk.lines) {
      if (kind === 'added') result.push({ text, path: file, line });
      else {
        const kept = lines[next];
        if (kind === 'kept' && kept !== undefined) result.push(kept);
        next += 1;
      }
    }
  }
  return [...result, ...lines.slice(next)];
}

function isThere(lines: readonly PatchedLine[], hunks: readonly Hunk[]): boolean {
  return hunks.every((hunk) => positionOf(lines, hunk, 'added', 0) !== undefined);
}

/** As far as patch(1) looks for a hunk whose lines have moved. */
const farthest = 1000;

/** Index of the first line of a hunk, nearest to where it says. `with`: whether it is to be applied, or was. */
function positionOf(lines: readonly PatchedLine[], hunk: Hunk, kindBeside: 'removed' | 'added', from: number): number | undefined {
  const wanted = hunk.lines.filter(({ kind }) => kind === 'kept' || kind === kindBeside).map(({ text }) => text);
  const fits = (at: number): boolean =>
    at >= from && at + wanted.length <= lines.length && wanted.every((text, index) => lines[at + index]?.text === text);
  const said = Math.max(0, hunk.start - (wanted.length === 0 && hunk.start > 0 ? 0 : 1));
  for (let distance = 0; distance <= farthest; distance++) {
    if (fits(said + distance)) return said + distance;
    if (distance > 0 && fits(said - distance)) return said - distance;
  }
  return undefined;
}
