import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type HurriedClock, hurriedClock, type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run, spec } from '@release-kit/action-draft-release';
import { type FakeGitHub, type FakeRelease, startFakeGitHub } from '@release-kit/github-stand-in';

/** A repository on GitHub, and the action that is run for it. */
export interface ReleaseBench extends AsyncDisposable {
  readonly github: FakeGitHub;
  readonly clock: HurriedClock;
  readonly host: RecordingHost;
  /** Runs the action with these inputs, on GitHub unless they say otherwise. */
  act(given: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>>;
  /** The same, and which calls changed something, without their numbers. */
  writes(given: Readonly<Record<string, string>>): Promise<readonly string[]>;
  /** Lets a tag name a commit. */
  tagged(tag: string, commit: string): void;
  /** Somebody published this before: its tag names a commit of its own. */
  published(tag: string, given?: Partial<FakeRelease>): FakeRelease;
}

export const built = 'e'.repeat(40);

/** The commit of a release that was there before. */
export const commitOf = (tag: string): string => createHash('sha1').update(tag).digest('hex');

export async function releaseBench(): Promise<ReleaseBench> {
  const clock = hurriedClock();
  const github = await startFakeGitHub({ now: clock.now });
  github.anonymous = true;
  const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository, GITHUB_SHA: built };
  const host = await recordingHost({ env, clock });
  const act: ReleaseBench['act'] = async (given) => {
    const usual = { destination: 'github', 'github-token': 'ghs_0123456789abcdef', output: join(host.files.workspace, 'release') };
    return await run(readInputs(spec, { ...usual, ...given }, { workspace: host.files.workspace, nameOf: (name) => name }), host);
  };
  const tagged: ReleaseBench['tagged'] = (tag, commit) => {
    github.git.commits.set(commit, { tree: 'a'.repeat(40), parents: [], message: `feat: ${tag}` });
    github.git.references.set(`tags/${tag}`, commit);
  };
  return {
    github,
    clock,
    tagged,
    host,
    act,
    async writes(given) {
      const before = github.calls.length;
      await act(given);
      return github.calls.slice(before).flatMap(({ method, operation }) => (method === 'GET' ? [] : [operation]));
    },
    published(tag, given) {
      tagged(tag, commitOf(tag));
      const body = `What is new in ${tag}\n\n<!-- release-kit draft of ${tag} -->`;
      return github.addRelease({ tag, title: tag, body, draft: false, prerelease: tag.includes('-'), commit: commitOf(tag), ...given });
    },
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      await host[Symbol.asyncDispose]();
      // No test may pass with a request or an answer that GitHub does not know, nor with one that came too early.
      if (github.violations.length + github.impatient > 0)
        throw new Error(`${github.violations.join('\n')}, ${github.impatient} too early`);
    },
  };
}
