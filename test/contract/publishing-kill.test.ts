import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { carryOut, spec } from '@release-kit/action-draft-release';
import { githubStore, type PlannedRelease, planRelease } from '@release-kit/github';
import { built, commitOf, type ReleaseBench, releaseBench } from '../support/release-bench.ts';

jest.setTimeout(60_000);

const tag = 'v1.2.0';
const token = 'ghs_0123456789abcdef';
let files: RecordingHost;
let release: PlannedRelease;

beforeAll(async () => {
  files = await recordingHost();
  const contents = Object.entries({ 'hello_1.2.0-1_amd64.deb': 'a package', SHA256SUMS: 'sums' });
  const written = contents.map(async ([name, content]) => {
    const file = join(files.files.workspace, name);
    await writeFile(file, content);
    return { name, file, size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  });
  release = planRelease({ tag, prerelease: false, notes: 'Notes', commit: built, files: await Promise.all(written) });
});
afterAll(async () => {
  await files[Symbol.asyncDispose]();
});

/** A repository with a good release, a bad one whose banner leads to it, and a pointer. */
async function repository(): Promise<ReleaseBench> {
  const bench = await releaseBench();
  bench.published('v1.0.0', { latest: true });
  const banner = '> [!CAUTION]\n> **This release was rolled back.** Do not install it; use `v1.0.0` instead. Broken.';
  bench.published('v1.1.0', {
    latest: false,
    body: `<!-- release-kit rolled-back -->\n${banner}\n<!-- /release-kit rolled-back -->\n\nNotes`,
  });
  bench.tagged('v1', commitOf('v1.0.0'));
  bench.tagged(tag, built);
  return bench;
}

/** From the plan to the published release, with pointers and banners. */
async function publishOn({ github, clock }: ReleaseBench, signal?: AbortSignal): Promise<string> {
  const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository };
  await using host = await recordingHost({ env, clock, ...(signal === undefined ? {} : { signal }) });
  const given = { tag, destination: 'github', publish: 'true', 'github-token': token };
  const inputs = readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name });
  const settings = { channel: 'stable', rules: {}, publish: true, pointers: ['major', 'channel'] } as const;
  await using store = await githubStore(host, { repository: github.repository, token });
  try {
    return (await carryOut({ release, store, settings, inputs }, host)).published;
  } catch (error) {
    if (signal?.aborted === true) return 'killed';
    throw error;
  }
}

/** All that users can see, and what else there is. */
const stateOf = ({ github }: ReleaseBench) => ({
  releases: github.releases
    .map(({ tag: of, body, draft, prerelease, latest, assets }) => {
      const stored = assets.map(({ name, state, bytes }) => `${name} ${state} ${Buffer.from(bytes).toString()}`).sort();
      return { of, body, draft, prerelease, latest, stored };
    })
    .sort((a, b) => (a.of < b.of ? -1 : 1)),
  tags: [...github.git.references].filter(([name]) => name.startsWith('tags/')).sort(),
});

test.each(['before', 'half', 'after'] as const)(
  'C2 killed %s any one of its requests is done, a release is published whole by the next run, with pointers and banners',
  async (reset) => {
    await using clean = await repository();
    expect(await publishOn(clean)).toBe('true');
    const whole = stateOf(clean);
    expect(whole.releases.map(({ of, draft, latest }) => [of, draft, latest])).toEqual([
      ['v1.0.0', false, undefined],
      ['v1.1.0', false, false],
      [tag, false, true],
    ]);
    expect(whole.releases[1]?.body).toContain(`use \`${tag}\` instead. Broken.`);
    const { length } = clean.github.calls;
    expect(length).toBeGreaterThan(20);
    for (let nth = 1; nth <= length; nth += 1) {
      await using bench = await repository();
      const killing = new AbortController();
      bench.github.script = () => {
        if (bench.github.calls.length !== nth) return undefined;
        killing.abort(new Error('killed'));
        return { reset };
      };
      const ended = await publishOn(bench, killing.signal);
      bench.github.script = () => undefined;
      expect([nth, ['killed', 'true']]).toEqual([nth, expect.arrayContaining([ended])]);
      expect([nth, await publishOn(bench)]).toEqual([nth, 'true']);
      expect([nth, stateOf(bench)]).toEqual([nth, whole]);
    }
  },
);
