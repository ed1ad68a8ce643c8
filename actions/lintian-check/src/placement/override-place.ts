import { originOf } from './origin.ts';
import type { Finder, Subject } from './subject.ts';

/** Names that files of overrides have in debian/, where debhelper does not install them by their name. */
const namedAsOverrides = /^debian\/(?:.*\/)?[^/]*(?:lintian|override)/i;

/**
 * The line of a file of overrides; of an installed one, in the file of debian/ that it is, for rules without debhelper install any file.
 * Of several lines that are the same, the last is one too many: `(lines 5 7)`.
 */
export const overrideLinePlace: Finder = async (subject) => {
  const { hint, pointer } = subject;
  const last = /\(lines(?: [0-9]{1,9})* ([1-9][0-9]{0,8})\)$/.exec(hint.note)?.[1];
  const line = hint.tag === 'duplicate-override-context' && last !== undefined ? Number(last) : pointer?.line;
  if (pointer === undefined || pointer.index === 'control' || line === undefined) return undefined;
  const path = pointer.index === 'patched' ? pointer.path : await overridesInstalled(subject, line);
  return path === undefined ? undefined : { path, line, exact: true, reason: 'this line of the file of overrides is meant' };
};

/** The only file of overrides that has the tag at that line, or is called as the package. */
async function overridesInstalled({ hint, pointer, tree, owner }: Subject, line: number): Promise<string | undefined> {
  const { content, conventional } = await originOf({ tree, owner }, pointer?.path ?? '');
  if (conventional) return content;
  const files = tree.files.filter((file) => namedAsOverrides.test(file));
  const [tag = ''] = hint.note.split(/\s/);
  const holding: string[] = [];
  for (const file of files) {
    if (((await tree.lines(file))?.[line - 1] ?? '').split(/[\s:]+/).includes(tag)) holding.push(file);
  }
  for (const found of [holding, files.filter((file) => file.endsWith(`/${owner.package}`))]) if (found.length === 1) return found[0];
  return undefined;
}
