import { type BuildProblem, type Matcher, matcherOf, problemOf } from './build-rule.ts';
import { plainLine } from './compiler-message.ts';
import { packagingFailures } from './known-failure-packaging.ts';
import { setupFailures, surroundingFailures } from './known-failure-setup.ts';
import { toolFailures } from './known-failure-tool.ts';

const meson = /^(\S*meson\.build):([0-9]{1,9}):([0-9]{1,9}): ERROR: (.*)$/;
const cmake = /^CMake Error at ([^:]+):([0-9]{1,9}) \((\w+)\):$/;
const cmakeCaller = /^ {2}([^\s:][^:]*):([0-9]{1,9}) \((\w+)\)$/;
// `builddeps:./ : Depends: libfoo-dev but it is not installable`, below apt's heading.
const unmet = /^\s*\S.* (?:: )?(?:Pre-)?(?:Depends|Conflicts|Breaks): .*/;

/** What the surroundings did, stated on this line. */
export const surroundingsAt: Matcher = matcherOf(surroundingFailures);

// What is said of packaging names its tool, so it cannot be taken for anything else.
const statedAt: Matcher = matcherOf({ ...packagingFailures, ...setupFailures, ...toolFailures });

/** The cause that this line states, or begins to state. */
export const causeAt: Matcher = (lines, index) => {
  const line = plainLine(lines[index] ?? '');
  if (/^The following packages have unmet dependencies:/.test(line)) return unmetDependencies(lines, index);
  if (/^dpkg-source: info: local changes detected, the modified files are:/.test(line)) return upstreamChanges(lines, index);
  return mesonErrorAt(line) ?? cmakeErrorAt(line, lines, index) ?? statedAt(lines, index);
};

function unmetDependencies(lines: readonly string[], index: number): BuildProblem {
  const below: string[] = [];
  for (const next of lines.slice(index + 1, index + 21).map(plainLine)) {
    if (!unmet.test(next) && !(below.length > 0 && /^\s/.test(next))) break;
    below.push(next.trim().replace(/\s+/g, ' '));
  }
  return problemOf(
    'unmet-dependencies',
    below.length === 0 ? 'packages have unmet dependencies' : `unmet dependencies: ${below.join('; ')}`,
  );
}

/** dpkg-source lists the files below the name of the unpacked source. */
function upstreamChanges(lines: readonly string[], index: number): BuildProblem {
  const files: string[] = [];
  for (const next of lines.slice(index + 1, index + 21).map(plainLine)) {
    const file = /^ [^\s/]+\/(\S.*)$/.exec(next)?.[1];
    if (file === undefined) break;
    files.push(file);
  }
  return problemOf('upstream-changes', `changes to the upstream source that are in no patch: ${files.join(', ')}`, { file: files[0] });
}

function mesonErrorAt(line: string): BuildProblem | undefined {
  const match = meson.exec(line);
  if (match === null) return undefined;
  const [, file = '', at, column, message = ''] = match;
  const failure = /^Dependency /.test(message) ? 'meson-dependency' : 'meson';
  // meson counts columns from 0, and means the whole line by it.
  return problemOf(failure, message, { file, line: Number(at), ...(column === '0' ? {} : { column: Number(column) }) });
}

function cmakeErrorAt(line: string, lines: readonly string[], index: number): BuildProblem | undefined {
  const match = cmake.exec(line);
  if (match === null) return undefined;
  const text: string[] = [];
  let at = index + 1;
  for (; at < Math.min(lines.length, index + 11); at++) {
    const next = plainLine(lines[at] ?? '');
    if (next.trim() === '' && text.length > 0) break;
    if (next.trim() !== '' && !next.startsWith(' ')) break;
    if (next.trim() !== '') text.push(next.trim());
  }
  const [, file = '', number, command = ''] = match;
  const place = ownCaller({ file, line: Number(number), command }, lines, at);
  const failure = /^find_(?:package|library|path|program)$/i.test(place.command) ? 'cmake-package' : 'cmake';
  return problemOf(failure, text.join(' ') || 'CMake stopped', place);
}

interface CmakePlace {
  readonly file: string;
  readonly line: number;
  readonly command: string;
}

/** CMake's own modules are nobody's source line: the call stack below names who called them. */
function ownCaller(stated: CmakePlace, lines: readonly string[], from: number): CmakePlace {
  if (!stated.file.startsWith('/usr/share/')) return stated;
  for (const next of lines.slice(from, from + 20).map(plainLine)) {
    const [, file = '', line, command = ''] = cmakeCaller.exec(next) ?? [];
    if (file !== '' && !file.startsWith('/usr/share/')) return { file, line: Number(line), command };
    if (next.trim() !== '' && !next.startsWith(' ') && !next.startsWith('Call Stack')) break;
  }
  return stated;
}
