import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type InputsOf, type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { describeFile, writeManifest } from '@release-kit/manifest';
import { type NewKeyFiles, newKeyFiles, rotateKeyFiles } from '@release-kit/openpgp';
import { run } from './run.ts';
import { spec } from './spec.ts';

jest.setTimeout(60_000);

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

function key(name: string, validDays = 365): Promise<NewKeyFiles> {
  return newKeyFiles({ userId: { name }, algorithm: 'ed25519', validDays }, undefined, Date.now() - 60_000);
}

async function inFile(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(host.files.workspace, name), content);
  return name;
}

function inputs(given: Readonly<Record<string, string>>): InputsOf<typeof spec> {
  return readInputs(spec, { mode: 'check', ...given }, { workspace: host.files.workspace, nameOf: (name) => name });
}

describe('mode check', () => {
  test('with the key alone: signs a few bytes, writes nothing, needs no manifest', async () => {
    const jane = await key('Jane');
    const outputs = await run(inputs({ key: jane.secret }), host);
    expect(outputs).toMatchObject({ fingerprint: jane.fingerprint, signatures: '' });
    expect(await readdir(host.files.workspace)).toEqual([]);
    expect(host.summary.text).toMatch(/The key signs.*\n[\s\S]*Jane/);
    expect(host.recorded.annotations).toEqual([]);
  });

  test('K3 with the public key alone, as in pull requests: its near end is a warning, and no promise is made of the secret', async () => {
    const jane = await key('Jane', 20);
    const path = await inFile('jane.asc', jane.published.armored);
    expect(await run(inputs({ 'public-key': path }), host)).toMatchObject({ fingerprint: jane.fingerprint });
    expect(host.recorded.annotations).toEqual([
      {
        level: 'warning',
        title: 'signing key',
        message: expect.stringMatching(`^The signing subkey ${jane.signingFingerprint} of the key ${jane.fingerprint} expires on `),
      },
    ]);
    expect(host.summary.text).toMatch(/No secret key is here[\s\S]*\(in 19 days\)/);
  });

  test('an expired public key is E_KEY_EXPIRED in pull requests, too', async () => {
    const old = await newKeyFiles({ userId: { name: 'Old' }, algorithm: 'ed25519', validDays: 1 }, undefined, Date.now() - 3 * 86_400_000);
    const path = await inFile('old.gpg', old.published.binary);
    await expect(run(inputs({ 'public-key': path }), host)).rejects.toThrowWithCode('E_KEY_EXPIRED', new RegExp(old.signingFingerprint));
  });

  test('a subkey that the public key of users does not hold is E_KEY_PUBLISHED; once it does, all is well', async () => {
    const jane = await key('Jane');
    const path = await inFile('jane.asc', jane.published.armored);
    const rotated = await rotateKeyFiles({ name: 'key', content: jane.offline }, undefined, { validDays: 100 }, Date.now() - 30_000);
    const given = inputs({ key: rotated.secret, 'public-key': path });
    await expect(run(given, host)).rejects.toThrowWithCode('E_KEY_PUBLISHED', new RegExp(`lacks the subkey ${rotated.signingFingerprint}`));
    await inFile('jane.asc', rotated.published.armored);
    await run(given, host);
    expect(host.summary.text).toContain('The public key in the repository verifies what it signs.');
  });

  test('a form of the public key that apt refuses is a warning', async () => {
    const jane = await key('Jane');
    const path = await inFile('jane.gpg', jane.published.armored);
    await run(inputs({ key: jane.secret, 'public-key': path }), host);
    expect(host.recorded.annotations).toMatchObject([{ message: expect.stringMatching(/jane\.gpg as it is: it is armored, but/) }]);
  });

  test('a link or a folder in the place of the public key is E_PATH: a pull request could lead elsewhere', async () => {
    await symlink('/dev/zero', join(host.files.workspace, 'link.asc'));
    await expect(run(inputs({ 'public-key': 'link.asc' }), host)).rejects.toThrowWithCode('E_PATH', /not a plain file/);
    await mkdir(join(host.files.workspace, 'folder.asc'));
    await expect(run(inputs({ 'public-key': 'folder.asc' }), host)).rejects.toThrowWithCode('E_PATH', /not a plain file/);
  });

  test('another public key, or a secret one in its place, is E_KEY_PUBLISHED', async () => {
    const [jane, joe] = [await key('Jane'), await key('Joe')];
    const other = inputs({ key: jane.secret, 'public-key': await inFile('joe.asc', joe.published.armored) });
    await expect(run(other, host)).rejects.toThrowWithCode('E_KEY_PUBLISHED', new RegExp(`does not hold the key ${jane.fingerprint}`));
    const secret = inputs({ key: jane.secret, 'public-key': await inFile('jane.asc', jane.secret) });
    await expect(run(secret, host)).rejects.toThrowWithCode('E_KEY_PUBLISHED', /holds a secret key/);
    await expect(run(inputs({ 'public-key': 'jane.asc' }), host)).rejects.toThrowWithCode('E_KEY_PUBLISHED', /holds a secret key/);
  });

  test('K12 of two keys the input fingerprint picks one, and what else was there is told', async () => {
    const [jane, joe] = [await key('Jane'), await key('Joe')];
    const both = Buffer.concat([jane, joe].map(({ secret }) => Buffer.from(secret, 'base64'))).toString('base64');
    for (const { fingerprint, signingFingerprint } of [jane, joe]) {
      const grouped = fingerprint.toLowerCase().replace(/.{4}/g, '$& ');
      expect(await run(inputs({ key: both, fingerprint: grouped }), host)).toMatchObject({ fingerprint });
      expect(await run(inputs({ key: both, fingerprint: signingFingerprint }), host)).toMatchObject({ fingerprint });
    }
    await run(inputs({ key: both }), host);
    // On a slow machine a second lies between the two.
    const passedOver = `the subkey ${joe.signingFingerprint} is passed over: another one of the same age comes first|the subkey ${jane.signingFingerprint} is passed over: it is older`;
    expect(host.recorded.lines.join('\n')).toMatch(new RegExp(passedOver));
    await expect(run(inputs({ key: jane.secret, fingerprint: joe.fingerprint }), host)).rejects.toThrowWithCode(
      'E_INPUT',
      /holds no key or subkey/,
    );
    expect(() => inputs({ fingerprint: joe.fingerprint.slice(-16) })).toThrowWithCode('E_INPUT', /40 hexadecimal digits/);
  });

  test('neither key nor public key is E_INPUT, a throw-away key is no promise', async () => {
    await expect(run(inputs({}), host)).rejects.toThrowWithCode('E_INPUT', /input key is empty/);
    await run(inputs({ 'throw-away-key': 'true' }), host);
    expect(host.summary.text).toContain('nobody can trust');
  });
});

