import { escaped, mark } from './html.ts';
import type { SeenAnnotation } from './seen-run.ts';

/** One line of a change. */
export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'same' | 'gap';
  /** In the file as it is after the change; undefined of what was removed. */
  readonly line: number | undefined;
  readonly text: string;
}

export interface ChangedFile {
  readonly path: string;
  readonly lines: readonly DiffLine[];
}

/** Reads what `git -c core.quotePath=false diff --no-prefix` prints. Names that git has to quote stay as it writes them. */
export function readDiff(diff: string): readonly ChangedFile[] {
  return diff
    .split(/^diff --git .*$/m)
    .slice(1)
    .map((part) => {
      const [head = '', ...hunks] = part.split(/^(?=@@ )/m);
      const path = /^\+\+\+ (.*?)\t?$/m.exec(head)?.[1] ?? '';
      return { path: path === '/dev/null' ? (/^--- (.*?)\t?$/m.exec(head)?.[1] ?? '') : path, lines: hunks.flatMap(readHunk) };
    });
}

function readHunk(hunk: string): readonly DiffLine[] {
  const [head = '', ...lines] = hunk.replace(/\n$/, '').split('\n');
  let next = Number(/\+(\d+)/.exec(head)?.[1] ?? 1);
  const read = lines.flatMap((line): readonly DiffLine[] => {
    const text = line.slice(1);
    if (line.startsWith('-')) return [{ kind: 'removed', line: undefined, text }];
    if (line.startsWith('\\')) return [];
    next += 1;
    return [{ kind: line.startsWith('+') ? 'added' : 'same', line: next - 1, text }];
  });
  return [{ kind: 'gap', line: undefined, text: head }, ...read];
}

/** The tab "Files changed" of a pull request: each annotation below its line, those elsewhere at the end, as GitHub shows them. */
export function filesPage(title: string, files: readonly ChangedFile[], annotations: readonly SeenAnnotation[]): string {
  const shown = (path: string, line: number | undefined) =>
    line === undefined ? [] : annotations.filter((each) => each.file === path && each.line === line);
  const inChange = new Set(files.flatMap(({ path, lines }) => lines.flatMap(({ line }) => shown(path, line))));
  const elsewhere = annotations.filter((each) => each.file !== undefined && !inChange.has(each));
  const boxes = files.map(
    ({ path, lines }) =>
      `<section class="box"><header class="mono">${escaped(path)}</header><table class="diff">${lines
        .map((each) => `${lineRow(each)}${shown(path, each.line).map(noteRow).join('')}`)
        .join('')}</table></section>`,
  );
  const rest = `<section class="box"><header>Unchanged files with check annotations</header>${elsewhere.map(note).join('')}</section>`;
  return `<style>
.diff { border-collapse: collapse; width: 100%; table-layout: fixed; } .diff td { padding: 0 8px; vertical-align: top; }
.diff .number { width: 50px; text-align: right; color: #59636e; } .diff pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/20px "Liberation Mono", monospace; }
.added { background: #dafbe1; } .removed { background: #ffebe9; } .gap { background: #ddf4ff; color: #59636e; }
.note { border: 1px solid #d1d9e0; border-radius: 6px; margin: 6px 8px; background: #fff; }
</style><main><h1>${escaped(title)}</h1>${boxes.join('')}${elsewhere.length === 0 ? '' : rest}</main>`;
}

function lineRow({ kind, line, text }: DiffLine): string {
  const sign = { added: '+', removed: '-', same: ' ', gap: '' }[kind];
  return `<tr class="${kind}"><td class="number mono">${line ?? ''}</td><td><pre>${sign}${escaped(text)}</pre></td></tr>`;
}

const noteRow = (annotation: SeenAnnotation): string => `<tr><td colspan="2"><div class="note">${note(annotation)}</div></td></tr>`;

function note({ level, title, message, file, line }: SeenAnnotation): string {
  const place = file === undefined ? '' : ` <span class="grey mono">${escaped(file)}${line === undefined ? '' : `:${line}`}</span>`;
  return `<div class="row">${mark(level)}<div><div><b>${escaped(title)}</b>${place}</div><div class="message">${escaped(message)}</div></div></div>`;
}
