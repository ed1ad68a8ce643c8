import { createHash } from 'node:crypto';
import { readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { attestationOf } from './attestation.test-support.ts';
import { attestationFile } from './attestation.ts';
import { attestedFiles } from './sigstore-bundle.ts';

const deb = 'hello_1.0~rc.1-1_amd64.deb';
const built = { [deb]: 'a package', 'hello_1.0~rc.1-1.dsc': 'a source' };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const released = [...Object.entries(built), ['SHA256SUMS', 'sums'] as const].map(([name, text]) => ({
  ...{ name: name.replace('~', '.'), file: '/nowhere', size: text.length, sha256: sha256(text) },
}));

let host: RecordingHost;

beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

async function written(text: string, name = 'v1.0.0-rc.1.sigstore.json'): Promise<string> {
  const file = join(host.files.workspace, name);
  await writeFile(file, text);
  return file;
}

const check = async (text: string) => await attestationFile(await written(text), released, Object.keys(built));

describe('the attestation of a release', () => {
  test('is a file of it, by the bytes that were read', async () => {
    const text = attestationOf(built);
    const file = join(host.files.workspace, 'v1.0.0-rc.1.sigstore.json');
    expect(await check(text)).toEqual({ name: 'v1.0.0-rc.1.sigstore.json', file, size: text.length, sha256: sha256(text) });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test.each([
    ['attestation.json', 'attestation.sigstore.json'],
    ['hello.jsonl', 'hello.sigstore.json'],
    ['hello', 'hello.sigstore.json'],
  ])('that lies there as %s is released as %s', async (name, final) => {
    expect(await attestationFile(await written(attestationOf(built), name), released, Object.keys(built))).toMatchObject({ name: final });
  });

  test('may speak of other files of the release too, by the names they are built or released with', async () => {
    await check(attestationOf({ ...built, SHA256SUMS: 'sums' }));
    await check(attestationOf(Object.fromEntries(Object.entries(built).map(([name, text]) => [name.replace('~', '.'), text]))));
  });

  test.each([
    ['of an earlier build', { ...built, [deb]: 'an earlier package' }, /speaks of hello_1\.0~rc\.1-1_amd64\.deb, which has another digest/],
    ['of a file more', { ...built, 'other.deb': 'other' }, /speaks of other\.deb, which is not released/],
    ['of a file less', { [deb]: 'a package' }, /does not speak of hello_1\.0~rc\.1-1\.dsc/],
  ])('%s is refused', async (_, contents, message) => {
    await expect(check(attestationOf(contents))).rejects.toThrowWithCode('E_DIGEST', message);
  });

  test('is a plain file of a size that can be', async () => {
    const file = await written('');
    await truncate(file, 17 * 1024 * 1024);
    await expect(attestationFile(file, released, [])).rejects.toThrowWithCode('E_INPUT', /more than any has/);
    const link = join(host.files.workspace, 'link.json');
    await symlink(file, link);
    await expect(attestationFile(link, released, [])).rejects.toThrowWithCode('E_PATH', /no(t a)? plain file/);
  });
});

describe('what is no attestation', () => {
  const envelope = (change: object): string => {
    const bundle: unknown = JSON.parse(attestationOf(built));
    return JSON.stringify({ ...Object(bundle), ...change });
  };
  test.each([
    ['no JSON', '{', /its mediaType is another/],
    ['a list', '[]', /its mediaType is another/],
    ['another format', envelope({ mediaType: 'application/json' }), /its mediaType is another/],
    ['a message that is signed', envelope({ dsseEnvelope: undefined, messageSignature: {} }), /its dsseEnvelope holds no signed/],
    [
      'signed by nobody',
      envelope({ dsseEnvelope: { payload: '', payloadType: 'application/vnd.in-toto+json', signatures: [] } }),
      /no signed/,
    ],
    ['of another payload', envelope({ dsseEnvelope: { payload: 'AAAA', payloadType: 'text/plain', signatures: [{}] } }), /no signed/],
    ['of another statement', attestationOf(built, { _type: 'https://example.org/' }), /no in-toto statement/],
    ['of nothing', attestationOf({}), /no in-toto statement with subjects/],
    [
      'without a digest',
      attestationOf(built, { subject: [{ name: 'a', digest: { sha512: 'b' } }] }),
      /subject\[0\] has no name or no SHA-256/,
    ],
  ])('%s is told', (_, text, message) => {
    expect(() => attestedFiles(text, 'a.sigstore.json')).toThrowWithCode('E_INPUT', message);
  });
});
