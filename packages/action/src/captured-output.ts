import { writeFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { UserError } from './errors.ts';
import { inertLine } from './inert.ts';

/** Above this a caller should use `stdoutFile` or `keep: false`. */
export const keptBytes = 64 * 1024 * 1024;
const lastLinesKept = 20;
/** Longer lines are cut where people read them; `onLine`, the log file and the kept text have them whole. */
const shownCharacters = 4000;

export type StreamName = 'stdout' | 'stderr';

export interface CaptureOptions {
  readonly program: string;
  readonly keep: boolean;
  /** Of standard output; standard error is always UTF-8. */
  readonly encoding: 'utf8' | 'latin1';
  /** Bytes that are kept, or of a single line where nothing is kept. */
  readonly limit: number;
  readonly redact: (text: string) => string;
  /** Gets each line inert and redacted. */
  readonly print: ((line: string) => void) | undefined;
  readonly onLine: ((line: string, stream: StreamName) => void) | undefined;
  /** Takes standard output instead of everything else here. */
  readonly onStdout: ((chunk: Uint8Array) => void | Promise<void>) | undefined;
  /** Whether the command was told to stop: what still arrives is nobody's then. */
  readonly stopped: () => boolean;
  /** File descriptor; gets each line whole, redacted. */
  readonly log: number | undefined;
  /** Called once, with what made capturing impossible: the command has to be stopped. */
  readonly fail: (error: unknown) => void;
}

export interface CapturedOutput {
  /** The last lines of both streams in order of arrival, inert and redacted. */
  readonly lastLines: readonly string[];
  /** When whoever takes standard output as bytes has taken all that arrived. */
  taken(): Promise<void>;
  /** Takes in what had no end of line, and returns what was kept. */
  finish(): Readonly<Record<StreamName, string>>;
}

/** Reads both streams line by line, so that a secret cut in two by a chunk's border is still found. */
export function captureOutput(streams: Readonly<Record<StreamName, Readable | null>>, options: CaptureOptions): CapturedOutput {
  const last: string[] = [];
  let bytes = 0;
  let failed = false;
  const guarded = (action: () => void): void => {
    if (failed) return;
    try {
      action();
    } catch (error) {
      failed = true;
      options.fail(error);
    }
  };
  const tooMuch = (): UserError => new UserError('E_COMMAND', `${options.program} printed more than ${options.limit / 1024 / 1024} MiB`);
  const read = (name: StreamName) => {
    const lines = new LineReader();
    const parts: string[] = [];
    const takeLines = (complete: readonly string[]): void => {
      for (const line of complete) {
        if (last.push(line) > lastLinesKept) last.shift();
        options.print?.(shownLine(line, options.redact));
        options.onLine?.(line, name);
      }
      if (options.log !== undefined && complete.length > 0)
        writeFileSync(options.log, complete.map((line) => `${options.redact(line)}\n`).join(''));
    };
    const take = (text: string): void => {
      if (options.keep) parts.push(text);
      takeLines(lines.take(text));
      if ((options.keep ? bytes : lines.openLength) > options.limit) throw tooMuch();
    };
    const decoder = new StringDecoder(name === 'stdout' ? options.encoding : 'utf8');
    streams[name]?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      guarded(() => take(decoder.write(chunk)));
    });
    return () => {
      guarded(() => {
        take(decoder.end());
        takeLines(lines.rest());
      });
      return parts.join('');
    };
  };
  const { onStdout } = options;
  const stdout = onStdout === undefined ? undefined : handOver(streams.stdout, onStdout, options.stopped, guarded);
  const finishers = { stdout: stdout === undefined ? read('stdout') : () => '', stderr: read('stderr') };
  return {
    get lastLines() {
      return last.map((line) => shownLine(line, options.redact));
    },
    taken: stdout?.taken ?? (() => Promise.resolve()),
    finish: () => ({ stdout: finishers.stdout(), stderr: finishers.stderr() }),
  };
}

/**
 * Gives one chunk after the other to `take`, and pauses the stream while it is busy. Node resumes the streams of a process that is gone, so what
 * arrives meanwhile waits here: no more than a pipe holds.
 */
function handOver(
  stream: Readable | null,
  take: (chunk: Uint8Array) => void | Promise<void>,
  stopped: () => boolean,
  guarded: (action: () => void) => void,
): { readonly taken: () => Promise<void> } {
  const waiting: Uint8Array[] = [];
  let busy: Promise<void> | undefined;
  const takeRest = async (first: Promise<void>): Promise<void> => {
    try {
      await first;
      for (let chunk = waiting.shift(); chunk !== undefined && !stopped(); chunk = waiting.shift()) await take(chunk);
    } catch (error) {
      guarded(() => {
        throw error;
      });
    }
    busy = undefined;
    stream?.resume();
  };
  stream?.on('data', (chunk: Buffer) => {
    if (stopped()) return;
    if (busy !== undefined) waiting.push(chunk);
    else
      guarded(() => {
        const taken = take(chunk);
        if (taken !== undefined) busy = takeRest(taken);
      });
    if (busy !== undefined) stream.pause();
  });
  return { taken: () => busy ?? Promise.resolve() };
}

/** What a terminal would leave of the line: after the last carriage return that something follows. */
function shownLine(line: string, redact: (text: string) => string): string {
  const text = redact(line).replace(/\r+$/, '');
  const last = text.slice(text.lastIndexOf('\r') + 1);
  const cut = last.length <= shownCharacters ? last : `${last.slice(0, shownCharacters)} … (cut: ${last.length} characters)`;
  return inertLine(cut);
}

/** Joins chunks to lines; a line of many chunks costs no more than its length. */
class LineReader {
  #open: string[] = [];
  openLength = 0;

  /** The lines that this text completes, without their line feed. */
  take(text: string): readonly string[] {
    const pieces = text.split('\n');
    const last = pieces.pop() ?? '';
    const [first, ...others] = pieces;
    const complete = first === undefined ? [] : [this.#close(first), ...others];
    if (last !== '') {
      this.#open.push(last);
      this.openLength += last.length;
    }
    return complete;
  }

  /** The last line, when it had no line feed. */
  rest(): readonly string[] {
    return this.openLength === 0 ? [] : [this.#close('')];
  }

  #close(end: string): string {
    const line = this.#open.join('') + end;
    this.#open = [];
    this.openLength = 0;
    return line;
  }
}
