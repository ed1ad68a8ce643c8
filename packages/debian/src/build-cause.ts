import { plainLine } from './compiler-message.ts';
import { pythonErrorAt } from './python-error.ts';

export type BuildCategory = 'compile' | 'depends' | 'test' | 'network' | 'disk' | 'other';

export interface BuildProblem {
  readonly category: BuildCategory;
  /** One line, raw. */
  readonly message: string;
  /** As in the log: relative to the folder the tool ran in, or absolute. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

interface Rule {
  readonly category: BuildCategory;
  readonly pattern: RegExp;
}

/** Lines that state a cause in themselves. The whole line is the message, or the first group where there is one. */
const rules: readonly Rule[] = [
  { category: 'depends', pattern: /^dpkg-checkbuilddeps: error: ([Uu]nmet build dependencies.*|[Uu]nmet build conflicts.*)$/ },
  {
    category: 'depends',
    pattern:
      /^E: (Unable to locate package .*|Package '.*' has no installation candidate|Build-Depends dependency for .* cannot be satisfied.*|Unmet dependencies.*|Unable to satisfy .*|Build-dependencies for .* could not be satisfied.*)$/,
  },
  {
    category: 'network',
    pattern:
      /Could not resolve (?:host|proxy)|Couldn't resolve host|Temporary failure in name resolution|Temporary failure resolving|[Nn]ame or service not known|[Nn]etwork is unreachable|unable to resolve host address|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|\bdial tcp\b|failed to lookup address information|No route to host|Failed to establish a new connection/,
  },
  {
    category: 'compile',
    pattern:
      /undefined reference to |multiple definition of |\bld(?:\.[a-z]+)?: cannot find |^cc1(?:plus)?: (?:fatal )?error: |^error(?:\[E\d+\])?: (?!could not compile|aborting due to|failed to run custom build command)\S/,
  },
  { category: 'other', pattern: /^(?:make(?:\[\d+\])?: )?\*\*\* (No rule to make target .*?)\s+Stop\.$/ },
  { category: 'other', pattern: /^make(?:\[\d+\])?: \*\*\* (No rule to make target .*?)\s+Stop\.$/ },
  { category: 'other', pattern: /Exec format error|: (?:command )?not found$|^make(?:\[\d+\])?: \S+: No such file or directory$/ },
  { category: 'other', pattern: /^configure: error: (?!in `)(.*)$/ },
  {
    category: 'other',
    pattern:
      /^(dh_(?:install|missing|installman|installdocs|installexamples|link): (?:warning: (?:Cannot find \(any matches for\)|\S+ missing files:|\S+ exists in debian\/tmp)|error: (?!missing files, aborting)).*)$/,
  },
  { category: 'other', pattern: /^(dpkg-(?:shlibdeps|source|gencontrol|deb|gensymbols|genchanges): error: .*)$/ },
];

const makefile = /^([^\s:*]+):([0-9]{1,9}): \*\*\* (.*?)(?:\s+Stop\.)?$/;
const meson = /^(\S*meson\.build):([0-9]{1,9}):([0-9]{1,9}): ERROR: (.*)$/;
const cmake = /^CMake Error at ([^:]+):([0-9]{1,9}) \((?:\w+)\):$/;
// `builddeps:./ : Depends: libfoo-dev but it is not installable`, below apt's heading.
const unmet = /^\s*\S.* (?:: )?(?:Pre-)?(?:Depends|Conflicts|Breaks): .*/;
const longestMessage = 1000;

/** The cause that this line states, or begins to state. */
export function causeAt(lines: readonly string[], index: number): BuildProblem | undefined {
  const line = plainLine(lines[index] ?? '');
  if (/^The following packages have unmet dependencies:/.test(line)) return unmetDependencies(lines, index);
  const placed = makefile.exec(line);
  if (placed !== null) return { category: 'other', message: shortMessage(placed[3] ?? ''), file: placed[1] ?? '', line: Number(placed[2]) };
  const option = meson.exec(line);
  if (option !== null)
    return {
      category: 'other',
      message: shortMessage(option[4] ?? ''),
      file: option[1] ?? '',
      line: Number(option[2]),
      column: Number(option[3]),
    };
  return cmakeErrorAt(line, lines, index) ?? pythonErrorAt(lines, index) ?? ruled(line);
}

/** Trimmed, and cut at 1000 characters. */
export function shortMessage(text: string): string {
  return text.trim().slice(0, longestMessage);
}

function ruled(line: string): BuildProblem | undefined {
  for (const { category, pattern } of rules) {
    const match = pattern.exec(line);
    if (match !== null) return { category, message: shortMessage(match[1] ?? line) };
  }
  return undefined;
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
