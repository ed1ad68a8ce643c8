import { citations } from './citation.ts';
import { textFileOf } from './installed-place.ts';
import type { Finder } from './subject.ts';

/**
 * A unit of systemd or a desktop file: the key that the note names or whose value it cites, one of `keys` first; else the first of `sections`
 * that the file has, which lacks the key. A line that lintian names comes before.
 */
export function keyed(sections: readonly string[], keys: readonly string[] = []): Finder {
  return async (subject) => {
    const { pointer, hint, tree } = subject;
    const file = pointer?.line === undefined ? await textFileOf(subject) : undefined;
    const lines = file === undefined ? undefined : await tree.lines(file.path);
    if (file === undefined || lines === undefined) return undefined;
    const { path } = file;
    const named = hint.note.match(/[A-Za-z][\w-]*/g) ?? [];
    const cited = citations(hint.note);
    const line = keyLine(lines, keys, cited) ?? keyLine(lines, keys, []) ?? keyLine(lines, named, []) ?? keyLine(lines, [], cited);
    if (line !== undefined) return { path, line, exact: true, reason: 'the key is set here' };
    for (const name of sections) {
      const at = lines.findIndex((text) => text.trim() === name);
      if (at !== -1) return { path, line: at + 1, exact: true, reason: `the section ${name} lacks it` };
    }
    return undefined;
  };
}

/** Line of `key=value`: with one of the keys, where some are given; with one of the values, where some are given. */
function keyLine(lines: readonly string[], keys: readonly string[], values: readonly string[]): number | undefined {
  if (keys.length === 0 && values.length === 0) return undefined;
  const index = lines.findIndex((text) => {
    const [, key, value = ''] = /^([A-Za-z][\w-]*)(?:\[[^\]]*\])?\s*=(.*)$/.exec(text) ?? [];
    if (key === undefined || (keys.length > 0 && !keys.includes(key))) return false;
    return values.length === 0 || value.split(/[\s;,]+/).some((part) => values.includes(part)) || values.includes(value.trim());
  });
  return index === -1 ? undefined : index + 1;
}
