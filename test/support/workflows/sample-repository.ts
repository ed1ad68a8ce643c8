import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { git } from './git.ts';

/** Path -> content. */
export type Files = Readonly<Record<string, string>>;

export interface SampleRepository extends AsyncDisposable {
  readonly bare: string;
  /** Commits these files on top of a branch (main), nothing else changes; the full commit. */
  commit(files: Files, message?: string, branch?: string): Promise<string>;
  /** Tags what a branch holds, with a message. */
  tag(name: string, branch?: string): Promise<void>;
}

const by = { NAME: 'A Maintainer', EMAIL: 'maintainer@example.org', DATE: '2026-01-01T00:00:00Z' };
const env = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => Object.entries(by).map(([what, value]) => [`GIT_${who}_${what}`, value])),
);

/** A bare repository of its own for a test, with one commit when files are given. */
export async function sampleRepository(files?: Files): Promise<SampleRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'release-kit-repository-'));
  const bare = join(folder, 'bare.git');
  await git(['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  const work = join(folder, 'work');
  await mkdir(work);
  const at = ['--git-dir', bare, '--work-tree', work];

  async function commit(changed: Files, message = 'Change files', branch = 'main'): Promise<string> {
    const parent = await git([...at, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]).catch(() => '');
    const from = parent.trim() === '' && branch !== 'main' ? (await git([...at, 'rev-parse', 'refs/heads/main'])).trim() : parent.trim();
    await git([...at, 'read-tree', ...(from === '' ? ['--empty'] : [from])]);
    for (const [path, content] of Object.entries(changed)) {
      await mkdir(dirname(join(work, path)), { recursive: true });
      await writeFile(join(work, path), content, { mode: content.startsWith('#!') ? 0o755 : 0o644 });
    }
    await git([...at, 'update-index', '--add', '--', ...Object.keys(changed)]);
    const tree = (await git([...at, 'write-tree'])).trim();
    const sha = (await git([...at, 'commit-tree', tree, ...(from === '' ? [] : ['-p', from]), '-m', message], { env })).trim();
    await git([...at, 'update-ref', `refs/heads/${branch}`, sha]);
    return sha;
  }

  if (files !== undefined) await commit(files);
  return {
    bare,
    commit,
    tag: async (name, branch = 'main') => {
      await git([...at, 'tag', '-a', '-m', `Release ${name}`, name, `refs/heads/${branch}`], { env });
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
