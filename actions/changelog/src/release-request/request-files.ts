import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { inertLine, isInside, UserError } from '@release-kit/action';
import type { Git } from '@release-kit/git';
import type { CommittedFile } from '@release-kit/github';
import type { PreparedFile } from '../writing/target-file.ts';

/**
 * The files that belong into the commit: all that change. The commit is made from what git has, so a file that somebody changed and did not commit would bring
 * that along.
 *
 * @throws UserError E_GIT for such a file, E_PATH for one that lies outside of the checkout
 */
export async function requestFiles(files: readonly PreparedFile[], git: Git): Promise<readonly CommittedFile[]> {
  const root = await realpath(git.checkout);
  const changed = files.filter(({ isChanged }) => isChanged);
  for (const { path, shown } of changed) {
    if (!isInside(root, path))
      throw new UserError('E_PATH', `${inertLine(shown)} lies outside of the checkout, so no release request can have it`);
  }
  const inside = changed.map((file) => ({ ...file, name: relative(root, file.path).split(sep).join('/') }));
  if (inside.length === 0) return [];
  const names = inside.map(({ name }) => name).sort();
  await refuseUncommitted(git, names);
  const executable = await executables(git, names);
  const committed: CommittedFile[] = [];
  for (const { name, content } of inside) committed.push({ path: name, bytes: await bytesOf(content), executable: executable.has(name) });
  return committed.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function refuseUncommitted(git: Git, names: readonly string[]): Promise<void> {
  const { stdout } = await git.run(['--literal-pathspecs', 'diff', '--name-only', '--no-ext-diff', '-z', 'HEAD', '--', ...names]);
  const [first] = stdout.split('\0');
  if (first === undefined || first === '') return;
  throw new UserError('E_GIT', `${inertLine(first)} has changes that are not committed, and would bring them into the release request`, {
    cure: 'Commit or undo them; in a workflow, open the release request before a step that changes files.',
  });
}

async function executables(git: Git, names: readonly string[]): Promise<ReadonlySet<string>> {
  const { stdout } = await git.run(['--literal-pathspecs', 'ls-files', '--stage', '-z', '--', ...names]);
  return new Set(stdout.split('\0').flatMap((line) => /^100755 [0-9a-f]+ 0\t([\s\S]+)$/.exec(line)?.[1] ?? []));
}

async function bytesOf(content: PreparedFile['content']): Promise<Uint8Array> {
  if (typeof content === 'string') return Buffer.from(content);
  if (content instanceof Uint8Array) return content;
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts);
}
