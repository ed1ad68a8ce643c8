import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { type FakeGitHub, startFakeGitHub, writesOf } from '@release-kit/github-stand-in';
import { type StepResult, startJob } from '../support/runner/index.ts';
import { signedBuild } from '../support/signed-build.ts';

const action = join(import.meta.dirname, '../../dist/draft-release');
const token = 'ghs_0123456789abcdef';
const minute = 60_000;

let builder: RecordingHost;
let assets: string;

beforeAll(async () => {
  builder = await recordingHost();
  assets = await signedBuild(builder, { 'hello_1.0~rc.1-1_amd64.deb': 'a package', 'hello_1.0~rc.1-1_amd64.changes': 'changes' });
}, minute);
afterAll(async () => {
  await builder[Symbol.asyncDispose]();
});

interface Ending {
  readonly how: 'signal' | 'lost';
  /** The request that it comes with. */
  readonly nth: number;
  readonly reset?: 'before' | 'half';
}

/** The built action in a job of its own, ended at one of its requests when that is asked for. */
async function step(github: FakeGitHub, ending?: Ending): Promise<StepResult> {
  await using job = await startJob({
    env: { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository, GITHUB_SHA: 'e'.repeat(40) },
  });
  const inputs = { assets, tag: 'v1.0.0-rc.1', destination: 'github', 'github-token': token };
  if (ending === undefined) return await job.run(action, inputs);
  const ended = new AbortController();
  let requests = 0;
  github.script = () => {
    requests += 1;
    if (requests !== ending.nth) return undefined;
    ended.abort();
    return ending.reset === undefined ? undefined : { reset: ending.reset };
  };
  const result = await job.run(action, inputs, { [ending.how]: ended.signal });
  github.script = () => undefined;
  return result;
}

const stored = (github: FakeGitHub) =>
  github.releases.map(({ tag, draft, commit, body, assets: all }) => ({
    ...{ tag, draft, commit, body },
    assets: all.map(({ name, state, bytes }) => `${name} ${state} ${Buffer.from(bytes).toString('hex')}`).sort(),
  }));

test(
  'C2 a job that is lost or cancelled leaves nothing that keeps the next one from completing the draft',
  async () => {
    const endings: readonly Ending[] = [
      { how: 'lost', nth: 3 },
      { how: 'lost', nth: 7, reset: 'half' },
      { how: 'lost', nth: 11, reset: 'before' },
      { how: 'signal', nth: 8 },
    ];
    await using whole = await startFakeGitHub();
    const clean = step(whole);
    // At the same time: much of it is waiting.
    const all = endings.map(async (ending) => {
      await using github = await startFakeGitHub();
      const first = await step(github, ending);
      const second = await step(github);
      expect({ ending, first: first.conclusion === 'success', second: second.conclusion }).toEqual({
        ending,
        first: false,
        second: 'success',
      });
      expect(github.violations).toEqual([]);
      expect([...first.lines, ...first.debug, ...second.lines, first.summary].join('\n')).not.toContain(token);
      return { ending, releases: stored(github) };
    });
    expect((await clean).conclusion).toBe('success');
    for (const { ending, releases } of await Promise.all(all)) expect({ ending, releases }).toEqual({ ending, releases: stored(whole) });

    const before = whole.calls.length;
    expect((await step(whole)).conclusion).toBe('success');
    expect(writesOf(whole.calls.slice(before))).toEqual([]);
  },
  5 * minute,
);
