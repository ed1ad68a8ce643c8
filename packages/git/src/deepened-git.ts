import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchedHistory } from './fetched-history.ts';
import type { Git } from './git.ts';
import { presentOf, type ShallowCheckout } from './shallow-checkout.ts';
import type { NamedCommit } from './tags.ts';

/**
 * Lets what was fetched be read like a checkout. With `shallow` it goes on where this was cut, and the objects of both are seen together; what is
 * elsewhere in the checkout stays cut.
 */
export async function deepenedGit(
  fetched: FetchedHistory,
  checkout: Git,
  sha: string,
  tags: readonly NamedCommit[],
  shallow?: ShallowCheckout,
): Promise<Git> {
  const { git, boundary } = fetched;
  if (shallow !== undefined) {
    const complete = await presentOf(git, shallow.cut);
    const still = shallow.cut.filter((commit) => !complete.has(commit));
    await appendFile(join(git.checkout, 'shallow'), still.map((commit) => `${commit}\n`).join(''));
    await mkdir(join(git.checkout, 'objects/info'), { recursive: true });
    await writeFile(join(git.checkout, 'objects/info/alternates'), `${shallow.objects}\n`);
  }
  const present = await presentOf(
    git,
    tags.map((tag) => tag.sha),
  );
  const names = tags.filter((tag) => present.has(tag.sha)).map((tag) => `update refs/tags/${tag.name}\0${tag.sha}\0\0`);
  await git.run(['update-ref', '--stdin', '-z'], { stdin: names.join('') });
  await git.run(['update-ref', '--no-deref', 'HEAD', sha]);
  return {
    ...git,
    checkout: checkout.checkout,
    run: (args, options) => git.run(args, { failure: `git cannot read the history of ${checkout.checkout}`, ...options }),
    deepened: { tags, present, boundary },
    [Symbol.asyncDispose]: () => fetched[Symbol.asyncDispose](),
  };
}
