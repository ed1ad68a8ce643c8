/** Where a line of an installed maintainer script comes from. */
export interface SourceLine {
  /** Of the file in debian/, from 1. */
  readonly line: number;
  /** What put the line there, such as `dh_installsystemd/13.11.4`; then `line` is that of the marker. */
  readonly generatedBy?: string;
}

const debhelperMarker = '#DEBHELPER#';

/**
 * The line of `debian/PACKAGE.postinst` that became line `line` of the installed script: dh_installdeb(1) puts its own parts where `#DEBHELPER#` stands and leaves
 * the other lines as they are, but for variables in them. undefined when the two do not belong together.
 */
export function sourceLineOf(installed: string, line: number, source: string): SourceLine | undefined {
  const there = installed.trimEnd().split('\n');
  const here = source.trimEnd().split('\n');
  const marker = here.findIndex((text) => text.trim() === debhelperMarker);
  const generatedBy = generatorOf(there, line);
  if (generatedBy !== undefined) return marker < 0 ? undefined : { line: marker + 1, generatedBy };
  const moved = marker < 0 || line <= marker ? line : line - (there.length - here.length);
  const wanted = there[line - 1]?.trim();
  if (wanted === undefined) return undefined;
  if (isSame(here[moved - 1], wanted)) return { line: moved };
  const [only, ...others] = here.flatMap((text, index) => (isSame(text, wanted) ? [index + 1] : []));
  return only === undefined || others.length > 0 ? undefined : { line: only };
}

/** `#PACKAGE#` and the like are the only words that debhelper changes. */
function isSame(source: string | undefined, installed: string): boolean {
  if (source === undefined || source.trim() === debhelperMarker) return false;
  const parts = source.trim().split(/#[A-Z][A-Z0-9_.]*#/);
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return first === installed;
  const last = rest.at(-1) ?? '';
  if (installed.length < first.length + last.length) return false;
  return installed.startsWith(first) && installed.endsWith(last) && rest.every((part) => installed.includes(part));
}

/** debhelper(7) writes `# Automatically added by TOOL` and `# End automatically added section` around each part. */
function generatorOf(lines: readonly string[], line: number): string | undefined {
  for (let index = line - 1; index >= 0; index -= 1) {
    const text = lines[index] ?? '';
    if (index < line - 1 && text.startsWith('# End automatically added section')) return undefined;
    const tool = /^# Automatically added by (\S+)/.exec(text)?.[1];
    if (tool !== undefined) return tool;
  }
  return undefined;
}
