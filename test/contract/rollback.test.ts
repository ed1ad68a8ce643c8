import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FakeRelease, faultScript, scriptOf } from '@release-kit/github-stand-in';
import { assetWith } from '../support/draft-bench.ts';
import { commitOf, type ReleaseBench, releaseBench } from '../support/release-bench.ts';

let bench: ReleaseBench;
let bad: FakeRelease;
const tag = 'v1.2.0';
const rollback = { mode: 'rollback', tag, reason: 'Loses @data on upgrade.' };

beforeEach(async () => {
  bench = await releaseBench();
  for (const good of ['v1.1.0', 'v1.0.9', 'v1.3.0-rc.1']) bench.published(good);
  const assets = [assetWith(bench.github, 'hello_1.2.0-1_amd64.deb', 'a package')];
  bad = bench.published(tag, { latest: true, assets });
});
afterEach(async () => {
  await bench[Symbol.asyncDispose]();
});

const log = () => bench.host.recorded.lines.join('\n');
const latest = () => bench.github.releases.find((one) => one.latest === true)?.tag;

describe('a rollback', () => {
  test('shows what it will do, leads users to the good release before, marks the bad one and keeps its assets; again it changes nothing', async () => {
    const assets = JSON.stringify(bad.assets);
    expect(await bench.writes(rollback)).toEqual(['repos/update-release', 'repos/update-release']);
    expect(log()).toMatch(
      /▸ Plan: rollback v1\.2\.0\nmake v1\.1\.0 the latest release\nmark v1\.2\.0 as rolled back; its assets stay\ndone: make/,
    );
    expect(latest()).toBe('v1.1.0');
    expect(bad).toMatchObject({
      draft: false,
      prerelease: false,
      tag,
      body: expect.stringMatching(/^<!-- release-kit rolled-back -->\n> \[!CAUTION\]/),
    });
    expect(bad.body).toMatch(/use `v1\.1\.0` instead/);
    expect(bad.body).not.toContain('@data');
    expect(JSON.stringify(bad.assets)).toBe(assets);
    expect(bench.host.summary.text).toContain('### Rolled back: v1.2.0');
    expect(await bench.writes(rollback)).toEqual([]);
  });

  test('and back: everything is as it was, to the byte', async () => {
    const before = JSON.stringify(bad);
    await bench.act(rollback);
    await bench.act({ mode: 'restore', tag });
    expect(JSON.stringify(bad)).toBe(before);
    expect(latest()).toBe(tag);
    expect(await bench.writes({ mode: 'restore', tag })).toEqual([]);
  });

  test('of an immutable release is possible, since its notes may change; yanking it is refused with what remains possible', async () => {
    bad.immutable = true;
    const refused = bench.act({ mode: 'yank', tag });
    await expect(refused).rejects.toThrowWithCode('E_RELEASE_EXISTS', /is immutable/);
    await expect(refused).rejects.toMatchObject({ cure: expect.stringContaining('mode rollback') });
    await bench.act(rollback);
    expect(latest()).toBe('v1.1.0');
    expect(bad.body).toContain('rolled back');
  });

  test('takes along the pointers that name the bad release, and no others', async () => {
    bench.tagged('v1', commitOf(tag));
    bench.tagged('v1.2', commitOf(tag));
    bench.tagged('stable', commitOf('v1.0.9'));
    await bench.act({ ...rollback, pointers: 'major\nminor\nchannel' });
    const at = (name: string) => bench.github.git.references.get(`tags/${name}`);
    expect([at('v1'), at('v1.2'), at('stable')]).toEqual([commitOf('v1.1.0'), commitOf(tag), commitOf('v1.0.9')]);
    expect(log()).toMatch(/the tag v1\.2 stays where it is: no good release of its line is left/);
    await bench.act({ mode: 'restore', tag, pointers: 'major' });
    expect(at('v1')).toBe(commitOf(tag));
  });

  test('a dry run shows the same and writes nothing', async () => {
    bench.tagged('v1', commitOf(tag));
    expect(await bench.writes({ ...rollback, pointers: 'major', 'dry-run': 'true' })).toEqual([]);
    expect(log()).toMatch(/make v1\.1\.0 the latest release\nmark v1\.2\.0 as rolled back[\s\S]*would let the tag v1 name v1\.1\.0/);
  });

  test.each(['v9.9.9', 'v1.4.0'])('of %s, which nobody published, is refused', async (other) => {
    bench.github.addRelease({ tag: 'v1.4.0', draft: true });
    await expect(bench.act({ ...rollback, tag: other })).rejects.toThrowWithCode('E_INPUT', /is not published/);
  });

  test('a token that may only read is told which permission is missing', async () => {
    bench.github.tokens.set('ghs_0123456789abcdef', { permissions: { contents: 'read' } });
    await expect(bench.act(rollback)).rejects.toThrowWithCode('E_TOKEN', /contents: write/);
  });

  test.each([1, 2])('the reply to its change number %d is lost: it is done all the same, once', async (nth) => {
    bench.github.script = scriptOf([{ operation: 'repos/update-release', nth, reset: 'after' }]);
    expect(await bench.writes(rollback)).toHaveLength(2);
    expect([latest(), bad.body?.match(/CAUTION/g)?.length]).toEqual(['v1.1.0', 1]);
  });

  test('whatever goes wrong on the way, after three runs at most all is as planned and nothing else is touched', async () => {
    const others = () => JSON.stringify(bench.github.releases.filter((one) => one !== bad).map(({ latest: _, ...one }) => one));
    const before = others();
    for (let seed = 1; seed <= 15; seed += 1) {
      for (const asked of [rollback, { mode: 'restore', tag }]) {
        bench.github.script = faultScript(seed, { percent: 30, most: 4 });
        for (let run = 1; run <= 3; run += 1)
          if (
            await bench.act(asked).then(
              () => true,
              () => run === 3,
            )
          )
            break;
        bench.github.script = () => undefined;
        expect([seed, asked.mode, await bench.writes(asked)]).toEqual([seed, asked.mode, []]);
        expect([seed, latest()]).toEqual([seed, asked === rollback ? 'v1.1.0' : tag]);
      }
    }
    expect(others()).toBe(before);
  });
});

describe('yanking', () => {
  test('hides the release and keeps its tag and assets; its own workflow does not bring it out again; restoring does', async () => {
    const before = JSON.stringify(bad);
    expect(await bench.act({ mode: 'yank', tag, reason: 'Wrong key.' })).toMatchObject({ published: 'false' });
    expect(bad).toMatchObject({ draft: true, tag, body: expect.stringContaining('Wrong key.') });
    expect(latest()).toBe('v1.1.0');
    expect(bench.github.git.references.get(`tags/${tag}`)).toBe(commitOf(tag));
    expect(await bench.writes({ mode: 'yank', tag })).toEqual([]);
    await expect(bench.act({ mode: 'rollback', tag })).rejects.toThrowWithCode('E_INPUT', /is yanked/);

    expect(await bench.act({ mode: 'restore', tag })).toMatchObject({ published: 'true' });
    expect(JSON.stringify(bad)).toBe(before);
    expect(latest()).toBe(tag);
  });

  test('a hidden release whose tag is gone meanwhile is not published at some other commit', async () => {
    await bench.act({ mode: 'yank', tag });
    bench.github.git.references.delete(`tags/${tag}`);
    await expect(bench.act({ mode: 'restore', tag })).rejects.toThrowWithCode('E_TAG_MOVED', /is gone/);
    expect(bad.draft).toBe(true);
  });
});
