import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const start = promisify(execFile);

export interface GitOptions {
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs git without this user's own settings; its standard output. */
export async function git(argv: readonly string[], { env = {} }: GitOptions = {}): Promise<string> {
  const { stdout } = await start('git', [...argv], {
    maxBuffer: 256 * 1024 * 1024,
    env: {
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_TERMINAL_PROMPT: '0',
      ...env,
    },
  });
  return stdout;
}

/** The same, trimmed; undefined when git says no. */
export async function askGit(...argv: readonly string[]): Promise<string | undefined> {
  return git(argv).then(
    (text) => text.trim(),
    () => undefined,
  );
}

/** Writes the whole tree of a commit into a folder, which is made anew. */
export async function exportCommit(bare: string, sha: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const env = { GIT_INDEX_FILE: `${folder}.index` };
  await git(['--git-dir', bare, '--work-tree', folder, 'read-tree', sha], { env });
  await git(['--git-dir', bare, '--work-tree', folder, 'checkout-index', '--all', '--force'], { env });
  await rm(env.GIT_INDEX_FILE, { force: true });
}
