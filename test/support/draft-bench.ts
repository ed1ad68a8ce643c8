import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HurriedClock, hurriedClock, recordingHost, UserError } from '@release-kit/action';
import { bringToPlan } from '@release-kit/action-draft-release';
import { githubStore, type PlannedRelease, planRelease, type SchedulerLimits, schedulerOf } from '@release-kit/github';
import { type FakeAsset, type FakeGitHub, type FakeRelease, startFakeGitHub } from '@release-kit/github-stand-in';

/** How a run ended, and what it said. */
export interface Attempt {
  /** `done`, or the code of its error. */
  readonly ended: string;
  readonly message: string;
  readonly cure: string;
  readonly lines: readonly string[];
}

export interface AttemptOptions {
  readonly plan?: PlannedRelease;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<SchedulerLimits>;
  readonly apiUrl?: string;
}

/** A repository with a past, and one draft that is to be made in it. */
export interface DraftBench extends AsyncDisposable {
  readonly github: FakeGitHub;
  /** Of all runs and of the stand-in: waits take no time. */
  readonly clock: HurriedClock;
  readonly plan: PlannedRelease;
  /** One run, from preflight to the comparison at the end; what is no UserError is thrown. */
  attempt(options?: AttemptOptions): Promise<Attempt>;
  /** A plan of these files, written anew; what is not given is as in `plan`. */
  planOf(contents: Readonly<Record<string, string>>, change?: Partial<PlannedRelease>): Promise<PlannedRelease>;
  /** Our drafts and releases of the tag, without what differs from one repository to the next; assets by their names. */
  ours(): readonly object[];
  /** What of others is no longer as it was. */
  touched(): readonly string[];
}

export const tag = 'v1.0.0';
export const commit = 'c'.repeat(40);

/** Names and contents of so many small assets. */
export const contentsOf = (count: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`hello-${index}_1.0_amd64.deb`, `package ${index}`]));

export const assetWith = (github: FakeGitHub, name: string, content: string, state: FakeAsset['state'] = 'uploaded'): FakeAsset => {
  const bytes = state === 'uploaded' ? Buffer.from(content) : new Uint8Array();
  return { id: github.newId(), name, label: null, contentType: 'application/octet-stream', bytes, state };
};

export async function draftBench(contents: Readonly<Record<string, string>>): Promise<DraftBench> {
  const clock = hurriedClock();
  const github = await startFakeGitHub({ now: clock.now });
  const files = await recordingHost();
  const planOf: DraftBench['planOf'] = async (wanted, change) => ({ ...(await written(files.files.workspace, wanted)), ...change });
  const usual = await planOf(contents);
  const foreign = addForeign(github);
  const before = foreign.map((release) => JSON.stringify(release));
  return {
    github,
    clock,
    plan: usual,
    planOf,
    async attempt({ plan = usual, signal, limits, apiUrl = github.url } = {}) {
      await using host = await recordingHost({ env: { GITHUB_API_URL: apiUrl }, clock, ...(signal === undefined ? {} : { signal }) });
      schedulerOf(host, limits);
      const said = { lines: host.recorded.lines, message: '', cure: '' };
      try {
        await using store = await githubStore(host, { repository: github.repository, token: 'ghs_0123456789abcdef' });
        await store.preflight(plan);
        await bringToPlan(store, plan, host);
        return { ended: 'done', ...said };
      } catch (error) {
        if (signal?.aborted === true) return { ended: 'killed', ...said };
        if (!(error instanceof UserError)) throw error;
        return { ...said, ended: error.code, message: error.message, cure: error.cure };
      }
    },
    ours: () => github.releases.filter((release) => !foreign.includes(release)).map(compared),
    touched: () =>
      foreign.flatMap((release, index) =>
        github.releases.includes(release) && JSON.stringify(release) === before[index] ? [] : [`${release.tag} ${release.title}`],
      ),
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      await files[Symbol.asyncDispose]();
      // No test may pass with a request or an answer that GitHub does not know.
      if (github.violations.length > 0) throw new Error(github.violations.join('\n'));
    },
  };
}

/** What others have in the repository: a draft of the same tag, one that we made of another tag, and what was published. */
function addForeign(github: FakeGitHub): readonly FakeRelease[] {
  const assets = (): FakeAsset[] => [assetWith(github, 'hello-0_1.0_amd64.deb', 'of others')];
  return [
    github.addRelease({ tag: 'v0.9.0', title: 'before', draft: false, assets: assets() }),
    github.addRelease({ tag, title: 'by hand', body: 'Written by a person', assets: assets() }),
    github.addRelease({ tag: 'v1.1.0', title: 'next', body: '<!-- release-kit draft of v1.1.0 -->', assets: assets() }),
  ];
}

async function written(workspace: string, contents: Readonly<Record<string, string>>): Promise<PlannedRelease> {
  const digest = createHash('sha256').update(JSON.stringify(contents)).digest('hex').slice(0, 12);
  const folder = join(workspace, digest);
  await mkdir(folder, { recursive: true });
  const files = [];
  for (const [name, content] of Object.entries(contents)) {
    const file = join(folder, name);
    await writeFile(file, content);
    files.push({ name, file, size: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex') });
  }
  return planRelease({ tag, prerelease: false, notes: 'Notes', commit, files });
}

function compared({ tag, title, body, commit, draft, prerelease, assets }: FakeRelease): object {
  const stored = assets.map(({ name, bytes, state, contentType }) => `${name} ${state} ${contentType} ${Buffer.from(bytes).toString()}`);
  return { tag, title, body, commit, draft, prerelease, assets: stored.sort() };
}
