import type { RecordingHost } from '@release-kit/action';

/** A commit as it is given to git, byte for byte. `parents` are places in the list. */
export interface RawCommit {
  readonly message: string | Uint8Array;
  readonly parents?: readonly number[];
  /** Default `A <a@example.org> 1700000000 +0000`. */
  readonly author?: string;
  readonly committer?: string;
  /** More lines of the header, such as `encoding ISO-8859-1`. */
  readonly header?: string;
  /** Paths; each is written anew. */
  readonly files?: readonly string[];
}

/** Makes these commits as objects, whatever `git commit` would say about them; the last one is HEAD. Returns their names. */
export async function rawCommits(host: RecordingHost, commits: readonly RawCommit[]): Promise<readonly string[]> {
  const git = async (args: readonly string[], stdin?: Uint8Array): Promise<string> =>
    (await host.exec(['git', ...args], stdin === undefined ? {} : { stdin })).stdout.trim();
  await git(['init', '--quiet']);
  const names: string[] = [];
  for (const [index, commit] of commits.entries()) {
    for (const file of commit.files ?? [])
      await git([
        'update-index',
        '--add',
        '--cacheinfo',
        '100644',
        await git(['hash-object', '-w', '--stdin'], Buffer.from(`${index}`)),
        file,
      ]);
    const time = 1_700_000_000 + index * 60;
    const lines = [
      `tree ${await git(['write-tree'])}`,
      ...(commit.parents ?? (index === 0 ? [] : [index - 1])).map((at) => `parent ${names[at]}`),
      `author ${commit.author ?? `A <a@example.org> ${time} +0000`}`,
      `committer ${commit.committer ?? `C <c@example.org> ${time} +0000`}`,
      ...(commit.header === undefined ? [] : [commit.header]),
    ];
    const bytes = Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`), Buffer.from(commit.message)]);
    names.push(await git(['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], bytes));
  }
  await git(['update-ref', 'HEAD', names.at(-1) ?? '']);
  return names;
}
