import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { gpgForAll, place } from './gpg-home.test-support.ts';
import { findSqv } from './sqv.ts';
import { readTrustedKeys, selectKeys, type TrustedKey } from './trusted-keys.ts';
import { openVerifier } from './verifier.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(120_000);

const day = 24 * 60 * 60 * 1000;
const given = gpgForAll();
let file = '';
const fingerprints: Record<'alice' | 'bob' | 'expired' | 'revoked', string> = { alice: '', bob: '', expired: '', revoked: '' };

beforeAll(async () => {
  // A name that would draw on a terminal and looks like a status line.
  fingerprints.alice = await given.home.generate('Alice \u001b[2J %0A[GNUPG:] GOODSIG <alice@example.org>', 'rsa3072', 'cert', 'never');
  await given.home.addSubkey(fingerprints.alice, 'ed25519', 'sign', 'never');
  fingerprints.bob = await given.home.generate('Bob <bob@example.org>', 'ed25519', 'sign', 'never');
  fingerprints.expired = await given.home.generate('Old <old@example.org>', 'ed25519', 'sign', '10d', { at: Date.now() - 20 * day });
  fingerprints.revoked = await given.home.generate('Gone <gone@example.org>', 'ed25519', 'sign', 'never');
  file = await place(given.host, 'file', '- content\nof a package\n');
  await sign('revoked.sig', ['revoked']);
  const folder = /^Home: (.*)$/m.exec(await given.home.gpg(['--version']))?.[1] ?? '';
  const certificate = await readFile(join(folder, 'openpgp-revocs.d', `${fingerprints.revoked}.rev`), 'utf8');
  await given.home.gpg(['--import'], certificate.replace(':---', '---'));
});

type Name = keyof typeof fingerprints;

async function sign(name: string, by: readonly Name[], options: readonly string[] = ['--detach-sign']): Promise<string> {
  const path = join(given.host.files.workspace, name);
  const users = by.flatMap((each) => ['--local-user', fingerprints[each]]);
  await given.home.gpg([...users, '--output', path, ...options, file]);
  return path;
}

async function keys(...names: readonly Name[]): Promise<readonly TrustedKey[]> {
  const path = join(given.host.files.workspace, `${names.join('-')}.gpg`);
  await given.home.gpg(['--output', path, '--export', ...names.map((name) => fingerprints[name])]);
  return readTrustedKeys(path);
}

const at = (time: number): string[] => ['--faked-system-time', `${Math.floor(time / 1000)}!`, '--detach-sign'];

describe('signatures, verified by gpgv and sqv', () => {
  const withSqv = existsSync('/usr/bin/sqv') || process.env['CI'] !== undefined ? test : test.skip;
  withSqv('sqv takes part here, and prints the fingerprint of the primary key where a subkey signed', async () => {
    expect(await findSqv(given.host)).toBeDefined();
    const signature = await sign('sub.asc', ['alice'], ['--armor', '--detach-sign']);
    await using verifier = await openVerifier(given.host, await keys('alice'), 'all');
    expect(verifier.tools).toBe('gpgv and sqv');
    expect(await verifier.detached(signature, file)).toEqual({
      signedBy: [fingerprints.alice],
      count: 1,
      problem: undefined,
      byStrangers: false,
      remarks: [],
    });
  });

  test('during a rotation both signatures are needed of what we made, one of two is enough for users', async () => {
    const both = await sign('both.sig', ['alice', 'bob']);
    const one = await sign('one.sig', ['bob']);
    const trusted = await keys('alice', 'bob');
    await using strict = await openVerifier(given.host, trusted, 'all');
    expect((await strict.detached(both, file)).signedBy).toEqual([fingerprints.alice, fingerprints.bob].sort());
    expect((await strict.detached(one, file)).problem).toBe(`the key ${fingerprints.alice} did not sign`);
    await using user = await openVerifier(given.host, await keys('bob'), 'any');
    expect(await user.detached(both, file)).toEqual({
      signedBy: [fingerprints.bob],
      count: 1,
      problem: undefined,
      byStrangers: false,
      remarks: ['another signature: it was made by another key'],
    });
    await using alone = await openVerifier(given.host, await keys('bob'), 'all');
    expect((await alone.detached(both, file)).problem).toBe('it was made by another key');
  });

  test('a signature from before the expiry of its key stays good for users, and is none that was made now', async () => {
    const signature = await sign('expired.sig', ['expired'], at(Date.now() - 15 * day));
    await using user = await openVerifier(given.host, await keys('expired'), 'any');
    expect(await user.detached(signature, file)).toMatchObject({
      signedBy: [fingerprints.expired],
      problem: undefined,
      remarks: [expect.stringMatching(/has expired since/)],
    });
    await using strict = await openVerifier(given.host, await keys('expired'), 'all');
    expect((await strict.detached(signature, file)).problem).toBe('the key has expired');
  });

  test('a revoked key and a signature from the future are refused, although gpgv ends with 0', async () => {
    await using user = await openVerifier(given.host, await keys('revoked', 'bob'), 'any');
    expect((await user.detached(join(given.host.files.workspace, 'revoked.sig'), file)).problem).toBe('the key is revoked');
    const future = await sign('future.sig', ['bob'], at(Date.now() + 15 * day));
    expect((await user.detached(future, file)).problem).toMatch(/^it says that it was made in the future/);
  });

  test('a signature over SHA-1 is refused', async () => {
    await using user = await openVerifier(given.host, await keys('bob'), 'any');
    const signature = await sign('weak.sig', ['bob'], ['--digest-algo', 'SHA1', '--detach-sign']);
    expect((await user.detached(signature, file)).problem).toMatch(/SHA-1/);
  });

  test('a signed message beside the file is no signature of the file, in either form', async () => {
    await using verifier = await openVerifier(given.host, await keys('bob'), 'any');
    for (const form of ['--sign', '--clear-sign']) {
      const message = await sign('message.asc', ['bob'], [form]);
      expect((await verifier.detached(message, file)).problem).toBeDefined();
      expect((await verifier.detached(message, await place(given.host, 'other', 'other'))).signedBy).toEqual([]);
    }
  });

  test('a flood of packets is refused before any program reads it; what a name says is never printed', async () => {
    await using verifier = await openVerifier(given.host, await keys('alice'), 'any');
    const one = await readFile(await sign('flood.sig', ['alice']));
    await writeFile(join(given.host.files.workspace, 'flood.sig'), Buffer.concat(Array.from({ length: 5000 }, () => one)));
    expect((await verifier.detached(join(given.host.files.workspace, 'flood.sig'), file)).problem).toBe(
      'it is far too large for a signature',
    );
    expect([...given.host.recorded.lines, ...given.host.recorded.debug].join('\n')).not.toContain('\u001b');
  });
});

