import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '../testing/process.ts';
import { plainText, Refusal } from './refusal.ts';

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** Both streams, as lines that nobody obeys. */
  readonly said: string;
}

export interface Git {
  /** Absolute; where git runs. */
  readonly folder: string;
  /** Runs git whatever comes of it. */
  ask(args: readonly string[], options?: GitOptions): Promise<GitAnswer>;
  /** Its standard output without the last line's end. @throws Refusal git when git fails */
  run(args: readonly string[], options?: GitOptions): Promise<string>;
  /** The same byte for byte. */
  bytes(args: readonly string[], options?: GitOptions): Promise<Buffer>;
}

export interface GitOptions {
  readonly input?: Uint8Array;
}

/** What the user and the machine have set up could change objects or start programs: neither is read. */
const ownConfiguration = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'file:https:ssh',
  GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
  LC_ALL: 'C',
};

/** git in a folder, with nobody's settings; `token` opens a repository at https, and never stands on a command line. */
export function gitIn(folder: string, token?: string): Git {
  // Variables that name another repository would win over the folder; those that say whom to trust are the machine's.
  const inherited = Object.entries(process.env).filter(([name]) => !/^GIT_(?!SSL_)|_TOKEN$/.test(name));
  const env = { ...Object.fromEntries(inherited), ...ownConfiguration, ...settings(folder, token) };
  async function ask(args: readonly string[], { input }: GitOptions = {}): Promise<GitAnswer> {
    const { exitCode, output, stdout } = await runProcess(['git', '--no-pager', ...args], {
      cwd: folder,
      env,
      ...(input === undefined ? {} : { input }),
    });
    return { exitCode, stdout, said: plainText(output) };
  }
  async function bytes(args: readonly string[], options?: GitOptions): Promise<Buffer> {
    const { exitCode, stdout, said } = await ask(args, options);
    if (exitCode !== 0) throw new Refusal('git', `git ${args[0] ?? ''} ended with exit code ${exitCode}:\n${said}`);
    return stdout;
  }
  return { folder, ask, bytes, run: async (args, options) => (await bytes(args, options)).toString().replace(/\n$/, '') };
}

function settings(folder: string, token: string | undefined): Readonly<Record<string, string>> {
  const list: (readonly [string, string])[] = [
    ['safe.directory', folder],
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['core.quotePath', 'true'],
    ['gc.auto', '0'],
    // Looking for likenesses between megabytes of bundles costs seconds, and saves little of what is sent once.
    ['core.compression', '3'],
    ['pack.window', '0'],
    // A connection that is open and silent is a failure, and not a wait for ever.
    ['http.lowSpeedLimit', '100'],
    ['http.lowSpeedTime', '60'],
  ];
  if (token !== undefined) {
    const header = `Authorization: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
    // Wherever a repository may have moved to, the token is not for that place.
    list.push(['http.extraHeader', header], ['http.followRedirects', 'false']);
  }
  const numbered = list.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return { GIT_CONFIG_COUNT: `${list.length}`, ...Object.fromEntries(numbered) };
}

/** An empty bare repository that is removed in the end; it sees the objects of the folders given, and writes none into them. */
export async function scratchRepository(seen: readonly string[], token?: string): Promise<Git & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'release-kit-publish-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const git = gitIn(folder, token);
    await git.run(['init', '--quiet', '--bare', '--initial-branch=none', '.']);
    await writeFile(join(folder, 'objects', 'info', 'alternates'), seen.map((objects) => `${objects}\n`).join(''));
    return { ...git, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
