import type { Finder } from './subject.ts';

/** A patch's header: the field, or the first line of the header that lacks it. */
export function patchField(...names: readonly string[]): Finder {
  return async ({ pointer, hint, tree }) => {
    const path = pointer?.index === 'patched' ? pointer.path : patchInNote(hint.note);
    const lines = path === undefined ? undefined : await tree.lines(path);
    if (path === undefined || lines === undefined) return undefined;
    const end = lines.findIndex((text) => /^(?:---|\+\+\+|diff |Index: |@@ )/.test(text));
    const header = lines.slice(0, end === -1 ? lines.length : end);
    for (const name of names) {
      const at = header.findIndex((text) => text.toLowerCase().startsWith(`${name.toLowerCase()}:`));
      if (at !== -1) return { path, line: at + 1, exact: true, reason: `the field ${name} of the patch is set here` };
    }
    return { path, line: 1, exact: true, reason: `the header of the patch lacks the field ${names[0] ?? ''}` };
  };
}

function patchInNote(note: string): string | undefined {
  const name = /^([^\s"'()[\]]+)/.exec(note)?.[1];
  if (name === undefined) return undefined;
  return name.startsWith('debian/') ? name : `debian/patches/${name}`;
}

/** The line of debian/patches/series that names the patch of the note. */
export const seriesEntry: Finder = async ({ hint, pointer, tree }) => {
  const lines = (await tree.lines('debian/patches/series')) ?? [];
  const names = [pointer?.path.replace(/^debian\/patches\//, ''), ...hint.note.split(/[\s"',()]+/)];
  const at = lines.findIndex((text) => names.includes(text.trim().split(/\s+/)[0]) && text.trim() !== '');
  return at === -1
    ? undefined
    : { path: 'debian/patches/series', line: at + 1, exact: true, reason: 'the series of patches names it here' };
};
