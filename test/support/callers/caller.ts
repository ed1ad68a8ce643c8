import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git } from '../history.ts';

/** A repository of somebody who uses release-kit: what GitHub has of it, and the checkout of its maintainer. */
export interface Caller {
  /** `octo-org/hello-service` */
  readonly name: string;
  /** Absolute; a bare repository. */
  readonly bare: string;
  /** Absolute. */
  readonly checkout: string;
  /** Writes files (`undefined`: removes them), commits all of it, and pushes the branch; returns the commit. `author`: `name <email>`. */
  commit(message: string, files: Readonly<Record<string, string | undefined>>, author?: string): Promise<string>;
  /** Tags HEAD and pushes the tag. */
  tag(name: string): Promise<void>;
  /** Reads a file of the checkout, changes it in the text, and gives it back for a commit. A pattern that is not there is an error. */
  edited(path: string, from: RegExp, to: string): Promise<Readonly<Record<string, string>>>;
  git(args: readonly string[]): Promise<string>;
}

const workflows = join(import.meta.dirname, '../../../examples/workflows');
/** Days since the first commit of the example, so that what is committed here is the newest. */
const firstDay = 40;

/** `fill` makes the history; the workflows are added to it as a user pastes them, under names of their own. */
export async function callerRepository(
  folder: string,
  name: string,
  fill: (checkout: string) => Promise<void>,
  pasted: Readonly<Record<string, string>>,
): Promise<Caller> {
  const [bare, checkout] = [join(folder, `${name}.git`), join(folder, name)];
  await mkdir(checkout, { recursive: true });
  await fill(checkout);
  await git(folder, 0, ['clone', '--quiet', '--bare', checkout, bare]);
  const caller = callerOf(name, bare, checkout);
  await caller.git(['remote', 'add', 'origin', bare]);
  if (Object.keys(pasted).length === 0) return caller;
  const files = Object.entries(pasted).map(
    async ([file, example]) => [`.github/workflows/${file}`, await exampleWorkflow(example)] as const,
  );
  await caller.commit('ci: build, check and release packages by release-kit', Object.fromEntries(await Promise.all(files)));
  return caller;
}

/** The text of a file in examples/workflows. */
export const exampleWorkflow = (example: string): Promise<string> => readFile(join(workflows, example), 'utf8');

/** All of them. */
export const exampleWorkflows = async (): Promise<readonly string[]> =>
  (await readdir(workflows)).filter((file) => file.endsWith('.yml')).sort();

export function callerOf(name: string, bare: string, checkout: string): Caller {
  let day = firstDay;
  const run = (args: readonly string[]): Promise<string> => git(checkout, day, args);
  return {
    name,
    bare,
    checkout,
    git: run,
    async commit(message, files, author) {
      day += 1;
      for (const [path, text] of Object.entries(files)) {
        const file = join(checkout, path);
        if (text === undefined) await rm(file, { recursive: true });
        else {
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, text);
        }
      }
      await run(['add', '--all']);
      await run(['commit', '--quiet', '--message', message, ...(author === undefined ? [] : [`--author=${author}`])]);
      await run(['push', '--quiet', 'origin', 'HEAD']);
      return (await run(['rev-parse', 'HEAD'])).trim();
    },
    async tag(tag) {
      await run(['tag', '--annotate', '--message', `${name} ${tag}`, tag]);
      await run(['push', '--quiet', 'origin', `refs/tags/${tag}`]);
    },
    async edited(path, from, to) {
      const text = await readFile(join(checkout, path), 'utf8');
      if (!from.test(text)) throw new Error(`${path} does not hold ${String(from)}`);
      return { [path]: text.replace(from, to) };
    },
  };
}
