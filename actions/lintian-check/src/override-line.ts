import type { Finding } from './finding.ts';

/** What a maintainer writes when a finding is meant to be so. */
export interface OverrideLine {
  /** Relative to the source tree. */
  readonly file: string;
  readonly line: string;
}

/** Longer contexts end in a wildcard. */
const longestContext = 200;

/**
 * The line that overrides one finding, and its file; undefined where nothing can be overridden: packages that debhelper makes by itself, .changes,
 * .buildinfo, other tools. lintian compares the line with what it prints after the tag, the pointer in brackets included (its manual, 2.4.1).
 * The number in the pointer becomes a wildcard, so that the line is still right when the file is edited.
 */
export function overrideLine({ tool, hint }: Finding): OverrideLine | undefined {
  const { package: name, type, tag, note, pointer } = hint;
  if (tool !== 'lintian' || type === 'changes' || type === 'buildinfo' || name.endsWith('-dbgsym')) return undefined;
  // What is not called so cannot be a file of debian/ (Debian Policy 5.6.7).
  if (!/^[a-z0-9][a-z0-9+.-]+$/.test(name) || !/^[\w+./-]+$/.test(tag)) return undefined;
  const where = pointer === undefined ? [] : [`[${patternOf(pointer.path)}${pointer.line === undefined ? '' : ':*'}]`];
  const context = [...(note.trim() === '' ? [] : [patternOf(note.trim())]), ...where].join(' ');
  const file = type === 'source' ? 'debian/source/lintian-overrides' : `debian/${name}.lintian-overrides`;
  return { file, line: context === '' ? tag : `${tag} ${shortened(context)}` };
}

/**
 * Text that stands for itself, with a wildcard for what cannot: lintian joins blanks when it reads the line, compares the bytes of names with the
 * characters of the line, knows how to escape a wildcard only since 2.115, and nobody can type what is invisible.
 */
function patternOf(text: string): string {
  return text.replace(/(?:[^ -~]|[\\*?]| {2,})+/g, '*');
}

function shortened(context: string): string {
  return context.length <= longestContext ? context : `${context.slice(0, longestContext).replace(/\*+$/, '')}*`;
}
