import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitIn } from '../../scripts/publishing/git.ts';
import { type Publication, type PublishOptions, publishTree } from '../../scripts/publishing/publish.ts';

const root = join(import.meta.dirname, '../..');
/** Who made the sources, when: the same in every run, so that the published commits are the same too. */
const someone = 'A Maintainer <maintainer@example.org> 1700000000 +0100';

export interface PublishedTree extends AsyncDisposable, Publication {
  /** Absolute; a bare repository with the tags. */
  readonly remote: string;
  /** `owner/name` that callers write. */
  readonly repository: string;
  readonly version: string;
}

export interface PublishedTreeOptions {
  readonly version?: string;
  /** `owner/name`; default: the name that the sources use. */
  readonly repository?: string;
  readonly dist?: string;
  readonly workflows?: string;
}

/** Publishes what was built (`npm run build`) with the workflows of this tree to a bare repository of its own, as a release does. */
export async function publishedTree(options: PublishedTreeOptions = {}): Promise<PublishedTree> {
  const { version = 'v1.0.0', repository = 'release-kit/release-kit' } = options;
  const { dist = join(root, 'dist'), workflows = join(root, '.github', 'workflows') } = options;
  const remote = await mkdtemp(join(tmpdir(), 'release-kit-published-'));
  const remove = (): Promise<void> => rm(remote, { recursive: true, force: true });
  try {
    const source = { repository: remote, commit: await emptyRepository(remote, 'sources') };
    const publication = await publishInto(remote, { dist, workflows, source, repository, version });
    return { ...publication, remote, repository, version, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Tags a folder's repository; the build has started the bundles. */
export const publishInto = (remote: string, options: Omit<PublishOptions, 'remote'>): Promise<Publication> =>
  publishTree({ ...options, remote, started: true });

/** A bare repository with one commit on main that holds nothing: sources to publish from. Returns the commit. */
export async function emptyRepository(folder: string, message: string): Promise<string> {
  const git = gitIn(folder);
  await git.run(['init', '--quiet', '--bare', '--initial-branch=main', '.']);
  const stream = `commit refs/heads/main\nauthor ${someone}\ncommitter ${someone}\ndata ${message.length}\n${message}\ndone\n`;
  await git.run(['fast-import', '--quiet', '--done'], { input: Buffer.from(stream) });
  return git.run(['rev-parse', 'main']);
}
