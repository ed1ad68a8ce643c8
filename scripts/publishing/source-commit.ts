import { join } from 'node:path';
import { gitIn } from './git.ts';
import type { Signature } from './import-stream.ts';
import { Refusal } from './refusal.ts';

/** The commit that is published: what it is named, who made it when, and where git keeps it. */
export interface SourceCommit {
  readonly name: string;
  readonly signature: Signature;
  /** Absolute; the folder of its objects. */
  readonly objects: string;
}

/**
 * Looks at a commit of a checkout (or of a bare repository). Author, committer and dates of the published commits are its own, so that the same
 * sources give the same commits.
 *
 * @throws Refusal source
 */
export async function sourceCommit(repository: string, commit: string): Promise<SourceCommit> {
  const git = gitIn(repository);
  if (!/^(HEAD|[0-9a-f]{40})$/.test(commit)) throw new Refusal('source', `${JSON.stringify(commit)} is no full name of a commit`);
  const found = await git.ask(['rev-parse', '--verify', '--quiet', `${commit}^{commit}`]);
  if (found.exitCode !== 0) throw new Refusal('source', `${repository} holds no commit ${commit}`);
  const name = found.stdout.toString().trim();
  if ((await git.run(['rev-parse', '--is-shallow-repository'])) === 'true')
    throw new Refusal('source', `${repository} is shallow: the tag would have no history`, 'Check out with fetch-depth: 0.');
  const format = '%an <%ae> %ad%x00%cn <%ce> %cd';
  const shown = await git.run(['show', '--no-patch', '--no-show-signature', '--encoding=UTF-8', '--date=raw', `--format=${format}`, name]);
  const [author, committer] = shown.split('\0');
  if (author === undefined || committer === undefined)
    throw new Refusal('source', `nobody made ${name}: git shows ${JSON.stringify(shown)}`);
  const common = await git.run(['rev-parse', '--path-format=absolute', '--git-common-dir']);
  return { name, signature: { author, committer }, objects: join(common, 'objects') };
}

/** Refuses when the checkout holds anything that its commit does not. @throws Refusal dirty */
export async function checkClean(checkout: string): Promise<void> {
  const changes = await gitIn(checkout).run(['status', '--porcelain', '--untracked-files=all']);
  if (changes === '') return;
  const lines = changes.split('\n');
  const shown = lines.slice(0, 10).join('\n') + (lines.length > 10 ? `\n… and ${lines.length - 10} more` : '');
  throw new Refusal('dirty', `what is to be published is not all committed:\n${shown}`, 'Commit or remove these, and run again.');
}
