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
  /** The whole line is the message, or the first group where there is one. */
  readonly pattern: RegExp;
}

const networkWords = [
  'Could not resolve (?:host|proxy)',
  "Couldn't resolve host",
  'Temporary failure in name resolution',
  'Temporary failure resolving',
  '[Nn]ame or service not known',
  '[Nn]etwork is unreachable',
  'No route to host',
  'unable to resolve host address',
  'failed to lookup address information',
  'getaddrinfo (?:ENOTFOUND|EAI_AGAIN)',
  'dial tcp[: ]',
  'Failed to establish a new connection',
];

/** What the surroundings did; holds inside the messages of any tool. */
const surroundings: readonly Rule[] = [
  { category: 'disk', pattern: /No space left on device|Disk quota exceeded/ },
  { category: 'network', pattern: new RegExp(networkWords.join('|')) },
];

/** Lines that state a cause in themselves. */
const causes: readonly Rule[] = [
  { category: 'depends', pattern: /^dpkg-checkbuilddeps: error: ([Uu]nmet build (?:dependencies|conflicts).*)$/ },
  { category: 'depends', pattern: /^E: (Unable to locate package .*|Package '.*' has no installation candidate)$/ },
  {
    category: 'depends',
    pattern: /^E: (Unmet dependencies.*|Unable to satisfy .*|Build-[Dd]epend.* (?:cannot|could not) be satisfied.*)$/,
  },
  { category: 'compile', pattern: /undefined reference to |multiple definition of |\bld(?:\.[a-z]+)?: cannot find / },
  { category: 'compile', pattern: /^cc1(?:plus)?: (?:fatal )?error: / },
  { category: 'compile', pattern: /^error(?:\[E\d+\])?: (?!could not compile|aborting due to|failed to run custom build command)\S/ },
  { category: 'other', pattern: /^make(?:\[\d+\])?: \*\*\* (No rule to make target .*?)\s+Stop\.$/ },
  { category: 'other', pattern: /^make(?:\[\d+\])?: (\S+: No such file or directory)$/ },
  { category: 'other', pattern: /Exec format error|^\S*sh: (?:line )?\d+: \S+: (?:command )?not found$/ },
  { category: 'other', pattern: /^configure: error: (?!in `)(.*)$/ },
  { category: 'other', pattern: /^(dh_\w+: warning: (?:\S+ missing files:|\S+ exists in debian\/tmp).*)$/ },
  { category: 'other', pattern: /^(dh_(?:install|missing)\w*: error: (?!missing files, aborting).*)$/ },
  { category: 'other', pattern: /^(dpkg-(?:shlibdeps|source|gencontrol|deb|gensymbols|genchanges): error: .*)$/ },
];

const longestMessage = 1000;

/** Trimmed, and cut at 1000 characters. */
export function shortMessage(text: string): string {
  return text.trim().slice(0, longestMessage);
}

export function surroundingsOf(line: string): BuildProblem | undefined {
  return apply(surroundings, line);
}

export function causeOf(line: string): BuildProblem | undefined {
  return apply(causes, line);
}

function apply(rules: readonly Rule[], line: string): BuildProblem | undefined {
  for (const { category, pattern } of rules) {
    const match = pattern.exec(line);
    if (match !== null) return { category, message: shortMessage(match[1] ?? line) };
  }
  return undefined;
}
