import { inertLine, UserError } from '@release-kit/action';
import { listOf, text } from './answer-field.ts';
import { field } from './field.ts';
import type { GitHubCalls } from './github-calls.ts';

/** The commit that a tag names, through annotated ones; undefined when there is no such tag. */
export async function tagCommit({ at, call }: GitHubCalls, tag: string): Promise<string | undefined> {
  // To ask for one that is missing is 404, as for a token that sees nothing. This answers with all that begin so.
  const route = 'GET /repos/{owner}/{repo}/git/matching-refs/{ref}';
  const found = await call(`looking for the tag ${tag}`, route, { ...at, ref: `tags/${tag}` });
  const reference = listOf(found, 'references').find((one) => field(one, 'ref') === `refs/tags/${tag}`);
  if (reference === undefined) return undefined;
  let object = field(reference, 'object');
  // A tag may name a tag; nobody stacks them high.
  for (let depth = 0; field(object, 'type') === 'tag' && depth < 5; depth += 1) {
    const answer = await call(`reading the tag ${tag}`, 'GET /repos/{owner}/{repo}/git/tags/{tag_sha}', {
      ...at,
      tag_sha: text(object, 'sha', 'git object'),
    });
    object = field(answer, 'object');
  }
  return text(object, 'sha', 'git object');
}

/** The tag must name the commit that was built. One that is not there yet is made when the release is published. E_TAG_MOVED. */
export function refuseMovedTag(tag: string, named: string | undefined, built: string): void {
  if (named === undefined || named === built) return;
  throw new UserError('E_TAG_MOVED', `the tag ${inertLine(tag)} names ${inertLine(named)} on GitHub, but ${built} was built`, {
    cure: 'Find out who moved the tag; then build and release what it names now, or move it back, and run again.',
  });
}
