import type { BuildProblem } from './build-rule.ts';
import { causeOf, shortMessage } from './build-rule.ts';
import { plainLine } from './compiler-message.ts';

const makefile = /^([^\s:*]+):([0-9]{1,9}): \*\*\* (.*?)(?:\s+Stop\.)?$/;
const meson = /^(\S*meson\.build):([0-9]{1,9}):([0-9]{1,9}): ERROR: (.*)$/;
const cmake = /^CMake Error at ([^:]+):([0-9]{1,9}) \((?:\w+)\):$/;
// `builddeps:./ : Depends: libfoo-dev but it is not installable`, below apt's heading.
const unmet = /^\s*\S.* (?:: )?(?:Pre-)?(?:Depends|Conflicts|Breaks): .*/;

/** The cause that this line states, or begins to state. */
export function causeAt(lines: readonly string[], index: number): BuildProblem | undefined {
  const line = plainLine(lines[index] ?? '');
  if (/^The following packages have unmet dependencies:/.test(line)) return unmetDependencies(lines, index);
  const placed = makefile.exec(line);
  if (placed !== null) return { category: 'other', message: shortMessage(placed[3] ?? ''), file: placed[1] ?? '', line: Number(placed[2]) };
  const option = meson.exec(line);
  if (option !== null) {
    const [, file = '', at, column, message = ''] = option;
    // meson counts columns from 0, and means the whole line by it.
    return {
      category: 'other',
      message: shortMessage(message),
      file,
      line: Number(at),
      ...(column === '0' ? {} : { column: Number(column) }),
    };
  }
  return cmakeErrorAt(line, lines, index) ?? causeOf(line);
}

function unmetDependencies(lines: readonly string[], index: number): BuildProblem {
  const below: string[] = [];
  for (const next of lines.slice(index + 1, index + 21).map(plainLine)) {
    if (!unmet.test(next) && !(below.length > 0 && /^\s/.test(next))) break;
    below.push(next.trim().replace(/\s+/g, ' '));
  }
  return {
    category: 'depends',
    message: shortMessage(below.length === 0 ? 'packages have unmet dependencies' : `unmet dependencies: ${below.join('; ')}`),
  };
}

function cmakeErrorAt(line: string, lines: readonly string[], index: number): BuildProblem | undefined {
  const match = cmake.exec(line);
  if (match === null) return undefined;
  const text: string[] = [];
  for (const next of lines.slice(index + 1, index + 11).map(plainLine)) {
    if (next.trim() === '' && text.length > 0) break;
    if (next.trim() !== '' && !next.startsWith(' ')) break;
    if (next.trim() !== '') text.push(next.trim());
  }
  return { category: 'other', message: shortMessage(text.join(' ') || 'CMake stopped'), file: match[1] ?? '', line: Number(match[2]) };
}
