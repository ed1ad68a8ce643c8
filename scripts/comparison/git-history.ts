import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A commit as git prints it, read by nothing of ours. */
export interface PlainCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
}

const run = promisify(execFile);

async function git(checkout: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', checkout, ...args], { maxBuffer: 1024 * 1024 * 1024 });
  return stdout;
}

/** All commits that HEAD has, by SHA. */
export async function plainHistory(checkout: string): Promise<ReadonlyMap<string, PlainCommit>> {
  const text = await git(checkout, 'log', '-z', '--encoding=UTF-8', '--format=%H %P%n%B', 'HEAD', '--');
  const commits = text
    .split('\0')
    .slice(0, -1)
    .map((record) => {
      const end = record.indexOf('\n');
      const [sha = '', ...parents] = record.slice(0, end).trimEnd().split(' ');
      return { sha, parents, message: record.slice(end + 1) };
    });
  return new Map(commits.map((commit) => [commit.sha, commit]));
}

export async function countCommits(checkout: string): Promise<number> {
  return Number(await git(checkout, 'rev-list', '--count', 'HEAD'));
}

/** The commit of a tag; undefined without it. */
export async function commitOfTag(checkout: string, tag: string): Promise<string | undefined> {
  return (await git(checkout, 'rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`).catch(() => '')).trim() || undefined;
}

/** A commit and all its ancestors, the plain way. */
export function closureOf(history: ReadonlyMap<string, PlainCommit>, sha: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const commit = history.get(next);
    if (commit === undefined || found.has(next)) continue;
    found.add(next);
    open.push(...commit.parents);
  }
  return found;
}