describe('clear signatures', () => {
  test('give back the text that was verified', async () => {
    const signed = await sign('clear.asc', ['bob'], ['--clear-sign']);
    await using verifier = await openVerifier(given.host, await keys('bob'), 'all');
    const { content, ...verdict } = await verifier.clear(signed);
    expect(verdict).toEqual({ signedBy: [fingerprints.bob], count: 1, problem: undefined, byStrangers: false, remarks: [] });
    expect(Buffer.from(content).toString()).toBe('- content\nof a package\n');
    const text = await readFile(signed, 'utf8');
    const changed = await place(given.host, 'changed.asc', text.replace('of a', 'of another'));
    expect(await verifier.clear(changed)).toMatchObject({ problem: 'the content or the signature was changed', signedBy: [] });
    expect((await verifier.clear(await place(given.host, 'plain', 'no signature\n'))).problem).toBe('it holds no signature');
    for (const around of [`first\n${text}`, `${text}last\n`, text + text])
      await expect(verifier.clear(await place(given.host, 'around.asc', around))).rejects.toThrowWithCode('E_CONTROL');
  });
});

describe('signatures inside packages', () => {
  test('cover what is in the package and nothing else; a package without one, or that is none, has no verdict', async () => {
    const folder = join(given.host.files.workspace, 'parts');
    await mkdir(folder);
    const parts = { 'debian-binary': '2.0\n', 'control.tar': 'control', 'data.tar': 'data' };
    for (const [name, content] of Object.entries(parts)) await writeFile(join(folder, name), content);
    const whole = await place(given.host, 'whole', Object.values(parts).join(''));
    await given.home.gpg(['--local-user', fingerprints.bob, '--output', join(folder, '_gpgorigin'), '--detach-sign', whole]);
    const pack = async (name: string, ...more: readonly string[]): Promise<string> => {
      const path = join(given.host.files.workspace, name);
      await given.host.exec(['ar', 'rcD', path, ...Object.keys(parts), ...more], { cwd: folder });
      return path;
    };
    await using verifier = await openVerifier(given.host, await keys('bob'), 'all');
    expect(await verifier.inDeb(await pack('plain.deb'))).toBeUndefined();
    expect(await verifier.inDeb(await place(given.host, 'none.deb', 'no package'))).toBeUndefined();
    const signed = await pack('signed.deb', '_gpgorigin');
    expect(await verifier.inDeb(signed)).toMatchObject({ signedBy: [fingerprints.bob], problem: undefined });
    await writeFile(join(folder, 'data.tar'), 'evil');
    expect((await verifier.inDeb(await pack('changed.deb', '_gpgorigin')))?.problem).toBe('the content or the signature was changed');
  });
});

describe('public keys to trust', () => {
  test('are read armored, twice in one file, with CRLF and noise, and binary', async () => {
    const armored = await given.home.gpg(['--armor', '--export', fingerprints.alice]);
    const other = await given.home.gpg(['--armor', '--export', fingerprints.bob]);
    const read = await readTrustedKeys(await place(given.host, 'k.asc', `noise\n${armored}${other}`.replaceAll('\n', '\r\n')));
    expect(read.map(({ fingerprint }) => fingerprint)).toEqual([fingerprints.alice, fingerprints.bob]);
    expect((await keys('bob')).map(({ fingerprint }) => fingerprint)).toEqual([fingerprints.bob]);
  });

  test('of several keys the one with the fingerprint is meant, also by that of its subkey; no such key is E_KEY_UNUSABLE', async () => {
    const both = await keys('alice', 'bob');
    expect(selectKeys(both, undefined, 'k')).toHaveLength(2);
    expect(selectKeys(both, fingerprints.bob, 'k').map(({ fingerprint }) => fingerprint)).toEqual([fingerprints.bob]);
    expect(selectKeys(both, both[0]?.parts[1], 'k').map(({ fingerprint }) => fingerprint)).toEqual([fingerprints.alice]);
    expect(() => selectKeys(both, 'A'.repeat(40), 'k')).toThrowWithCode('E_KEY_UNUSABLE', new RegExp(fingerprints.bob));
  });

  test('what is none is E_KEY_FORMAT, a file that is not there E_PATH', async () => {
    await expect(readTrustedKeys(join(given.host.files.workspace, 'missing'))).rejects.toThrowWithCode('E_PATH');
    const secret = await given.home.exportSecret(fingerprints.bob);
    for (const text of ['', 'rubbish', secret, Buffer.alloc(5 * 1024 * 1024)])
      await expect(readTrustedKeys(await place(given.host, 'k', text))).rejects.toThrowWithCode('E_KEY_FORMAT');
  });
});
