import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Argv, cutText, type Host, inertLine, UserError } from '@release-kit/action';
import { largestAnswer } from './signer-answer.ts';
import { bareInput, questionVariables, type RemoteKey } from './signer-question.ts';

/** A program that signs a digest with a key that is elsewhere. */
export interface SignerHook {
  readonly command: Argv;
  /** Milliseconds for one signature; then the program and all it started is ended. */
  readonly timeout: number;
  /** All that it gets of our environment, besides PATH and HOME. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Asks the program for one signature: the digest on standard input (a file, for tools that want to know its length) and in the environment,
 * the answer on standard output. Returns the answer's bytes. E_SIGNER when it refuses, takes too long, or says far too much.
 */
export async function askSigner(host: Host, hook: SignerHook, key: RemoteKey, digest: Uint8Array): Promise<Uint8Array> {
  await using folder = await host.files.temporary('signer');
  const files = { digest: join(folder.path, 'digest'), bare: join(folder.path, 'bare') };
  await writeFile(files.digest, digest);
  await writeFile(files.bare, bareInput(key, digest));
  const { exitCode, stdout, stderr } = await host
    .exec(hook.command, {
      stdin: { file: files.digest },
      env: { ...hook.environment, ...questionVariables(key, digest, files) },
      encoding: 'latin1',
      outputLimit: outputLimit,
      timeout: hook.timeout,
      allow: 'any',
    })
    .catch((error: unknown) => {
      throw notAnswered(hook, error);
    });
  if (exitCode === 0) return Buffer.from(stdout, 'latin1');
  const ended = exitCode === null ? 'it was killed' : `it ended with exit code ${exitCode}`;
  throw signerError(hook, `refused: ${ended}${lastWords(hook, stderr)}`);
}

/** Both streams: a long-winded program is none that answers wrongly. */
const outputLimit = 16 * largestAnswer;

export function signerError({ command }: SignerHook, problem: string, cause?: unknown): UserError {
  return new UserError('E_SIGNER', `the signer ${inertLine(command[0])} ${problem}`, cause === undefined ? {} : { cause });
}

/** What it printed is no cause to show line by line: it may be the answer itself, in bytes. */
function notAnswered(hook: SignerHook, error: unknown): unknown {
  if (!(error instanceof UserError)) return error;
  switch (error.code) {
    case 'E_TIMEOUT':
      return signerError(hook, `took longer than ${hook.timeout < 10_000 ? `${hook.timeout} ms` : `${Math.round(hook.timeout / 1000)} s`}`);
    case 'E_TOOL_MISSING':
    case 'E_COMMAND':
      return signerError(hook, `gave no answer: ${error.message}`);
    default:
      return error;
  }
}

/** The last line of its complaints, without the values that were entrusted to it. */
function lastWords({ environment }: SignerHook, stderr: string): string {
  const line = stderr
    .split(/[\r\n]+/)
    .map((each) => each.trim())
    .findLast((each) => each !== '');
  if (line === undefined) return ', without a word on standard error';
  const hidden = Object.values(environment)
    .filter((value) => value.length >= 4)
    .sort((a, b) => b.length - a.length)
    .reduce((text, value) => text.replaceAll(value, '***'), line);
  return `; its last line: ${cutText(inertLine(hidden), 300)}`;
}
