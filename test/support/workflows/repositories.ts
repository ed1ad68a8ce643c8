import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askGit, exportCommit, git } from './git.ts';

/** A mistake in how the runner of workflows was set up: no result can be had. */
export class SetUpProblem extends Error {
  override readonly name = 'SetUpProblem';
}

/** A commit of a repository. */
export interface Source {
  /** `owner/name` */
  readonly repository: string;
  /** Full, such as `refs/tags/v1`; the commit where that was named. */
  readonly ref: string;
  readonly sha: string;
}

/** The repositories that `uses:` may name: bare ones on this disk. Trees of commits are written out once. */
export class Repositories implements AsyncDisposable {
  readonly #remotes: ReadonlyMap<string, string>;
  readonly #trees = new Map<string, Promise<string>>();
  #folder: Promise<string> | undefined;

  /** `owner/name` -> folder of the bare repository. */
  constructor(remotes: Readonly<Record<string, string>>) {
    this.#remotes = new Map(Object.entries(remotes));
  }

  /** The folder of a bare repository. Throws SetUpProblem for one that was not given. */
  bare(repository: string): string {
    const bare = this.#remotes.get(repository);
    if (bare === undefined)
      throw new SetUpProblem(`${repository} is used, but only ${[...this.#remotes.keys()].join(', ') || 'nothing'} was given as remotes`);
    return bare;
  }

  /** A full commit, a tag, a branch or a full reference, as GitHub takes them; an abbreviated commit is none. */
  async find(repository: string, ref: string): Promise<Source | undefined> {
    const bare = this.bare(repository);
    const names = /^[0-9a-f]{40}$/.test(ref) ? [ref] : ref.startsWith('refs/') ? [ref] : [`refs/tags/${ref}`, `refs/heads/${ref}`];
    for (const name of names) {
      const sha = await askGit('--git-dir', bare, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`);
      if (sha !== undefined) return { repository, ref: name, sha };
    }
    return undefined;
  }

  /** The text of a file; undefined where there is none. */
  async file({ repository, sha }: Source, path: string): Promise<string | undefined> {
    const bare = this.bare(repository);
    const there = await askGit('--git-dir', bare, 'ls-tree', '--name-only', sha, '--', path);
    return there === undefined || there === '' ? undefined : git(['--git-dir', bare, 'show', `${sha}:${path}`]);
  }

  /** A folder that holds the tree of a commit; nobody may change it. */
  async tree({ repository, sha }: Source): Promise<string> {
    const key = `${this.bare(repository)} ${sha}`;
    const known = this.#trees.get(key);
    if (known !== undefined) return known;
    const made = this.#export(repository, sha);
    this.#trees.set(key, made);
    return made;
  }

  async #export(repository: string, sha: string): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'release-kit-actions-'));
    const folder = join(await this.#folder, repository, sha);
    await exportCommit(this.bare(repository), sha, folder);
    return folder;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true });
  }
}
