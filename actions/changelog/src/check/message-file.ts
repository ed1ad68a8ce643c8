import { readFile } from 'node:fs/promises';
import { inertLine, UserError } from '@release-kit/action';
import { splitMessage } from '@release-kit/history';
import type { CheckedMessage } from './message-problems.ts';

/** Below this line git shows the difference, which is no part of the message. */
const scissors = /^# -{10,} >8 -{10,}$/;

/** The message that a hook of git gets (`.git/COMMIT_EDITMSG`), as git will take it; undefined when nothing is in it. E_PATH. */
export async function messageInFile(path: string): Promise<CheckedMessage | undefined> {
  const text = await readMessage(path);
  const message = withoutComments(text);
  if (message.trim() === '') return undefined;
  return { where: { kind: 'file', path }, ...splitMessage(message), sure: true };
}

/** Without comments, and without what stands below the scissors of `git commit --verbose`. */
export function withoutComments(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const end = lines.findIndex((line) => scissors.test(line));
  return (end === -1 ? lines : lines.slice(0, end)).filter((line) => !line.startsWith('#')).join('\n');
}

async function readMessage(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UserError('E_PATH', `the message cannot be read from ${inertLine(path)}`, { cause });
  }
}
