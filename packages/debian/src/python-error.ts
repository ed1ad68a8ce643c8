import type { BuildProblem } from './build-cause.ts';
import { plainLine } from './compiler-message.ts';

const frame = /^\s+File "([^"]+)", line ([0-9]{1,9})/;
const exception = /^((?:[A-Za-z_][\w.]*\.)?[A-Za-z_]\w*(?:Error|Exception|Interrupt|Exit|Warning|NotFound))(?:: .*)?$/;
// Longer tracebacks are of runaway recursion.
const longestTraceback = 400;

/** A Python traceback: its last line is the message, its last frame in the project's own files the place. */
export function pythonErrorAt(lines: readonly string[], index: number): BuildProblem | undefined {
  const opening = plainLine(lines[index] ?? '');
  if (opening !== 'Traceback (most recent call last):' && !isLoneSyntaxError(opening, lines, index)) return undefined;
  let place: { readonly file: string; readonly line: number } | undefined;
  for (let at = index; at < Math.min(lines.length, index + longestTraceback); at++) {
    const line = plainLine(lines[at] ?? '');
    const match = frame.exec(line);
    if (match !== null) place = nearer(place, { file: match[1] ?? '', line: Number(match[2]) });
    else if (exception.test(line)) return problemOf(line, place);
    else if (at > index && line !== '' && !/^\s/.test(line)) return undefined;
  }
  return undefined;
}

/** The compiler of Python prints a frame without a heading. */
function isLoneSyntaxError(opening: string, lines: readonly string[], index: number): boolean {
  return (
    frame.test(opening) && lines.slice(index + 1, index + 5).some((line) => /^(?:Syntax|Indentation|Tab)Error: /.test(plainLine(line)))
  );
}

function nearer(
  known: { readonly file: string; readonly line: number } | undefined,
  found: { readonly file: string; readonly line: number },
) {
  const isSystem = /^(?:\/usr\/|<)/.test(found.file);
  return isSystem && known !== undefined ? known : found;
}

function problemOf(line: string, place: { readonly file: string; readonly line: number } | undefined): BuildProblem {
  const category = /^(?:Syntax|Indentation|Tab)Error\b/.test(line)
    ? 'compile'
    : /Temporary failure in name resolution|Name or service not known|Network is unreachable|Failed to establish a new connection/.test(
          line,
        )
      ? 'network'
      : 'other';
  return { category, message: line.slice(0, 1000), ...place };
}
