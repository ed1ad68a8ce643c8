import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { annotate, countsOf, type FakeRelease, scriptOf } from '@release-kit/github-stand-in';
import { readTrustedKeys } from '@release-kit/openpgp';
import { assetWith } from '../support/draft-bench.ts';
import { commitOf, type ReleaseBench, releaseBench } from '../support/release-bench.ts';
import { signedBuild } from '../support/signed-build.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

let bench: ReleaseBench;
let candidate: FakeRelease;
const rc = 'v1.2.0-rc.2';
const given = { mode: 'promote', tag: 'v1.2.0', publish: 'true' };
const contents = { 'hello_1.2.0.rc.2-1_amd64.deb': 'a package', 'hello_1.2.0.rc.2-1.changes': 'changes' };

beforeEach(async () => {
  bench = await releaseBench();
  bench.published('v1.1.0', { latest: true });
  bench.published('v1.2.0-rc.1');
  const sums = Object.entries(contents).map(([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`);
  const assets = Object.entries({ ...contents, SHA256SUMS: sums.join('') }).map(([name, text]) => assetWith(bench.github, name, text));
  candidate = bench.published(rc, { assets });
  bench.tagged('v1.2.0', commitOf(rc));
});
afterEach(async () => {
  await bench[Symbol.asyncDispose]();
});

const promoted = () => bench.github.releases.find(({ tag }) => tag === 'v1.2.0');
const contentOf = (release: FakeRelease | undefined) =>
  release?.assets.map(({ name, bytes, state }) => `${name} ${state} ${Buffer.from(bytes)}`).sort();

describe('promoting', () => {
  test('releases the files of the greatest candidate, byte for byte, of the same commit, with its notes; again it changes nothing', async () => {
    const before = JSON.stringify(candidate);
    expect(await bench.act(given)).toMatchObject({ published: 'true', channel: 'stable' });
    expect(contentOf(promoted())).toEqual(contentOf(candidate));
    expect(promoted()).toMatchObject({ draft: false, prerelease: false, latest: true, commit: commitOf(rc) });
    expect(promoted()?.body).toMatch(/^What is new in v1\.2\.0-rc\.2\n\n<!-- release-kit draft of v1\.2\.0 /);
    expect(promoted()?.body).not.toContain('draft of v1.2.0-rc');
    expect(JSON.stringify(candidate)).toBe(before);
    expect(await bench.writes(given)).toEqual([]);
    expect(countsOf(bench.github.calls)['repos/upload-release-asset']).toBe(3);
  });

  test('without publish ends with a draft; notes of its own take the place of the candidate’s', async () => {
    const notes = join(bench.host.files.workspace, 'notes.md');
    await writeFile(notes, 'All of 1.2\n');
    await bench.act({ mode: 'promote', tag: 'v1.2.0', notes, from: rc });
    expect(promoted()).toMatchObject({ draft: true, body: expect.stringMatching(/^All of 1\.2\n/) });
    expect(contentOf(promoted())).toEqual(contentOf(candidate));
  });

  test('a tag that is not there yet is made at the commit of the candidate, through its annotated tag', async () => {
    bench.github.git.references.delete('tags/v1.2.0');
    bench.github.git.references.set(`tags/${rc}`, annotate(bench.github, rc, commitOf(rc)));
    await bench.act(given);
    expect(bench.github.git.references.get('tags/v1.2.0')).toBe(commitOf(rc));
  });

  test('of another commit is refused, and so is a candidate whose tag is gone', async () => {
    bench.tagged('v1.2.0', commitOf('other'));
    await expect(bench.act(given)).rejects.toThrowWithCode('E_TAG_MOVED');
    await expect(bench.act({ ...given, commit: 'a'.repeat(40) })).rejects.toThrowWithCode('E_TAG_MOVED');
    bench.github.git.references.delete(`tags/${rc}`);
    await expect(bench.act(given)).rejects.toThrowWithCode('E_TAG_MOVED', /of the candidate is gone/);
    expect(promoted()).toBeUndefined();
  });

  test.each([
    ['v1.2.0', 'v1.1.0', /it is of another version/],
    ['v1.2.0', 'v1.2.0-rc.9', /there is no such release/],
    ['v1.2.0', 'v1.2.0', /it is the same/],
    ['v1.3.0', '', /no pre-release of v1\.3\.0 is published/],
    ['v1.2.0-rc.3', '', /nothing is promoted to one/],
  ])('%s from %j is refused', async (tag, from, message) => {
    const asked = from === '' ? { ...given, tag } : { ...given, tag, from };
    await expect(bench.act(asked)).rejects.toThrowWithCode('E_INPUT', message);
  });

  test('a folder has nothing to promote', async () => {
    await expect(bench.act({ ...given, destination: 'folder' })).rejects.toThrowWithCode('E_INPUT', /a folder holds one release/);
  });

  test('a candidate whose files are not what its SHA256SUMS lists is refused before anything is written', async () => {
    candidate.assets.splice(0, 1, assetWith(bench.github, 'hello_1.2.0.rc.2-1_amd64.deb', 'another package'));
    await expect(bench.act(given)).rejects.toThrowWithCode('E_DIGEST', /has another digest/);
    candidate.assets.splice(0, 1);
    await expect(bench.act(given)).rejects.toThrowWithCode('E_DIGEST', /is not among the assets/);
    expect(promoted()).toBeUndefined();
  });

  test('what arrives otherwise than announced is never uploaded', async () => {
    bench.github.tamper = (bytes) => (Buffer.from(bytes).toString() === 'a package' ? Buffer.from('A package') : bytes);
    await expect(bench.act(given)).rejects.toThrowWithCode('E_DIGEST', /does not arrive as GitHub says/);
    expect(promoted()?.assets.map(({ name }) => name)).not.toContain('hello_1.2.0.rc.2-1_amd64.deb');
    expect(promoted()?.draft).toBe(true);
  });

  test('interrupted it goes on where it was: nothing that is there is fetched or sent again', async () => {
    bench.github.script = scriptOf([
      { operation: 'repos/upload-release-asset', nth: 2, answer: { status: 401, body: { message: 'Bad credentials' } } },
    ]);
    await expect(bench.act(given)).rejects.toThrowWithCode('E_TOKEN');
    bench.github.script = () => undefined;
    const there = promoted()?.assets.length ?? 0;
    const writes = await bench.writes(given);
    expect(writes.filter((operation) => operation === 'repos/upload-release-asset')).toHaveLength(3 - there);
    expect(contentOf(promoted())).toEqual(contentOf(candidate));
  });

  test('a dry run writes nothing and fetches only the sums', async () => {
    expect(await bench.writes({ ...given, 'dry-run': 'true' })).toEqual([]);
    expect(countsOf(bench.github.calls)['repos/get-release-asset']).toBe(1);
  });

  describe('with fingerprint', () => {
    let asked: Readonly<Record<string, string>>;
    beforeEach(async () => {
      const signed = await signedBuild(bench.host, contents);
      const names = (await readdir(signed)).filter((name) => name !== 'manifest.json');
      const own = names.map(async (name) => ({ ...assetWith(bench.github, name, ''), bytes: await readFile(join(signed, name)) }));
      candidate.assets.splice(0, candidate.assets.length, ...(await Promise.all(own)));
      const [key] = await readTrustedKeys(join(signed, 'signing-key.asc'));
      asked = { ...given, fingerprint: key?.fingerprint ?? '' };
    });

    test('releases what these keys signed', async () => {
      await bench.act(asked);
      expect(contentOf(promoted())).toEqual(contentOf(candidate));
      expect(bench.host.recorded.lines.join('\n')).toContain('the candidate is signed by ');
    });

    test('and the attestation of these files, which was made after the list of sums; one of other files is refused', async () => {
      const name = Object.keys(contents).find((one) => one.endsWith('.deb')) ?? '';
      const attest = (text: string): string => {
        const subject = [{ name, digest: { sha256: createHash('sha256').update(text).digest('hex') } }];
        const payload = Buffer.from(JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', subject })).toString('base64');
        const dsseEnvelope = { payload, payloadType: 'application/vnd.in-toto+json', signatures: [{ sig: 'AAAA' }] };
        return JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope });
      };
      candidate.assets.push(assetWith(bench.github, 'candidate.sigstore.json', attest('another package')));
      await expect(bench.act(asked)).rejects.toThrowWithCode('E_DIGEST', /the attestation speaks of hello.* which has another digest/);
      candidate.assets.splice(-1, 1, assetWith(bench.github, 'candidate.sigstore.json', attest('a package')));
      await bench.act(asked);
      expect(contentOf(promoted())).toEqual(contentOf(candidate));
    });

    test('refuses other keys, a file more, and sums that nobody signed', async () => {
      await expect(bench.act({ ...asked, fingerprint: 'A'.repeat(40) })).rejects.toThrowWithCode('E_SIGNATURE', /another key/);
      candidate.assets.push(assetWith(bench.github, 'more.deb', 'more'));
      await expect(bench.act(asked)).rejects.toThrowWithCode('E_DIGEST', /more\.deb of the candidate is listed by no signed SHA256SUMS/);
      const sums = candidate.assets.find(({ name }) => name === 'SHA256SUMS');
      const more = `${Buffer.from(sums?.bytes ?? '')}${createHash('sha256').update('more').digest('hex')}  more.deb\n`;
      candidate.assets.splice(
        candidate.assets.findIndex(({ name }) => name === 'SHA256SUMS'),
        1,
        assetWith(bench.github, 'SHA256SUMS', more),
      );
      await expect(bench.act(asked)).rejects.toThrowWithCode('E_SIGNATURE');
      candidate.assets.splice(
        candidate.assets.findIndex(({ name }) => name === 'SHA256SUMS.asc'),
        1,
      );
      await expect(bench.act(asked)).rejects.toThrowWithCode('E_SIGNATURE', /no SHA256SUMS\.asc/);
      expect(promoted()).toBeUndefined();
    });
  });
});
