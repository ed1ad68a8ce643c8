import { surroundingsAt } from './build-cause.ts';
import { type BuildProblem, problemOf } from './build-rule.ts';
import { plainLine } from './compiler-message.ts';

const frame = /^\s+File "([^"]+)", line ([0-9]{1,9})/;
const exception = /^((?:[A-Za-z_][\w.]*\.)?[A-Za-z_]\w*(?:[Ee]rror|Exception|Interrupt|Exit|Warning|NotFound))(?:: .*)?$/;
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
    if (match !== null) place = isOwnFile(match[1] ?? '') ? { file: match[1] ?? '', line: Number(match[2]) } : place;
    else if (exception.test(line)) return problemOf(failureOf(line), line, place);
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

/** Frames of Python itself and of installed modules are nobody's source line. */
function isOwnFile(file: string): boolean {
  return !/^(?:\/usr\/|<)|\/(?:lib\/python\d|site-packages\/)/.test(file);
}

function failureOf(line: string): BuildProblem['failure'] {
  if (/^(?:Syntax|Indentation|Tab)Error\b/.test(line)) return 'python-syntax';
  if (/^(?:ModuleNotFoundError|ImportError)\b/.test(line)) return 'python-module';
  return surroundingsAt([line], 0)?.failure ?? 'python-exception';
}
