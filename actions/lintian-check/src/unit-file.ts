import type { Severity } from '@release-kit/debian';
import { hintAt, type ReadSubject, type SideHint, type SideReport, type Subject } from './side-report.ts';

/** The units of one package, and what is known of the system that they would run on. */
export interface VerifiedUnits {
  /** Absolute folder that systemd-analyze was given as root; messages name files below it. */
  readonly root: string;
  readonly units: readonly ReadSubject[];
  /** Absolute paths of programs that are there once the package is installed. */
  readonly programs: ReadonlySet<string>;
}

const names: readonly (readonly [RegExp, string, string])[] = [
  [/^Unknown key( name)? /, 'unknown-key', 'systemd ignores the line: the key is misspelt, or stands in the wrong section.'],
  [/^Unknown (?:section|lvalue) /, 'unknown-section', 'systemd ignores the whole section.'],
  [/^Missing '='|^Invalid section header|^Assignment outside of section/, 'invalid-line', 'systemd ignores the line.'],
  [/ is not executable: (?!No such file)/, 'command-not-executable', 'The program is there, but its mode does not let it run.'],
  [/ is not executable: /, 'missing-command', 'The program is neither in the packages that were checked nor in a plain system.'],
  [/Refusing\.?$/, 'refused', 'systemd does not load such a unit.'],
  [/deprecated|obsolete|legacy|unsafe|not safe/i, 'deprecated', 'It works for now, and systemd logs a warning at each start.'],
  [/ignoring|^Failed to parse |Ignoring/, 'ignored-value', 'systemd ignores the line and uses the default.'],
  [/^Configuration file .* is marked /, 'file-mode', 'The mode of the file is not what a unit file needs.'],
];

/** systemd.unit(5) allows these characters and endings; systemd-analyze refuses all others before it looks at anything. */
export function isUnitName(name: string): boolean {
  return /^[A-Za-z0-9:_.\\@-]{1,200}\.(?:service|socket|device|mount|automount|swap|target|path|timer|slice)$/.test(name);
}

/**
 * Reads what systemd-analyze(1) verify writes to its standard error with SYSTEMD_LOG_TARGET=console-prefixed: `<27>` before each line,
 * whose lowest three bits are the level of syslog(3). Then `FILE:LINE: SENTENCE` or `UNIT: SENTENCE`. Never throws.
 */
export function readUnitVerification(output: string, { root, units, programs }: VerifiedUnits): SideReport {
  const hints: SideHint[] = [];
  const unread: string[] = [];
  const explanations = new Map<string, { meaning: string; references: readonly string[] }>();
  const [first] = units;
  for (const line of output.split('\n').filter((each) => each.trim() !== '')) {
    const read = first === undefined ? undefined : readMessage(line, root, units, first);
    if (read === undefined) {
      // What follows from a message that was told before.
      if (!/^(?:<\d+>)?Unit \S+ has a bad unit file setting\.$/.test(line)) unread.push(line);
      continue;
    }
    const { subject, note } = read;
    const [, command, why] = /^Command (\S+) is not executable: (.+)$/.exec(note) ?? [];
    const missing = why === 'No such file or directory';
    if (missing && command !== undefined && programs.has(command)) continue;
    // Said once for each line that starts it.
    if (command !== undefined && hints.some(({ hint }) => hint.note === note && hint.pointer?.path === subject.path)) continue;
    const [, tag = 'problem', meaning = 'systemd objects to the unit.'] = names.find(([pattern]) => pattern.test(note)) ?? [];
    // A dependency may bring the program, and nothing is installed here.
    const severity = missing ? 'info' : read.severity;
    const at = read.line ?? (command === undefined ? undefined : lineOfCommand(command, units, subject));
    const made = hintAt('systemd-analyze', subject, { tag, severity, note, line: at });
    hints.push(made);
    explanations.set(made.hint.tag, { meaning, references: ['systemd.unit(5)', 'systemd.service(5)'] });
  }
  return { hints, unread, explanations };
}

interface Message {
  readonly severity: Severity;
  readonly subject: Subject;
  readonly line: number | undefined;
  readonly note: string;
}

function readMessage(text: string, root: string, units: readonly ReadSubject[], first: ReadSubject): Message | undefined {
  const [, number, said] = /^<(\d{1,3})>(.+)$/s.exec(text) ?? [];
  if (number === undefined || said === undefined) return undefined;
  const level = Number(number) & 7;
  const severity = level <= 3 ? 'error' : level === 4 ? 'warning' : 'info';
  const note = (sentence: string): string => sentence.replaceAll(`${root}/`, '/');
  if (said.startsWith(`${root}/`)) {
    const [, path, line, sentence] = /^(.+?):([1-9]\d{0,8}): (.+)$/s.exec(said.slice(root.length + 1)) ?? [];
    if (path === undefined || sentence === undefined) return undefined;
    // Drop-ins are read with the unit, and were not asked for by name.
    const subject = units.find((unit) => withoutUsr(unit.path) === withoutUsr(path)) ?? { ...first, path, name: path };
    return { severity, subject, line: Number(line), note: note(sentence) };
  }
  const file = /^Configuration file (\S+) is marked /.exec(said)?.[1]?.slice(root.length + 1);
  const marked = file === undefined ? undefined : units.find((unit) => unit.path === file);
  if (marked !== undefined) return { severity, subject: marked, line: undefined, note: note(said) };
  const [, name, sentence] = /^([A-Za-z0-9:_.\\@-]+\.[a-z]+): (.+)$/s.exec(said) ?? [];
  if (name === undefined || sentence === undefined) return undefined;
  // A template is verified as an instance of its own making.
  const template = name.replace(/@[^@]*(\.[a-z]+)$/, '@$1');
  const unit = units.find(({ path }) => path.endsWith(`/${name}`)) ?? units.find(({ path }) => path.endsWith(`/${template}`));
  return unit === undefined ? undefined : { severity, subject: unit, line: undefined, note: note(sentence) };
}

/** A package may still hold `lib`, which systemd calls `usr/lib` by now. */
function withoutUsr(path: string): string {
  return path.replace(/^usr\//, '');
}

function lineOfCommand(command: string, units: readonly ReadSubject[], subject: Subject): number | undefined {
  const lines = units.find(({ path }) => path === subject.path)?.text.split('\n') ?? [];
  const index = lines.findIndex((line) => /^\s*Exec[A-Za-z]+\s*=/.test(line) && line.includes(command));
  return index < 0 ? undefined : index + 1;
}

/** Whether systemd-analyze is too old for what it was asked; a unit may hold the same words, which come behind a level. */
export function lacksOption(output: string): boolean {
  return /^systemd-analyze: unrecognized option /m.test(output);
}

/** Commands that systemd-analyze did not find below the root. */
export function missingCommands(output: string): readonly string[] {
  return [
    ...new Set([...output.matchAll(/: Command (\/\S+) is not executable: No such file or directory$/gm)].map(([, path = '']) => path)),
  ];
}