describe('a second key', () => {
  test('signs as well, and the public key verifies both', async () => {
    const [old, young] = [await key('Old'), await key('Young')];
    const folder = join(host.files.workspace, 'out');
    await mkdir(folder);
    await writeFile(join(folder, 'ab_1_all.deb'), 'content');
    const facts = { package: 'ab', version: '1', architecture: 'all', distribution: 'debian:12', kind: 'deb' } as const;
    const files = [await describeFile(folder, 'ab_1_all.deb', facts)];
    await writeManifest(join(folder, 'manifest.json'), {
      schema: 1,
      sourceDateEpoch: 1,
      sources: [{ package: 'ab', version: '1' }],
      files,
    });
    const given = inputs({ mode: 'sign', key: old.secret, 'second-key': young.secret, 'control-files': 'false' });
    const outputs = await run(given, host);
    expect(outputs.fingerprint.split('\n')).toEqual([old.fingerprint, young.fingerprint]);
    const { stdout } = await host.exec([
      'gpg',
      '--homedir',
      host.files.workspace,
      '--batch',
      '--list-packets',
      `${folder}/signed/ab_1_all.deb.asc`,
    ]);
    expect([old, young].map(({ signingFingerprint }) => stdout.includes(`issuer fpr v4 ${signingFingerprint}`))).toEqual([true, true]);
  });

  test('a passphrase without its key is a warning: a secret that is not handed on arrives empty', async () => {
    const jane = await key('Jane');
    await run(inputs({ key: jane.secret, 'second-passphrase': 'long enough' }), host);
    await run(inputs({ 'throw-away-key': 'true', passphrase: 'long enough' }), host);
    expect(host.recorded.annotations.map(({ message }) => message)).toEqual([
      'A second-passphrase is given, but no second-key: only one key signs.',
      'A passphrase is given, but no key: is its secret set, and handed on?',
    ]);
  });

  test('that is the first again, or alone, is E_INPUT; one that users cannot know yet is a warning', async () => {
    const [old, young] = [await key('Old'), await key('Young')];
    await expect(run(inputs({ key: old.secret, 'second-key': old.offline }), host)).rejects.toThrowWithCode('E_INPUT', /are the same/);
    await expect(run(inputs({ 'second-key': old.secret }), host)).rejects.toThrowWithCode('E_INPUT', /input key is empty/);
    const path = await inFile('old.asc', old.published.armored);
    await run(inputs({ key: old.secret, 'second-key': young.secret, 'public-key': path }), host);
    expect(host.recorded.annotations).toMatchObject([
      { message: expect.stringMatching(/^Of the second key: .*does not hold.*add it before users/) },
    ]);
  });
});
