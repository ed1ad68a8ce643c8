import type { Git } from './git.ts';
import { plainText, Refusal } from './refusal.ts';
import { type Published, planRefs, type RefChange, type RefPlan, type RemoteTags, remoteTags } from './remote-tags.ts';

/** Others may publish at the same time; after so many looks something else is wrong. */
const mostTries = 4;

/** Reads the tags of a repository. @throws Refusal git */
export const readRemoteTags = async (git: Git, remote: string): Promise<RemoteTags> =>
  remoteTags(await git.run(['ls-remote', '--tags', remote]));

/**
 * Brings the tags of `remote` to what they have to be. All change or none, where the repository can do that; a ref that somebody changed since it
 * was looked at is not overwritten: everything is looked at and decided anew.
 *
 * @returns what was changed in the end
 * @throws Refusal tag-taken, floating-tag, push, contended, git
 */
export async function pushTags(git: Git, remote: string, published: Published): Promise<readonly RefChange[]> {
  const done: RefChange[] = [];
  let before = '';
  let said = '';
  for (let tries = 0; tries < mostTries; tries += 1) {
    const tags = await readRemoteTags(git, remote);
    const now = listing(tags);
    if (tries > 0 && now === before) throw refused(remote, said);
    before = now;
    const changes = changesOf(planRefs(published, tags));
    if (changes.length === 0) return done;
    const answer = await pushTogether(git, remote, changes);
    done.push(...answer.done);
    if (answer.done.length === changes.length) return done;
    said = answer.said;
  }
  throw new Refusal('contended', `the tags of ${plainText(remote)} changed ${mostTries} times while they were pushed`, 'Run again.');
}

export const changesOf = ({ exact, floating }: RefPlan): readonly RefChange[] => [exact, floating].filter((change) => change !== undefined);

/** One line a tag, to see whether anything changed. */
const listing = (tags: RemoteTags): string => [...tags].map(([name, { object }]) => `${object} ${name}`).join('\n');

async function pushTogether(
  git: Git,
  remote: string,
  changes: readonly RefChange[],
): Promise<{ done: readonly RefChange[]; said: string }> {
  const together = await git.ask(['push', '--quiet', '--atomic', ...refArguments(remote, changes)]);
  if (together.exitCode === 0) return { done: changes, said: '' };
  if (!/does not support --atomic/.test(together.said)) return { done: [], said: together.said };
  // The exact tag first: a floating tag must never be ahead of what it is named for.
  const done: RefChange[] = [];
  for (const change of changes) {
    const { exitCode, said } = await git.ask(['push', '--quiet', ...refArguments(remote, [change])]);
    if (exitCode !== 0) return { done, said };
    done.push(change);
  }
  return { done, said: '' };
}

/** With a lease for each ref: an empty one says that it must not exist. */
const refArguments = (remote: string, changes: readonly RefChange[]): readonly string[] => [
  ...changes.map(({ name, seen }) => `--force-with-lease=refs/tags/${name}:${seen ?? ''}`),
  remote,
  ...changes.map(({ name, to }) => `${to}:refs/tags/${name}`),
];

function refused(remote: string, said: string): Refusal {
  const cure = /without [`'"]?workflows?/.test(said)
    ? 'The token must be allowed to change workflows, which that of a job never is; docs/publishing.md says how to make one.'
    : undefined;
  return new Refusal('push', `${plainText(remote)} did not take the tags:\n${said}`, cure);
}
