import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { type GpgHome, gpgHome, place } from './gpg-home.test-support.ts';
import { verifyWithGpgv } from './gpgv.ts';
import { detachedSignature, publicKeyArmored } from './signature.ts';
import { readSigningKey } from './signing-key.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

const day = 24 * 60 * 60 * 1000;
let host: RecordingHost;
let home: GpgHome;
let ed25519 = '';
let ed25519Text = '';
/** A second ahead, so that keys made just now are not from the future. */
const soon = (): number => Date.now() + 1000;

beforeAll(async () => {
  host = await recordingHost();
  home = await gpgHome(host);
  ed25519 = await home.generate('Ed <ed@example.org>', 'ed25519', 'sign', '0');
  ed25519Text = await home.exportSecret(ed25519);
});

afterAll(async () => {
  await home[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});

async function signsForReal(text: string, passphrase?: string): Promise<void> {
  const key = await readSigningKey(text, passphrase, soon());
  const file = await place(host, 'file', 'content');
  const signature = await place(host, 'file.asc', await detachedSignature(key, { file }, Date.now()));
  await verifyWithGpgv(host, { publicKey: await publicKeyArmored(key), signature, file });
}

describe('forms of a pasted key', () => {
  const forms: readonly (readonly [string, (armor: string) => string])[] = [
    ['as exported', (armor) => armor],
    ['base64 on one line', (armor) => Buffer.from(armor).toString('base64')],
    ['base64 wrapped at 64', (armor) => Buffer.from(armor).toString('base64').replace(/.{64}/g, '$&\n')],
    ['line ends written as \\n', (armor) => armor.replaceAll('\n', '\\n')],
    ['CRLF', (armor) => armor.replaceAll('\n', '\r\n')],
    ['a byte-order mark', (armor) => `\ufeff${armor}`],
    ['noise around', (armor) => `my key:\n\n${armor}\nend of it\n`],
    ['no checksum', (armor) => armor.replace(/^=.{4}\n/m, '')],
  ];
  test.each(forms)('%s signs', async (_, form) => {
    const key = await readSigningKey(form(ed25519Text), undefined, soon());
    expect(key).toMatchObject({
      fingerprint: ed25519,
      signingFingerprint: ed25519,
      algorithm: 'Ed25519',
      userId: 'Ed <ed@example.org>',
      expires: undefined,
      warnings: [],
    });
  });

  test('base64 of the binary export signs', async () => {
    const binary = await host.exec(['sh', '-c', `gpg --homedir "$0" --batch --dearmor | base64 -w0`, host.files.workspace], {
      stdin: ed25519Text,
    });
    expect((await readSigningKey(binary.stdout, undefined, soon())).fingerprint).toBe(ed25519);
  });

  const broken: readonly (readonly [string, (armor: string) => string, RegExp])[] = [
    ['empty', () => ' \n', /empty/],
    ['something else', () => 'hello world!', /neither/],
    ['base64 of something else', () => Buffer.from('hello world').toString('base64'), /not of an OpenPGP key/],
    ['cut off', (armor) => armor.slice(0, -80), /cut off/],
    ['one letter changed', (armor) => armor.replace(/\n\n(.)/, (_, first: string) => `\n\n${first === 'l' ? 'm' : 'l'}`), /damaged/],
    ['line ends lost', (armor) => armor.replaceAll('\n', ' '), /line ends/],
    ['far too long', (armor) => armor.padEnd(1024 * 1024 + 1), /longer than/],
  ];
  test.each(broken)('%s is E_KEY_FORMAT', async (_, form, message) => {
    await expect(readSigningKey(form(ed25519Text), undefined, soon())).rejects.toThrowWithCode('E_KEY_FORMAT', message);
  });

  test('an empty key names the empty secret in its cure', async () => {
    await expect(readSigningKey('', undefined, soon())).rejects.toMatchObject({ cure: expect.stringMatching(/not set.*secrets: inherit/) });
  });

  test('a public key is E_KEY_PUBLIC_ONLY, armored or in base64', async () => {
    const armor = await home.gpg(['--armor', '--export', ed25519]);
    await expect(readSigningKey(armor, undefined, soon())).rejects.toThrowWithCode('E_KEY_PUBLIC_ONLY');
    await expect(readSigningKey(Buffer.from(armor).toString('base64'), undefined, soon())).rejects.toThrowWithCode('E_KEY_PUBLIC_ONLY');
    const binary = await home.gpg(['--export', '--export-options', 'export-minimal', '--armor', ed25519]);
    const body = binary.split('\n\n')[1]?.replace(/\n=[\s\S]*$/, '') ?? '';
    await expect(readSigningKey(body, undefined, soon())).rejects.toThrowWithCode('E_KEY_PUBLIC_ONLY');
  });
});

describe('choice of the key that signs', () => {
  test('a subkeys-only export signs with the newest valid signing subkey, and gpgv accepts it', async () => {
    const primary = await home.generate('Sub <sub@example.org>', 'rsa3072', 'cert', '0');
    await home.addSubkey(primary, 'ed25519', 'sign', '0');
    await home.addSubkey(primary, 'cv25519', 'encr', '0');
    const text = await home.gpg(['--passphrase', '', '--armor', '--export-secret-subkeys', primary]);
    const key = await readSigningKey(text, undefined, soon());
    expect(key.fingerprint).toBe(primary);
    expect(key.signingFingerprint).not.toBe(primary);
    await signsForReal(text);
  });

  test('a key on NIST P-256 signs', async () => {
    await signsForReal(await home.exportSecret(await home.generate('Nist <nist@example.org>', 'nistp256', 'sign', '0')));
  });

  test('of two keys in one text the newest that can sign is taken', async () => {
    const older = await home.generate('Older <older@example.org>', 'ed25519', 'sign', '0', { at: Date.now() - 400 * day });
    const text = `${await home.exportSecret(older)}\n${ed25519Text}`;
    expect((await readSigningKey(text, undefined, soon())).fingerprint).toBe(ed25519);
    expect((await readSigningKey(`${ed25519Text}${await home.exportSecret(older)}`, undefined, soon())).fingerprint).toBe(ed25519);
  });

  test('an expired subkey is passed over for a valid primary', async () => {
    const primary = await home.generate('Old subkey <oldsub@example.org>', 'ed25519', 'sign', '0', { at: Date.now() - 100 * day });
    await home.addSubkey(primary, 'ed25519', 'sign', '10d', { at: Date.now() - 90 * day });
    expect((await readSigningKey(await home.exportSecret(primary), undefined, soon())).signingFingerprint).toBe(primary);
  });

  test('expiry within 30 days is a warning with the date and fingerprint, later is none', async () => {
    const near = await home.generate('Near <near@example.org>', 'ed25519', 'sign', '29d');
    const key = await readSigningKey(await home.exportSecret(near), undefined, soon());
    expect(key.warnings).toEqual([`The signing key ${near} expires on ${new Date(key.expires ?? 0).toISOString().slice(0, 10)}.`]);
    expect(key.expires).toBeGreaterThan(Date.now() + 28 * day);
    const far = await home.generate('Far <far@example.org>', 'ed25519', 'sign', '32d');
    expect((await readSigningKey(await home.exportSecret(far), undefined, soon())).warnings).toEqual([]);
  });
});

describe('keys that cannot sign are E_KEY_UNUSABLE', () => {
  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    ['certification only', 'ed25519', 'cert', /holds no key that may sign/],
    ['encryption only', 'rsa3072', 'encr', /holds no key that may sign/],
    ['RSA below 3072 bits', 'rsa2048', 'sign', /RSA keys shorter than 3072 bits/],
    ['DSA', 'dsa2048', 'sign', /dsa/i],
    ['secp256k1', 'secp256k1', 'sign', /secp256k1/],
    ['brainpool', 'brainpoolP256r1', 'sign', /brainpool/],
  ];
  test.each(cases)('%s', async (_, algorithm, usage, message) => {
    const fingerprint = await home.generate(`${algorithm} <${algorithm}-${usage}@example.org>`, algorithm, usage, '0');
    const text = await home.exportSecret(fingerprint);
    await expect(readSigningKey(text, undefined, soon())).rejects.toThrowWithCode('E_KEY_UNUSABLE', message);
    await expect(readSigningKey(text, undefined, soon())).rejects.toThrowWithCode('E_KEY_UNUSABLE', new RegExp(fingerprint));
  });

  test('expired', async () => {
    const fingerprint = await home.generate('Expired <expired@example.org>', 'ed25519', 'sign', '10d', { at: Date.now() - 20 * day });
    await expect(readSigningKey(await home.exportSecret(fingerprint), undefined, soon())).rejects.toThrowWithCode(
      'E_KEY_UNUSABLE',
      /expired/,
    );
  });

  test('revoked', async () => {
    const fingerprint = await home.generate('Revoked <revoked@example.org>', 'ed25519', 'sign', '0');
    const certificate = await host.exec([
      'sh',
      '-c',
      'sed "s/^:---/---/" "$0"/openpgp-revocs.d/*"$1".rev',
      await homeFolder(),
      fingerprint,
    ]);
    await home.gpg(['--import'], certificate.stdout);
    await expect(readSigningKey(await home.exportSecret(fingerprint), undefined, soon())).rejects.toThrowWithCode(
      'E_KEY_UNUSABLE',
      /revoked/,
    );
  });

  test('the signing part left out of the export', async () => {
    const text = await home.gpg(['--passphrase', '', '--armor', '--export-secret-subkeys', await withEncryptionSubkey()]);
    await expect(readSigningKey(text, undefined, soon())).rejects.toThrowWithCode('E_KEY_UNUSABLE', /left out of the export/);
  });

  async function withEncryptionSubkey(): Promise<string> {
    const primary = await home.generate('Stub <stub@example.org>', 'ed25519', 'sign', '0');
    await home.addSubkey(primary, 'cv25519', 'encr', '0');
    return primary;
  }

  async function homeFolder(): Promise<string> {
    return /^Home: (.*)$/m.exec(await home.gpg(['--version']))?.[1] ?? '';
  }
});

describe('passphrases', () => {
  const passphrase = ' $HOME "ä" \'x\' \\n';
  let text = '';
  beforeAll(async () => {
    text = await home.exportSecret(await home.generate('Pass <pass@example.org>', 'ed25519', 'sign', '0', { passphrase }), passphrase);
  });

  test('blanks, quotes, dollar signs and UTF-8 are used byte for byte', async () => {
    await signsForReal(text, passphrase);
  });

  test('a line end at the end belongs to it', async () => {
    await expect(readSigningKey(text, `${passphrase}\n`, soon())).rejects.toThrowWithCode('E_PASSPHRASE', /does not open/);
  });

  test('a missing one is named as such, an empty one too', async () => {
    await expect(readSigningKey(text, undefined, soon())).rejects.toThrowWithCode('E_PASSPHRASE', /none is given/);
    await expect(readSigningKey(text, '', soon())).rejects.toThrowWithCode('E_PASSPHRASE', /none is given/);
  });

  test('one that is not needed is a warning', async () => {
    expect((await readSigningKey(ed25519Text, 'unused passphrase', soon())).warnings).toEqual([
      'A passphrase is given, but the signing key is not protected by one.',
    ]);
  });
});
