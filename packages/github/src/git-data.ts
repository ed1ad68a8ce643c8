import { listOf } from './answer-field.ts';
import { type RemoteCommit, readGitCommit, readReference, shaOf } from './git-data-answers.ts';
import type { GitHubCalls } from './github-calls.ts';

/** A file as a commit is to have it. */
export interface CommittedFile {
  /** Relative to the root of the repository, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** The few calls that make a commit without a checkout; each throws E_TOKEN or E_GITHUB. */
export interface GitData {
  /** The commit that a branch, or the object that a tag names (`heads/main`, `tags/v1.0.0`); undefined when there is none of the name. */
  reference(name: string): Promise<string | undefined>;
  commit(sha: string): Promise<RemoteCommit>;
  /** The tree `base` with these files in it: the same for the same files. */
  tree(base: string, files: readonly CommittedFile[]): Promise<string>;
  createCommit(message: string, tree: string, parent: string): Promise<string>;
  /** Without `refs/heads/`. */
  createBranch(name: string, sha: string): Promise<void>;
  /** Whatever the branch named before. */
  moveBranch(name: string, sha: string): Promise<void>;
}

export function gitData({ at, call }: GitHubCalls): GitData {
  return {
    async reference(name) {
      // To ask for one that is missing is 404, as for a token that sees nothing. This answers with all that begin so.
      const found = await call(`looking for ${name}`, 'GET /repos/{owner}/{repo}/git/matching-refs/{ref}', { ...at, ref: name });
      const references = listOf(found, 'references').map(readReference);
      return references.find(({ ref }) => ref === `refs/${name}`)?.sha;
    },
    commit: async (sha) =>
      readGitCommit(await call('reading a commit', 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}', { ...at, commit_sha: sha })),
    async tree(base, files) {
      const tree: object[] = [];
      for (const { path, bytes, executable } of files) {
        const content = Buffer.from(bytes).toString('base64');
        const blob = await call('storing a file', 'POST /repos/{owner}/{repo}/git/blobs', { ...at, content, encoding: 'base64' });
        tree.push({ path, mode: executable ? '100755' : '100644', type: 'blob', sha: shaOf(blob) });
      }
      return shaOf(await call('storing the files', 'POST /repos/{owner}/{repo}/git/trees', { ...at, base_tree: base, tree }));
    },
    // GitHub signs what has no author for the app whose token this is.
    createCommit: async (message, tree, parent) =>
      shaOf(await call('making the commit', 'POST /repos/{owner}/{repo}/git/commits', { ...at, message, tree, parents: [parent] })),
    async createBranch(name, sha) {
      await call(`making the branch ${name}`, 'POST /repos/{owner}/{repo}/git/refs', { ...at, ref: `refs/heads/${name}`, sha });
    },
    async moveBranch(name, sha) {
      const route = 'PATCH /repos/{owner}/{repo}/git/refs/{ref}';
      await call(`moving the branch ${name}`, route, { ...at, ref: `heads/${name}`, sha, force: true });
    },
  };
}
