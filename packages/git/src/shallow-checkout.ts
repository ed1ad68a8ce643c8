import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Git } from './git.ts';
import type { Question } from './question.ts';

/** Where a shallow checkout was cut. */
export interface ShallowCheckout {
  /** All commits whose parents are missing. */
  readonly cut: readonly string[];
  /** The folder of its objects; absolute. */
  readonly objects: string;
}

export const shallowQuestion: Question = {
  args: ['rev-parse', '--is-shallow-repository', '--git-path', 'shallow', '--git-path', 'objects'],
  allow: [0],
};

/**
 * Whether files tell already that nothing was cut, as mostly: an ordinary folder `.git` (a linked work tree has a file, or shares another folder) without a list of cuts, which
 * is what git itself looks for. False: git has to be asked.
 */
export function isSurelyWhole({ checkout }: Pick<Git, 'checkout'>): boolean {
  const has = (name: string): boolean => existsSync(join(checkout, '.git', name));
  return has('HEAD') && !has('shallow') && !has('commondir');
}

/** Reads where a checkout was cut; undefined for one that is whole. Throws E_GIT. */
export async function shallowCheckout(git: Git): Promise<ShallowCheckout | undefined> {
  if (isSurelyWhole(git)) return undefined;
  const { stdout } = await git.run(shallowQuestion.args);
  const [isShallow, file = '', objects = ''] = stdout.split('\n');
  if (isShallow === 'false') return undefined;
  const cut = (await readFile(resolve(git.checkout, file), 'utf8')).split('\n').filter((line) => line !== '');
  return { cut, objects: resolve(git.checkout, objects) };
}

/** What a commit of the checkout has in it, without what `without` has. Throws E_GIT. */
export async function commitsThere(git: Git, sha: string, without?: string): Promise<ReadonlySet<string>> {
  const range = without === undefined ? [sha] : [sha, `^${without}`];
  const commits = new Set<string>();
  await git.run(['rev-list', '--stdin'], {
    stdin: range.map((line) => `${line}\n`).join(''),
    keep: false,
    onLine: (line, stream) => {
      if (stream === 'stdout') commits.add(line);
    },
  });
  return commits;
}

/** Those of these objects that are there, whatever they are. */
export async function presentOf(git: Git, shas: readonly string[]): Promise<ReadonlySet<string>> {
  if (shas.length === 0) return new Set();
  const { stdout } = await git.run(['cat-file', '--batch-check=%(objectname)'], { stdin: shas.map((sha) => `${sha}\n`).join('') });
  return new Set(stdout.split('\n').filter((line) => line !== '' && !line.includes(' ')));
}
