import { openSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import { UserError } from './errors.ts';

/** tty(4): a person answers here, whatever standard input and output are. */
const device = '/dev/tty';
const keys = { interrupt: 0x03, end: 0x04, erase: new Set([0x08, 0x7f]), eraseAll: 0x15, enter: new Set([0x0a, 0x0d]) } as const;

/**
 * Asks on the terminal of this process, without showing what is typed. The answer is kept byte for byte. E_HOST where there is no terminal,
 * E_CANCELLED on Ctrl-C and when `signal` is aborted.
 */
export async function askSecret(question: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const { input, output } = openEnds();
  try {
    // Before the question: what is typed at once must not be shown either.
    input.setRawMode(true);
    output.write(`${question}: `);
    return await readLine(input, signal);
  } finally {
    input.setRawMode(false);
    output.write('\n');
    input.destroy();
    output.destroy();
  }
}

function openEnds(): { readonly input: ReadStream; readonly output: WriteStream } {
  try {
    return { input: new ReadStream(openSync(device, 'r+')), output: new WriteStream(openSync(device, 'w')) };
  } catch (cause) {
    throw new UserError('E_HOST', 'there is no terminal to ask on', { cause });
  }
}

function readLine(input: ReadStream, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed: readonly number[] = [];
    const stop = (): void => reject(new UserError('E_CANCELLED', 'interrupted'));
    signal.addEventListener('abort', stop, { once: true });
    input.once('error', reject);
    input.on('data', (chunk: Buffer) => {
      for (const byte of chunk) {
        if (keys.enter.has(byte) || byte === keys.end) return resolve(Buffer.from(typed).toString('utf8'));
        if (byte === keys.interrupt) return stop();
        typed = typedWith(typed, byte);
      }
    });
  });
}

function typedWith(typed: readonly number[], byte: number): readonly number[] {
  if (byte === keys.eraseAll) return [];
  if (!keys.erase.has(byte)) return [...typed, byte];
  // A letter is several bytes in UTF-8: those after the first begin with the bits 10.
  const start = typed.findLastIndex((each) => (each & 0xc0) !== 0x80);
  return typed.slice(0, Math.max(start, 0));
}
