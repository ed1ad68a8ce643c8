export interface CompilerMessage {
  readonly level: 'error' | 'warning';
  /** As the compiler wrote it: relative to the folder it ran in, or absolute. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  /** Raw. */
  readonly message: string;
}

// Longer lines hold no message that a person wrote; cutting them keeps the time linear.
const longestLine = 4096;

// gcc, clang, javac, vala, gfortran's short form: `file:line:column: error: message`.
const gnu = /^([^\s:][^:]*):([0-9]{1,9}):(?:([0-9]{1,9}):)? (?:fatal )?(error|warning): (.*)$/;
// go build and go vet: `./x.go:3:2: message`, without a word for the level.
const go = /^(?:vet: )?(\S+\.go):([0-9]{1,9}):(?:([0-9]{1,9}):)? (.*)$/;
// rustc: a line with the message, and soon after it the place.
const rust = /^(error|warning)(?:\[[A-Z][0-9]+\])?: (.*)$/;
const rustPlace = /^\s*--> ([^:]+):([0-9]{1,9}):([0-9]{1,9})$/;
// `undefined reference` with debugging information; without it only the object is known.
const linker =
  /^(?:\S*ld(?:\.[a-z]+)?: )?([^\s:][^:(]*\.[A-Za-z+]{1,4}):([0-9]{1,9}): ((?:undefined reference to|multiple definition of) .*)$/;

/** A line of a log without colours, at most 4096 characters. */
export function plainLine(line: string): string {
  const short = line.length > longestLine ? line.slice(0, longestLine) : line;
  const plain = short.includes('\u001b') ? short.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '') : short;
  return plain.endsWith('\r') ? plain.slice(0, -1) : plain;
}

/** Errors and warnings of compilers that name a source line, in the order of the log, each once. Linear in the length of the log. */
export function findCompilerMessages(lines: readonly string[]): readonly CompilerMessage[] {
  const found = new Map<string, CompilerMessage>();
  for (const index of lines.keys()) {
    const message = compilerMessageAt(lines, index);
    if (message !== undefined) found.set(JSON.stringify(message), message);
  }
  return [...found.values()];
}

/** The message that starts on this line, if one does. */
export function compilerMessageAt(lines: readonly string[], index: number): CompilerMessage | undefined {
  const line = plainLine(lines[index] ?? '');
  return gnuMessage(line) ?? goMessage(line) ?? linkerMessage(line) ?? rustMessage(line, lines, index);
}

function gnuMessage(line: string): CompilerMessage | undefined {
  const match = gnu.exec(line);
  if (match === null) return undefined;
  const [, file = '', at, column, level, message = ''] = match;
  return messageOf(level === 'warning' ? 'warning' : 'error', file, at, column, message);
}

function goMessage(line: string): CompilerMessage | undefined {
  const match = go.exec(line);
  return match === null ? undefined : messageOf('error', match[1] ?? '', match[2], match[3], match[4] ?? '');
}

function linkerMessage(line: string): CompilerMessage | undefined {
  const match = linker.exec(line);
  return match === null ? undefined : messageOf('error', match[1] ?? '', match[2], undefined, match[3] ?? '');
}

function rustMessage(line: string, lines: readonly string[], index: number): CompilerMessage | undefined {
  const match = rust.exec(line);
  if (match === null) return undefined;
  for (const next of lines.slice(index + 1, index + 4)) {
    const place = rustPlace.exec(plainLine(next));
    if (place !== null) return messageOf(match[1] === 'warning' ? 'warning' : 'error', place[1] ?? '', place[2], place[3], match[2] ?? '');
  }
  return undefined;
}

function messageOf(
  level: 'error' | 'warning',
  file: string,
  line: string | undefined,
  column: string | undefined,
  message: string,
): CompilerMessage {
  const place = { level, file: file.replace(/^(?:\.\/)+/, ''), line: Number(line) };
  return { ...place, ...(column === undefined ? {} : { column: Number(column) }), message };
}
