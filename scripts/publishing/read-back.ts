import type { Files } from './built-tree.ts';
import { scratchRepository } from './git.ts';
import { readRemoteTags } from './push.ts';
import { Refusal } from './refusal.ts';
import { type Published, planRefs } from './remote-tags.ts';

export interface Expected {
  readonly published: Published;
  /** The first commit, with the actions. */
  readonly actionsCommit: string;
  readonly actionFiles: Files;
  /** Everything that the second one holds. */
  readonly allFiles: Files;
}

/**
 * Fetches what was pushed into an empty repository, as a caller's runner does, and compares it file by file, byte by byte.
 *
 * @throws Refusal read-back
 */
export async function readBack(remote: string, expected: Expected, token?: string): Promise<void> {
  const { version, commit } = expected.published;
  await using git = await scratchRepository([], token);
  const tags = await readRemoteTags(git, remote);
  if (tags.get(version.tag)?.commit !== commit) throw new Refusal('read-back', `${version.tag} is not the commit that was pushed`, again);
  const { floating } = planRefs(expected.published, tags);
  if (floating !== undefined) throw new Refusal('read-back', `${floating.name} is not what was pushed`, again);
  await git.run(['fetch', '--quiet', '--no-tags', '--depth=2', remote, `refs/tags/${version.tag}`]);
  const [tip, parent] = (await git.run(['log', '--format=%H', '--max-count=2', 'FETCH_HEAD'])).split('\n');
  if (tip !== commit || parent !== expected.actionsCommit)
    throw new Refusal('read-back', `${version.tag} leads to ${tip} on ${parent}, not to ${commit} on ${expected.actionsCommit}`, again);
  const objects = { tip: await treeOf(git, commit), parent: await treeOf(git, expected.actionsCommit) };
  for (const [tree, files] of [[objects.tip, expected.allFiles] as const, [objects.parent, expected.actionFiles] as const]) {
    const wrong = differingPaths(tree, files);
    if (wrong.length > 0) throw new Refusal('read-back', `${version.tag} differs from what was built in ${wrong.join(', ')}`, again);
  }
}

const again = 'Do not announce this version. See "When it stops" in docs/publishing.md.';

/** Paths that are in one of both only, or differ; both are sorted out by path. */
export const differingPaths = (tree: Files, files: Files): readonly string[] =>
  [...new Set([...tree.keys(), ...files.keys()])].sort().filter((path) => tree.get(path)?.equals(files.get(path) ?? never) !== true);

/** Equal to no file, an empty one neither. */
const never = Buffer.from('there is no such file');

type Reader = Awaited<ReturnType<typeof scratchRepository>>;

/** Every file of a commit; anything but a plain file is named with its mode, so that it equals none. */
async function treeOf(git: Reader, commit: string): Promise<Files> {
  const listed = (await git.bytes(['ls-tree', '-r', '-z', '--full-tree', commit]))
    .toString()
    .split('\0')
    .filter((line) => line !== '');
  const entries = listed.map((line) => {
    const [, mode, object, path] = /^(\d{6}) \w+ ([0-9a-f]{40})\t(.+)$/s.exec(line) ?? [];
    if (mode === undefined || object === undefined || path === undefined)
      throw new Refusal('read-back', `git lists ${JSON.stringify(line)}`);
    return { object, path: mode === '100644' ? path : `${path} (mode ${mode})` };
  });
  const bytes = await git.bytes(['cat-file', '--batch'], { input: Buffer.from(entries.map(({ object }) => `${object}\n`).join('')) });
  const files = new Map<string, Buffer>();
  let offset = 0;
  for (const { path } of entries) {
    const end = bytes.indexOf('\n', offset);
    const size = Number(/^[0-9a-f]{40} blob (\d+)$/.exec(bytes.subarray(offset, end).toString())?.[1]);
    if (!Number.isInteger(size)) throw new Refusal('read-back', `git has no content for ${JSON.stringify(path)}`);
    files.set(path, bytes.subarray(end + 1, end + 1 + size));
    offset = end + 1 + size + 1;
  }
  return files;
}
