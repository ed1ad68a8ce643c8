import type { Explanation } from './explanation.ts';
import { hintAt, type SideHint, type SideReport, type Subject } from './side-report.ts';

/** What blhc prints, and the bit of its exit status that goes with it: blhc(1), EXIT STATUS. */
const exitBits: readonly (readonly [RegExp, number])[] = [
  [/^No compiler commands!$/m, 1],
  [/^(?:\d+:)?NONVERBOSE BUILD: /m, 4],
  [/^(?:\d+:)?(?:C|CXX|CPP|LD)FLAGS missing \(/m, 8],
  [/^HARDENING WRAPPER: /m, 16],
  [/^INVALID CMAKE: /m, 32],
];

/**
 * The exit code of a blhc that came to its end after this output. Perl dies with the number of the last error of the system, which is no other than
 * a sum of those bits as often as not.
 */
export function blhcExit(output: string): number {
  return exitBits.reduce((sum, [pattern, bit]) => (pattern.test(output) ? sum + bit : sum), 0);
}

/** What a build log says of itself; undefined where it is none of dpkg-buildpackage(1). */
export interface LoggedBuild {
  readonly source: string;
  /** Debian's name. */
  readonly architecture: string | undefined;
}

/** Reads `dpkg-buildpackage: info: source package hello` and `… host architecture amd64` from the lines of a log. */
export function loggedBuild(lines: readonly string[]): LoggedBuild | undefined {
  const said = (what: string): string | undefined =>
    lines
      .map((line) => new RegExp(`^dpkg-buildpackage: info: ${what} ([a-z0-9][a-z0-9.+-]*)$`).exec(line)?.[1])
      .find((found) => found !== undefined);
  const source = said('source package');
  return source === undefined ? undefined : { source, architecture: said('host architecture') };
}

const flagMeanings: readonly (readonly [RegExp, string])[] = [
  [/^-fstack-protector/, 'a function that writes past the end of an array is noticed before it returns'],
  [/^-D_FORTIFY_SOURCE/, 'copies and formats of the C library check the size of their target'],
  [/format/, 'format strings that come from outside are errors'],
  [/relro/, 'tables of the dynamic linker cannot be written to after the start'],
  [/-z,now/, 'all symbols are resolved at the start, so that their table can be made read-only'],
  [/^-(?:fPIE|fpie|pie)$/i, 'the program is loaded at an address that cannot be guessed'],
  [/^-fstack-clash-protection/, 'the stack cannot be made to run into other memory unseen'],
  [/^-fcf-protection|^-mbranch-protection/, 'the processor refuses jumps to places that are no targets'],
  [/^-O\d/, 'several of the checks need optimisation'],
  [/^-g\d?$/, 'the package of debugging symbols needs them'],
];

const others: readonly (readonly [RegExp, string, Explanation])[] = [
  [
    /^NONVERBOSE BUILD: (.*)$/s,
    'hidden-flags',
    {
      meaning: 'The build log hides compiler commands, so that nobody can see whether they harden the program (Policy 4.9).',
      cure: 'Let the build system print its commands: `dh` does for most; else V=1 or VERBOSE=1 in debian/rules.',
      references: ['Debian Policy 4.9'],
    },
  ],
  [/^INVALID CMAKE: (.*)$/s, 'invalid-cmake', { meaning: 'This release of CMake hides missing CPPFLAGS.', references: ['blhc(1)'] }],
  [
    /^HARDENING WRAPPER: (.*)$/s,
    'hardening-wrapper',
    { meaning: 'A wrapper adds flags that the log does not show, so that they cannot be checked.', references: ['blhc(1)'] },
  ],
];

/**
 * Reads what `blhc --debian --line-numbers` prints of one log. The same flags missing in many commands are one finding, which names the
 * first file: they have one cause. Never throws.
 *
 * @param subject the source package; the place is debian/rules, where flags come from
 */
export function readBlhc(output: string, subject: Subject): SideReport {
  const groups = new Map<
    string,
    { readonly tag: string; readonly flags: string; readonly severity: 'warning' | 'info'; files: Set<string> }
  >();
  const unread: string[] = [];
  const explanations = new Map<string, Explanation>();
  for (const line of output
    .split('\n')
    .filter((each) => each.trim() !== '' && !/^(?:checking '.*'\.\.\.|No compiler commands!)$/.test(each))) {
    const said = line.replace(/^\d+:/, '');
    const [, kind, flags, command] = /^(C|CXX|CPP|LD)FLAGS missing \(([^()]*)\): (.*)$/s.exec(said) ?? [];
    const [pattern, name, explanation] = others.find(([each]) => each.test(said)) ?? [];
    if (kind !== undefined && flags !== undefined && command !== undefined) {
      const tag = `${kind}FLAGS-missing`;
      add(tag, flags, 'warning', kind === 'LD' ? outputOf(command) : sourceOf(command));
    } else if (pattern !== undefined && name !== undefined && explanation !== undefined) {
      add(name, '', 'info', pattern.exec(said)?.[1]?.trim() ?? '');
      explanations.set(`blhc/${name}`, explanation);
    } else unread.push(line);
  }
  function add(tag: string, flags: string, severity: 'warning' | 'info', file: string): void {
    const key = `${tag} ${flags}`;
    const group = groups.get(key) ?? { tag, flags, severity, files: new Set() };
    groups.set(key, group);
    if (file !== '') group.files.add(file);
  }
  const hints = [...groups.values()].map(({ tag, flags, severity, files }): SideHint => {
    const [first] = [...files].sort();
    const where = first === undefined ? '' : `${first}${files.size > 1 ? ' and others' : ''}`;
    return hintAt('blhc', subject, { tag, severity, note: [flags, where].filter((part) => part !== '').join(': ') });
  });
  for (const tag of new Set([...groups.values()].filter(({ flags }) => flags !== '').map((group) => group.tag)))
    explanations.set(
      `blhc/${tag}`,
      explanationOf(
        tag,
        [...groups.values()].filter((group) => group.tag === tag).flatMap(({ flags }) => flags.split(' ')),
      ),
    );
  return { hints, unread, explanations };
}

function explanationOf(tag: string, flags: readonly string[]): Explanation {
  const effects = flagMeanings.filter(([pattern]) => flags.some((flag) => pattern.test(flag))).map(([, effect]) => effect);
  const variable = tag.replace('-missing', '');
  return {
    meaning: `The compiler was called without flags that harden the program${effects.length === 0 ? '' : `. With them, ${effects.join('; ')}`}.`,
    cure: `Let the build system use ${variable} from dpkg-buildflags: dh does it unless a Makefile or debian/rules sets ${variable} anew. A false alarm is silenced by a line \`blhc: ignore-line-regexp: …\` in the log.`,
    references: ['dpkg-buildflags(1)', 'blhc(1)'],
  };
}

/** The file a command compiles; '' when none can be told. */
function sourceOf(command: string): string {
  return command.split(/\s+/).findLast((word) => /\.(?:c|cc|cpp|cxx|c\+\+|C|m|mm|s|S)$/.test(word)) ?? '';
}

/** The file a command links. */
function outputOf(command: string): string {
  return /(?:^|\s)-o\s*(\S+)/.exec(command)?.[1] ?? '';
}
