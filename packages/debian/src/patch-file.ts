/** What a patch does to one file. */
export interface FilePatch {
  /** Relative to the source tree; what the file is called afterwards. */
  readonly path: string;
  /** The file is not there before. */
  readonly created: boolean;
  /** Line of the patch that names the file (`+++`), from 1. */
  readonly line: number;
  readonly hunks: readonly Hunk[];
}

export interface Hunk {
  /** First line of the old file that it covers, from 1; 0 in a file that is created. */
  readonly start: number;
  readonly lines: readonly HunkLine[];
}

export interface HunkLine {
  readonly kind: 'kept' | 'added' | 'removed';
  readonly text: string;
  /** In the patch, from 1. */
  readonly line: number;
}

/**
 * Reads a unified diff as quilt applies it. What is no hunk is passed over, and so are parts that break off: this is for finding lines, not
 * for applying patches. `strip`: how many leading folders of the paths do not count.
 */
export function parsePatch(lines: readonly string[], strip = 1): readonly FilePatch[] {
  const files: { readonly path: string; readonly created: boolean; readonly line: number; readonly hunks: Hunk[] }[] = [];
  for (let at = 0; at < lines.length; at++) {
    const old = /^--- (\S+)/.exec(lines[at] ?? '')?.[1];
    const target = old === undefined ? undefined : /^\+\+\+ (\S[^\t]*)/.exec(lines[at + 1] ?? '')?.[1]?.trimEnd();
    if (old !== undefined && target !== undefined) {
      const path = stripped(target === '/dev/null' ? old : target, strip);
      files.push({ path, created: old === '/dev/null', line: at + 2, hunks: [] });
      at += 1;
      continue;
    }
    const range = /^@@ -([0-9]{1,9})(?:,([0-9]{1,9}))? \+[0-9]{1,9}(?:,([0-9]{1,9}))? @@/.exec(lines[at] ?? '');
    const file = files.at(-1);
    if (range === null || file === undefined) continue;
    const body = hunkBody(lines, at + 1, Number(range[2] ?? 1), Number(range[3] ?? 1));
    if (body === undefined) continue;
    file.hunks.push({ start: Number(range[1]), lines: body });
    at += body.length;
  }
  return files;
}

function hunkBody(lines: readonly string[], from: number, old: number, fresh: number): readonly HunkLine[] | undefined {
  const body: HunkLine[] = [];
  let [oldLeft, freshLeft] = [old, fresh];
  for (let at = from; oldLeft > 0 || freshLeft > 0; at++) {
    const text = lines[at];
    if (text === undefined) return undefined;
    // Editors take the blank of an empty line away.
    const mark = text === '' ? ' ' : text.charAt(0);
    if (mark !== ' ' && mark !== '+' && mark !== '-') return undefined;
    if (mark !== '+') oldLeft -= 1;
    if (mark !== '-') freshLeft -= 1;
    body.push({ kind: mark === ' ' ? 'kept' : mark === '+' ? 'added' : 'removed', text: text.slice(1), line: at + 1 });
  }
  return oldLeft === 0 && freshLeft === 0 ? body : undefined;
}

function stripped(path: string, strip: number): string {
  return path.split('/').slice(strip).join('/');
}

/** The patches of debian/patches/series, in order, with how many folders of their paths do not count: dpkg-source(1), quilt(1). */
export function parseSeries(lines: readonly string[]): readonly { readonly name: string; readonly strip: number }[] {
  return lines.flatMap((text) => {
    const [name, option] = text
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    return name === undefined || name === '' ? [] : [{ name, strip: option === '-p0' ? 0 : 1 }];
  });
}
