import { createInterface } from 'node:readline';
import { UserError } from '@release-kit/action';
import type { Choices } from './choices.ts';

/** Asks a person; what is typed without a word is `usual`. */
export type Ask = (question: string, usual: string) => Promise<string>;

/** The few questions whose answers nothing in the repository tells. What flags said (`given`) is not asked. */
export async function askChoices(usual: Choices, given: readonly string[], ask: Ask | undefined): Promise<Choices> {
  if (ask === undefined) return usual;
  const words = async (name: 'architectures' | 'distributions', question: string): Promise<readonly string[]> =>
    given.includes(name) ? usual[name] : wordsIn(await ask(question, usual[name].join(' ')));
  return {
    ...usual,
    architectures: await words('architectures', 'Architectures (amd64 is a PC, arm64 a Raspberry Pi 5)'),
    distributions: await words('distributions', 'Distributions (the oldest that users have)'),
    branch: given.includes('branch') ? usual.branch : (await ask('Main branch', usual.branch)).trim(),
  };
}

/** Words between blanks and commas. */
export const wordsIn = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '');

/** A person at the terminal, who may type ahead. Asked on standard error, so that standard output stays what the command says. */
export function openTerminalQuestions(signal: AbortSignal): Disposable & { readonly ask: Ask } {
  // The terminal itself shows and edits the line, and Ctrl-C reaches us as a signal.
  const reader = createInterface({ input: process.stdin, terminal: false });
  const close = (): void => reader.close();
  signal.addEventListener('abort', close, { once: true });
  const lines = reader[Symbol.asyncIterator]();
  return {
    ask: async (question, usual) => {
      process.stderr.write(`${question} [${usual}]: `);
      const { value, done } = await lines.next();
      if (done === true) throw new UserError('E_CANCELLED', 'there is no answer; nothing was written');
      return value.trim() === '' ? usual : value;
    },
    [Symbol.dispose]: close,
  };
}
