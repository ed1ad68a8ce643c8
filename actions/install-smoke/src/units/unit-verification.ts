/** What systemd-analyze(1) verify objects to. */
export interface VerifyMessage {
  /** Of syslog(3): 3 is an error, 4 a warning, 5 a notice. */
  readonly level: number;
  /** The unit as the message names it; undefined where it names its file. */
  readonly unit: string | undefined;
  readonly path: string | undefined;
  /** From 1. */
  readonly line: number | undefined;
  /** Raw. */
  readonly sentence: string;
}

/** Messages, and lines that are none. */
export interface Verification {
  readonly messages: readonly VerifyMessage[];
  readonly unread: readonly string[];
}

/**
 * Reads what `systemd-analyze verify` writes with SYSTEMD_LOG_TARGET=console-prefixed: `<27>` before each line, whose lowest three bits
 * are the level. Then `FILE:LINE: SENTENCE` or `UNIT: SENTENCE`.
 */
export function parseVerification(output: string): Verification {
  const messages: VerifyMessage[] = [];
  const unread: string[] = [];
  for (const line of output.split('\n').filter((each) => each.trim() !== '')) {
    const [, number, said = ''] = /^<(\d{1,3})>(.+)$/.exec(line) ?? [];
    const level = Number(number) & 7;
    const [, path, place, atLine = ''] = /^(\/.+?):([1-9]\d{0,8}): (.+)$/.exec(said) ?? [];
    const [, unit, ofUnit = ''] = /^([A-Za-z0-9:_.\\@-]+\.[a-z]+): (.+)$/.exec(said) ?? [];
    const [, marked] = /^Configuration file (\/\S+) is marked /.exec(said) ?? [];
    if (number === undefined) unread.push(line);
    else if (path !== undefined) messages.push({ level, path, line: Number(place), unit: undefined, sentence: atLine });
    else if (unit !== undefined) messages.push({ level, unit, path: undefined, line: undefined, sentence: ofUnit });
    else if (marked !== undefined) messages.push({ level, path: marked, line: undefined, unit: undefined, sentence: said });
    // What follows from a message that was told before.
    else if (!/^Unit \S+ has a bad unit file setting\.$/.test(said)) unread.push(line);
  }
  return { messages, unread };
}

/** What is wrong with a unit file, in the words of its author. */
export interface UnitMistake {
  /** Follows the name of the unit. */
  readonly why: string;
  readonly level: 'error' | 'warning';
  /** What the file says it in; undefined where no setting is at fault. */
  readonly setting?: string;
  /** The directive that systemd does not know, to find one that it does. */
  readonly unknown?: string;
}

/**
 * What a message means; `file`: the text of the unit file. systemd ignores a line that it does not understand, warns, and goes on; to the author it is a mistake. What is
 * merely old is a warning.
 */
export function mistakeOf({ sentence: said, level, line }: VerifyMessage, file: string): UnitMistake | undefined {
  const sentence = said.replace(/\.$/, '');
  const setting = line === undefined ? undefined : /^\s*([A-Za-z]\w*)\s*=/.exec(file.split('\n')[line - 1] ?? '')?.[1];
  const at = setting === undefined ? {} : { setting };
  const [, key, section] = /^Unknown (?:key|lvalue)(?: name)? '([^']+)' in section \[?'?([^'\]]+)/.exec(sentence) ?? [];
  if (key !== undefined)
    return { why: `has ${key}= in [${section}], which systemd does not know and ignores`, level: 'error', unknown: key, setting: key };
  const [, unknownSection] = /^Unknown section '([^']+)'/.exec(sentence) ?? [];
  if (unknownSection !== undefined)
    return { why: `has a section [${unknownSection}], which systemd does not know and ignores`, level: 'error' };
  const [, command, reason] = /^Command (\S+) is not executable: (.+)$/.exec(sentence) ?? [];
  if (command !== undefined) return missingCommand(command, reason ?? '', file);
  const [, missing] = /^Failed to create \S+: (Unit .+ not found)$/.exec(sentence) ?? [];
  if (missing !== undefined) return { why: `cannot be started: ${missing}`, level: 'error', ...at };
  if (/^Invalid URL/.test(sentence)) return { why: `: ${sentence}`, level: 'warning', setting: 'Documentation' };
  if (level >= 5 || /deprecated|obsolete|legacy|unsafe|not safe|^Configuration file .* is marked /i.test(sentence))
    return level > 5 ? undefined : { why: `: ${sentence}`, level: 'warning', ...at };
  return { why: `: ${sentence}`, level: 'error', ...at };
}

// Of procps, which is in every ordinary system, and in no minimal one; systemd.service(5) itself reloads daemons by it.
const ordinary: ReadonlySet<string> = new Set(['/bin/kill', '/usr/bin/kill']);

/** A unit that is only for systems that have the program says so; systemd.unit(5). */
function isAskedFor(command: string, file: string): boolean {
  const asked = file.split('\n').map((line) => /^\s*Condition(?:FileIsExecutable|PathExists)\s*=\s*(\/\S*)\s*$/.exec(line)?.[1]);
  return asked.includes(command);
}

/** Without what starts it a service fails; one that cannot be reloaded, or not stopped in its own way, works all the same. */
function missingCommand(command: string, reason: string, file: string): UnitMistake | undefined {
  if (ordinary.has(command) || isAskedFor(command, file)) return undefined;
  const settings = file.split('\n').flatMap((line) => {
    const [, name, value = ''] = /^\s*(Exec[A-Za-z]+)\s*=\s*[-@:+!|]*(\S+)/.exec(line) ?? [];
    return name !== undefined && value === command ? [name] : [];
  });
  const starting = settings.find((name) => /^Exec(?:Start|StartPre|StartPost|Condition)$/.test(name));
  const setting = starting ?? settings[0] ?? 'ExecStart';
  const level = starting !== undefined || settings.length === 0 ? 'error' : 'warning';
  return { why: `runs ${command}, which cannot be run: ${reason}`, level, setting };
}
