import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';
import { type Config, rootOf } from '@release-kit/config';

/** An answer to a question that a package asks through debconf. */
export interface Answer {
  /** The package. */
  readonly owner: string;
  /** `hello/port` */
  readonly question: string;
  readonly type: string;
  readonly value: string;
  /** Of the file, from 1. */
  readonly line: number;
}

export interface AnswerFile {
  /** Name for messages, relative to the workspace. */
  readonly file: string;
  /** As debconf-set-selections(1) reads it. */
  readonly text: string;
  readonly answers: readonly Answer[];
}

const types = new Set(['string', 'boolean', 'select', 'multiselect', 'note', 'text', 'password', 'title', 'error', 'seen']);

/** The file that `smoke.preseed` names; undefined when it names none. `configFile`: absolute. Throws E_PATH, or E_CONFIG at its line. */
export async function readAnswerFile(
  { smoke, place }: Config,
  configFile: string | undefined,
  workspace: string,
): Promise<AnswerFile | undefined> {
  if (smoke.preseed === undefined || configFile === undefined) return undefined;
  const path = join(rootOf(configFile), smoke.preseed);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const where = place('smoke.preseed');
    throw new UserError('E_PATH', `${inertLine(smoke.preseed ?? '')}, which smoke.preseed names, cannot be read`, {
      cause,
      ...(where === undefined ? {} : { place: where }),
    });
  });
  const file = relative(workspace, path);
  return { file, text, answers: parseAnswers(text, file) };
}

/**
 * Reads lines of `owner question type value`, debconf-set-selections(1): blanks part them, a `#` begins a comment, a `\` at the end
 * goes on in the next line. debconf leaves out what it cannot read; here it is E_CONFIG with the line.
 */
export function parseAnswers(text: string, file: string): readonly Answer[] {
  const answers: Answer[] = [];
  let open: { text: string; line: number } | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = open?.line ?? index + 1;
    const whole: string = `${open?.text ?? ''}${raw}`;
    open = undefined;
    if (/^\s*(?:#|$)/.test(whole)) continue;
    if (whole.endsWith('\\')) open = { text: whole.slice(0, -1), line };
    else answers.push(readAnswer(whole, file, line));
  }
  if (open !== undefined) throw wrong(file, open.line, 'the line goes on after the end of the file');
  return answers;
}

function readAnswer(text: string, file: string, line: number): Answer {
  const [, owner, question, type, value = ''] = /^\s*(\S+)\s+(\S+)\s+(\S+)(?:\s(.*))?$/s.exec(text) ?? [];
  if (owner === undefined || question === undefined || type === undefined)
    throw wrong(file, line, 'the line is not of the form "package question type value"');
  if (!question.includes('/')) throw wrong(file, line, `${JSON.stringify(question)} is not the name of a question, such as hello/port`);
  if (!types.has(type)) throw wrong(file, line, `${JSON.stringify(type)} is not one of the types ${[...types].join(', ')}`);
  const answer = value.trim();
  if ((type === 'boolean' || type === 'seen') && answer !== 'true' && answer !== 'false')
    throw wrong(file, line, `${JSON.stringify(answer)} is neither true nor false`);
  return { owner, question, type, value: answer, line };
}

function wrong(file: string, line: number, message: string): UserError {
  return new UserError('E_CONFIG', inertLine(message), {
    place: { file, line },
    cure: 'Write one answer a line, as debconf-set-selections(1) has it.',
  });
}
