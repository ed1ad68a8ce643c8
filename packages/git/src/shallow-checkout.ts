import { readFile } from 'node:fs/promises';
import { codeOf } from '@release-kit/action';
import type { Git } from './git.ts';

/** Where a shallow checkout was cut. */
export interface ShallowCheckout {
  /** All commits whose parents are missing. */
  readonly cut: readonly string[];
  /** The folder of its objects; absolute. */
  readonly objects: string;
}

/** Reads where a checkout was cut; undefined for one that is whole. Throws E_GIT. */
export async function shallowCheckout(git: Git): Promise<ShallowCheckout | undefined> {
  const { stdout } = await git.run(['rev-parse', '--path-format=absolute', '--git-path', 'shallow', '--git-path', 'objects']);
  const [file = '', objects = ''] = stdout.split('\n');
  try {
    const cut = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
    return cut.length === 0 ? undefined : { cut, objects };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
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
