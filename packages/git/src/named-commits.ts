import type { Git } from './git.ts';

/**
 * The commits that these names stand for, in full, in their order; undefined for a name that stands for none, and for what is no name at all. One process, however
 * many they are.
 */
export async function namedCommits(git: Git, names: readonly string[]): Promise<readonly (string | undefined)[]> {
  const asked = names.filter((name) => !/[\n\0]/.test(name));
  if (asked.length === 0) return names.map(() => undefined);
  const { stdout } = await git.run(['cat-file', '--batch-check=%(objectname) %(objecttype)'], {
    stdin: asked.map((name) => `${name}^{commit}\n`).join(''),
  });
  const answers = stdout.split('\n').slice(0, -1);
  if (answers.length !== asked.length) throw new Error('git cat-file did not answer every question');
  const commits = new Map(asked.map((name, index) => [name, /^([0-9a-f]{40,64}) commit$/.exec(answers[index] ?? '')?.[1]]));
  return names.map((name) => commits.get(name));
}
