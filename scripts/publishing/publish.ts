import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { findStubs } from '../building/bundle.ts';
import { answeredByFrame, startOnce } from '../building/startup.ts';
import { type BuiltTree, type Files, readBuiltTree, sorted } from './built-tree.ts';
import { type Git, scratchRepository } from './git.ts';
import { commitStream, type NewCommit, tagObject } from './import-stream.ts';
import { changesOf, pushTags, readRemoteTags } from './push.ts';
import { readBack } from './read-back.ts';
import { checkedRepositoryName } from './references.ts';
import { plainText, Refusal } from './refusal.ts';
import { actionFiles, pinningFiles, type ReleaseSources } from './release-tree.ts';
import { planRefs, type RefChange } from './remote-tags.ts';
import { type SourceCommit, sourceCommit } from './source-commit.ts';
import { namedVersion } from './version.ts';

export interface PublishOptions {
  /** What `npm run build` made. */
  readonly dist: string;
  /** Folder of the workflows; those whose names begin with a dot are our own affair. */
  readonly workflows: string;
  /** The commit that was built: a folder with a repository, and HEAD or a full name. */
  readonly source: { readonly repository: string; readonly commit: string };
  /** Where to publish: address or folder of a git repository. */
  readonly remote: string;
  /** `owner/name` that callers write. */
  readonly repository: string;
  /** `v1.2.3` */
  readonly version: string;
  /** Opens an address at https. */
  readonly token?: string | undefined;
  /** The bundles were started where they were built. Here none may run, since what holds a token would run with it. */
  readonly started?: boolean;
  /** Decides everything, and writes nothing. */
  readonly dryRun?: boolean;
}

export interface Publication {
  readonly source: string;
  /** Full name of the commit with the actions, which everything names. */
  readonly actionsCommit: string;
  /** That of the commit that the tags name. */
  readonly commit: string;
  /** What was changed; in a dry run what would be. */
  readonly changes: readonly RefChange[];
  /** Why the floating tag stays where it is. */
  readonly stays: string | undefined;
  readonly files: Files;
}

/**
 * Publishes a built tree as tags of a repository: one commit with the actions, one on top of it that names the first by its full name, an
 * exact tag on that, and the floating tag of its major version. Then fetches it back and compares.
 *
 * The same sources, version and name give the same commits, so a second run finds everything in place.
 */
export async function publishTree(options: PublishOptions): Promise<Publication> {
  const version = namedVersion(options.version);
  const repository = checkedRepositoryName(options.repository);
  const remote = checkedRemote(options.remote);
  const source = await sourceCommit(options.source.repository, options.source.commit);
  const built = await readBuiltTree(options.dist);
  await checkBundles(options.dist, built.actions, options.started === true);
  const sources = { built, workflows: await publicWorkflows(options.workflows), repository, version, source: source.name };

  await using git = await scratchRepository([source.objects], options.token);
  const made = await makeCommits(git, source, sources);
  const published = { version, commit: made.commit, tag: made.tag };
  const common = { source: source.name, actionsCommit: made.actionsCommit, commit: made.commit, files: made.allFiles };
  const plan = planRefs(published, await readRemoteTags(git, remote));
  if (options.dryRun === true) return { ...common, changes: changesOf(plan), stays: plan.stays };

  const changes = await pushTags(git, remote, published);
  await readBack(remote, { published, ...made }, options.token);
  return { ...common, changes, stays: plan.stays };
}

interface MadeCommits {
  readonly actionsCommit: string;
  readonly commit: string;
  readonly tag: string;
  readonly actionFiles: Files;
  readonly allFiles: Files;
}

async function makeCommits(git: Git, { name, signature }: SourceCommit, sources: ReleaseSources): Promise<MadeCommits> {
  const { tag } = sources.version;
  const actions = actionFiles(sources);
  const actionsCommit = await makeCommit(git, {
    ...{ parent: name, signature, fresh: true, files: actions },
    message: `release-kit ${tag}: actions\n\nSource: ${name}\n`,
  });
  const pinning = pinningFiles(sources, actionsCommit);
  const commit = await makeCommit(git, {
    ...{ parent: actionsCommit, signature, fresh: false, files: pinning },
    message: `release-kit ${tag}\n\nSource: ${name}\nActions: ${actionsCommit}\n`,
  });
  const tagName = await git.run(['mktag'], { input: tagObject(commit, tag, signature, `release-kit ${tag}\n\nSource: ${name}\n`) });
  return { actionsCommit, commit, tag: tagName, actionFiles: actions, allFiles: sorted(new Map([...actions, ...pinning])) };
}

async function makeCommit(git: Git, commit: NewCommit): Promise<string> {
  const ref = 'refs/heads/published';
  await git.run(['fast-import', '--quiet', '--done', '--force', '--depth=0'], { input: commitStream(ref, commit) });
  return git.run(['rev-parse', '--verify', ref]);
}

/** Every bundle as it will be published is searched for what ncc could not resolve, and started once. @throws Refusal bundle */
async function checkBundles(dist: string, actions: BuiltTree['actions'], started: boolean): Promise<void> {
  for (const name of actions) {
    const stubs = await findStubs(join(dist, name));
    if (stubs.length > 0) throw new Refusal('bundle', `${name} holds imports that nobody resolves: ${stubs.join(', ')}`);
    if (started) continue;
    const said = await startOnce(join(dist, name, 'index.js'));
    if (!answeredByFrame(said)) throw new Refusal('bundle', `${name} does not start:\n${plainText(said)}`);
  }
}

async function publicWorkflows(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => /^[a-z][a-z0-9-]*\.yml$/.test(name)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)));
}

/** git runs in a folder of its own, so a relative path has to be made absolute. @throws Refusal usage */
function checkedRemote(remote: string): string {
  if (remote === '' || remote.startsWith('-') || /^[A-Za-z0-9+.-]*::/.test(remote) || /[\0-\x1f\x7f]/.test(remote))
    throw new Refusal('usage', `${JSON.stringify(remote)} is no address of a repository`);
  return isAbsolute(remote) || remote.includes('://') || /^[^/]+:/.test(remote) ? remote : resolve(remote);
}
