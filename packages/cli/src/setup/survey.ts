import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { codeOf, type Host } from '@release-kit/action';
import { readPackages } from '@release-kit/action-build-matrix';
import { findConfig, loadConfig } from '@release-kit/config';
import { findCheckout, type Git, openGit, originAddress } from '@release-kit/git';
import { findPublicKey } from '../checkup/public-key.ts';
import { languagesOf } from './languages.ts';

export interface SurveyedPackage {
  /** From the root of the checkout; `.` for the root itself. */
  readonly folder: string;
  /** The Source field. */
  readonly source: string;
  readonly languages: readonly string[];
  /** Words of all Architecture fields. */
  readonly architectures: readonly string[];
  /** Names of the files in debian/. */
  readonly debianFiles: readonly string[];
}

/** What a repository is, as far as its workflows depend on it. */
export interface Survey {
  /** Absolute: the root of the checkout. */
  readonly root: string;
  readonly packages: readonly SurveyedPackage[];
  /** Relative to the root; undefined when there is none. */
  readonly config: string | undefined;
  /** Strangers' text, as all names here. */
  readonly branch: string;
  /** `owner/name`; undefined without a remote that has such a name. */
  readonly repository: string | undefined;
  /** Names in .github/workflows, sorted. */
  readonly workflows: readonly string[];
  /** A public key in the repository, relative to its root. */
  readonly publicKey: string | undefined;
  readonly isShallow: boolean;
  readonly releaseTags: number;
}

/** Looks at the checkout that holds `path`; nothing of it is run. Throws E_GIT, E_SOURCE, E_CONTROL, E_CONFIG. */
export async function surveyRepository(path: string, host: Host): Promise<Survey> {
  const root = await findCheckout(resolve(host.files.workspace, path));
  await using git = await openGit(host, root);
  const file = await findConfig(root);
  const { packages } = await readPackages(file, await loadConfig(file, root), root, host);
  const address = await originAddress(git);
  const { stdout: tags } = await git.run(['tag', '--list', 'v[0-9]*']);
  const { stdout: shallow } = await git.run(['rev-parse', '--is-shallow-repository']);
  const surveyed: SurveyedPackage[] = [];
  for (const { folder, source, architectures } of packages) {
    const languages = languagesOf(await namesIn(join(root, folder)));
    surveyed.push({ folder, source, languages, architectures, debianFiles: await namesIn(join(root, folder, 'debian')) });
  }
  return {
    root,
    packages: surveyed,
    config: file?.slice(root.length + 1),
    branch: await mainBranch(git),
    repository: address === undefined ? undefined : repositoryIn(address),
    workflows: (await namesIn(join(root, '.github', 'workflows'))).filter((name) => /\.ya?ml$/.test(name)),
    publicKey: await findPublicKey(root),
    isShallow: shallow.trim() === 'true',
    releaseTags: tags.split('\n').filter((line) => line !== '').length,
  };
}

/** `git@host:owner/name.git`, `ssh://git@host/owner/name`, and the like -> `owner/name`. */
export function repositoryIn(address: string): string | undefined {
  return /(?:^|[/:])([A-Za-z0-9-]+\/[A-Za-z0-9._-]+?)(?:\.git)?\/?$/.exec(address)?.[1];
}

/** What the remote says, else the branch that is checked out; `main` on a detached one. */
async function mainBranch(git: Git): Promise<string> {
  for (const ref of ['refs/remotes/origin/HEAD', 'HEAD']) {
    const { stdout, exitCode } = await git.run(['symbolic-ref', '--quiet', '--short', ref], { allow: [0, 1, 128] });
    if (exitCode === 0) return stdout.trim().replace(/^origin\//, '');
  }
  return 'main';
}

/** Sorted; none where there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await stat(folder)).isDirectory() ? (await readdir(folder)).sort() : [];
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}
