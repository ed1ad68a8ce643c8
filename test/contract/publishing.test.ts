import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { faultScript, scriptOf, writesOf } from '@release-kit/github-stand-in';
import { built, commitOf, type ReleaseBench, releaseBench } from '../support/release-bench.ts';
import { signedBuild } from '../support/signed-build.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

let bench: ReleaseBench;
let builder: RecordingHost;
let assets: string;
let given: Readonly<Record<string, string>>;
const tag = 'v1.2.0';

beforeAll(async () => {
  builder = await recordingHost();
  assets = await signedBuild(builder, { 'hello_1.2.0-1_amd64.deb': 'a package', 'hello_1.2.0-1_amd64.changes': 'changes' });
});
afterAll(async () => {
  await builder[Symbol.asyncDispose]();
});
beforeEach(async () => {
  bench = await releaseBench();
  bench.tagged(tag, built);
  given = { assets, tag, publish: 'true' };
});
afterEach(async () => {
  await bench[Symbol.asyncDispose]();
});

const release = () => bench.github.releases.find((one) => one.tag === tag);
const log = () => bench.host.recorded.lines.join('\n');

describe('publishing', () => {
  test('is the last change, as the latest by version; everything is downloaded as anybody gets it; again it changes nothing', async () => {
    const before = bench.published('v1.1.0', { latest: true });
    const outputs = await bench.act(given);
    expect(outputs).toMatchObject({ published: 'true', channel: 'stable', url: expect.stringContaining(`/releases/tag/${tag}`) });
    expect(release()).toMatchObject({ draft: false, prerelease: false, latest: true });
    expect(before).toMatchObject({ latest: undefined });
    expect(writesOf(bench.github.calls).at(-1)).toMatchObject({
      operation: 'repos/update-release',
      body: { draft: false, make_latest: 'true', tag_name: tag },
    });
    expect(log()).toMatch(/downloaded all 10 assets, as anybody gets them/);
    expect(bench.host.summary.text).toContain('### Published release');
    expect(await bench.writes(given)).toEqual([]);
    expect(log()).toContain(`${tag} is published already, as planned`);
  });

  test('a backport never becomes the latest, and says which one stays it', async () => {
    bench.published('v2.0.0');
    await bench.act(given);
    expect(release()).toMatchObject({ draft: false, latest: false });
    expect(log()).toContain('v2.0.0 stays the latest release');
  });

  test('of two that come out at the same time the greater one is the latest, whoever is last', async () => {
    bench.github.lostReply = ({ operation, body }) => {
      // Between our look at the others and our own publishing.
      if (operation === 'repos/update-release' && JSON.stringify(body).includes(`"${tag}"`)) bench.published('v1.3.0');
      return undefined;
    };
    await bench.act(given);
    expect(bench.github.releases.find(({ latest }) => latest === true)?.tag).toBe('v1.3.0');
  });

  test('a release in a channel that is not stable is a pre-release, also of a stable version when the configuration says so', async () => {
    await writeFile(join(bench.host.files.workspace, 'release-kit.yml'), 'release: { draft: false, channels: { "v1.2.*": next } }\n');
    const { publish: _, ...asked } = given;
    expect(await bench.act({ ...asked, pointers: 'major\nchannel' })).toMatchObject({ channel: 'next', published: 'true' });
    expect(release()).toMatchObject({ draft: false, prerelease: true });
    expect(bench.github.git.references.get('tags/next')).toBe(built);
    expect(bench.github.git.references.has('tags/v1')).toBe(false);
  });

  test('G20 a tag that is moved while the assets are stored keeps it a draft', async () => {
    bench.github.lostReply = ({ operation }) => {
      if (operation === 'repos/upload-release-asset') bench.github.git.references.set(`tags/${tag}`, commitOf('other'));
      return undefined;
    };
    await expect(bench.act(given)).rejects.toThrowWithCode('E_TAG_MOVED');
    expect(release()).toMatchObject({ draft: true });
  });

  test.each(['reset before', 'reset after', 'answer 502, done all the same'])(
    'its reply is lost (%s): it is published once',
    async (how) => {
      const fault = how.startsWith('answer')
        ? { answer: { status: 502, body: { message: 'Server Error' } }, effect: true }
        : { reset: how === 'reset before' ? ('before' as const) : ('after' as const) };
      bench.github.script = scriptOf([{ operation: 'repos/update-release', nth: 1, ...fault }]);
      await bench.act(given);
      expect(bench.github.releases).toMatchObject([{ tag, draft: false, latest: true }]);
    },
  );

  test('C1 two runs at once end with one release; both say that it is published', async () => {
    const ended = await Promise.all([bench.act(given), bench.act(given)]);
    expect(ended.map(({ published }) => published)).toEqual(['true', 'true']);
    expect(bench.github.releases).toMatchObject([{ tag, draft: false }]);
    expect(release()?.assets).toHaveLength(10);
  });

  test.each([false, true])(
    'somebody publishes it while its last asset is stored (immutable: %s): that counts as done',
    async (immutable) => {
      bench.github.lostReply = ({ operation }) => {
        const made = release();
        if (operation === 'repos/upload-release-asset' && made?.assets.length === 10) Object.assign(made, { draft: false, immutable });
        return undefined;
      };
      expect(await bench.act(given)).toMatchObject({ published: 'true' });
      expect(log()).toContain(`${tag} was published meanwhile, as planned`);
    },
  );

  test('content that users get otherwise fails, and names the way back', async () => {
    bench.github.tamper = (bytes) => bytes.map((byte) => byte ^ 1);
    const failed = bench.act(given);
    await expect(failed).rejects.toThrowWithCode('E_DIGEST', /as it is downloaded is not what was published/);
    await expect(failed).rejects.toMatchObject({ cure: expect.stringContaining('mode yank') });
  });

  test('in a private repository downloads are verified with the token', async () => {
    bench.github.anonymous = false;
    await bench.act(given);
    expect(log()).toMatch(/downloaded all 10 assets, with the token/);
  });

  test('banners of bad releases lead to it, when it is what to use instead', async () => {
    bench.published('v1.0.0');
    const bad = bench.published('v1.1.0', { latest: true });
    await bench.act({ mode: 'rollback', tag: 'v1.1.0', reason: 'Broken.' });
    expect(bad.body).toContain('use `v1.0.0` instead. Broken');
    await bench.act(given);
    expect(bad).toMatchObject({ draft: false, latest: false, body: expect.stringContaining('use `v1.2.0` instead. Broken') });
    expect(release()).toMatchObject({ latest: true });
    expect(log()).toContain('let the banner of v1.1.0 lead to v1.2.0');
    expect(await bench.writes(given)).toEqual([]);
  });

  test('moves pointers by version, and only what belongs to the release', async () => {
    for (const other of ['v1.3.0', 'v1.1.9', 'v2.0.0']) bench.published(other);
    bench.github.git.references.set('tags/v1', commitOf('v1.1.9'));
    bench.github.git.references.set('tags/stable', commitOf('v2.0.0'));
    await bench.act({ ...given, pointers: 'major\nminor\nchannel' });
    const at = (name: string) => bench.github.git.references.get(`tags/${name}`);
    expect([at('v1'), at('v1.2'), at('stable')]).toEqual([commitOf('v1.3.0'), built, commitOf('v2.0.0')]);
    expect(await bench.writes({ ...given, pointers: 'major\nminor\nchannel' })).toEqual([]);
  });

  test('a pointer that somebody else moves at the same time stays theirs', async () => {
    bench.github.git.references.set('tags/v1', commitOf('v1.1.0'));
    let asked = 0;
    bench.github.fault = ({ url }) => {
      if (url.endsWith('/matching-refs/tags%2Fv1') && ++asked === 2) bench.github.git.references.set('tags/v1', commitOf('theirs'));
      return undefined;
    };
    await expect(bench.act({ ...given, pointers: 'major' })).rejects.toThrowWithCode('E_TAG_MOVED', /the tag v1 names/);
    expect(bench.github.git.references.get('tags/v1')).toBe(commitOf('theirs'));
  });

  test('where releases are immutable a pointer with a release stays, and the new one freezes with all its assets', async () => {
    bench.github.settings.immutableReleases = true;
    bench.published('v1', { immutable: true });
    await bench.act({ ...given, pointers: 'major' });
    expect(release()).toMatchObject({ immutable: true, draft: false });
    expect(release()?.assets).toHaveLength(10);
    expect(log()).toMatch(/the tag v1 stays where it is: its release is immutable/);
  });

  test('what is published otherwise than planned is never changed', async () => {
    bench.github.addRelease({ tag, draft: false, commit: built });
    await expect(bench.act(given)).rejects.toThrowWithCode('E_RELEASE_EXISTS');
    expect(release()?.assets).toEqual([]);
  });

  test('a dry run says so and writes nothing', async () => {
    expect(await bench.writes({ ...given, 'dry-run': 'true' })).toEqual([]);
    expect(log()).toMatch(/channel stable, published when it is complete/);
  });

  test('whatever goes wrong on the way, after three runs at most it is published once and whole, and the pointers are right', async () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      await using other = await releaseBench();
      other.tagged(tag, built);
      other.published('v1.1.0');
      other.github.script = faultScript(seed);
      const asked = { ...given, pointers: 'major' };
      for (let run = 1; run <= 3; run += 1) {
        const ended = await other.act(asked).then(
          () => 'done',
          (error: unknown) => String(error),
        );
        if (ended === 'done') break;
        expect([seed, run, ended]).not.toEqual([seed, 3, ended]);
      }
      const [, ...ours] = other.github.releases;
      expect([seed, ours.map(({ draft, latest, assets }) => [draft, latest, assets.length])]).toEqual([seed, [[false, true, 10]]]);
      expect(other.github.git.references.get('tags/v1')).toBe(built);
    }
  });
});
