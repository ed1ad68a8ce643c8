import type { Git } from './git.ts';
import type { Question } from './question.ts';

/**
 * The commits that these names stand for, in full, in their order; undefined for a name that stands for none, and for what is no name at all. One process, however
 * many they are.
 */
export async function namedCommits(git: Git, names: readonly string[]): Promise<readonly (string | undefined)[]> {
  const asked = names.filter(isName);
  if (asked.length === 0) return names.map(() => undefined);
  const { args, stdin } = namesQuestion(names);
  const { stdout } = await git.run(args, { stdin });
  const answers = stdout.split('\n').slice(0, -1);
  if (answers.length !== asked.length) throw new Error('git cat-file did not answer every question');
  const commits = new Map(asked.map((name, index) => [name, /^([0-9a-f]{40,64}) commit$/.exec(answers[index] ?? '')?.[1]]));
  return names.map((name) => commits.get(name));
}

/** What git is asked about names, all at once. */
export function namesQuestion(names: readonly string[]): Question & { readonly stdin: string } {
  const lines = names.filter(isName).map((name) => `${name}^{commit}\n`);
  return { args: ['cat-file', '--batch-check=%(objectname) %(objecttype)'], stdin: lines.join(''), allow: [0] };
}

/** A line or a text of C holds no other. */
const isName = (name: string): boolean => !/[\n\0]/.test(name);
