import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { type Host, recordingHost } from '@release-kit/action';
import type { PublicKey } from 'openpgp';
import { makeCertificate, type RemoteKeyPair } from './certificate-making.ts';
import { place } from './gpg-home.test-support.ts';
import { verifyWithGpgv } from './gpgv.ts';
import { opensslKeyPair, shellSigner } from './openssl-signer.test-support.ts';
import { openRemoteSigner } from './remote-signer.ts';
import { signContent } from './signature.ts';

// openssl makes RSA keys slowly on a busy machine.
jest.setTimeout(120_000);

const digest = Buffer.alloc(64, 7);

async function certificateOf(host: Host, pair: RemoteKeyPair): Promise<PublicKey> {
  return (await makeCertificate(host, { ...pair, userId: 'Jane <jane@example.org>', time: Date.now() - 60_000 })).certificate;
}

describe('a key elsewhere', () => {
  test.each([['rsa3072'], ['p256'], ['p384'], ['p521'], ['ed25519']] as const)('gpgv verifies what it signs: %s', async (kind) => {
    await using host = await recordingHost();
    const pair = await opensslKeyPair(host, kind);
    const certificate = await certificateOf(host, pair);
    const signer = await openRemoteSigner(host, pair.signer, certificate.keyPacket);
    const key = {
      ...signer,
      certificate,
      fingerprint: signer.signingFingerprint,
      userId: '',
      algorithm: kind,
      expires: undefined,
      warnings: [],
    };
    const file = await place(host, 'content', 'what is signed');
    const { armored } = await signContent([key], { file }, Date.now());
    const signature = await place(host, 'content.asc', armored);
    await verifyWithGpgv(host, { publicKey: certificate.armor(), signature, file });
  });

  test('is asked once at once, one question at a time, and never again after it failed', async () => {
    await using host = await recordingHost();
    const pair = await opensslKeyPair(host, 'ed25519');
    const certificate = await certificateOf(host, pair);
    const counting = 'mkdir busy || exit 9; echo . >> count; [ $(wc -l < count) -le 4 ] || exit 3; sh ./ed25519.sh; rmdir busy';
    const signer = await openRemoteSigner(host, await shellSigner(host, 'counting', counting), certificate.keyPacket);
    expect(await readFile(join(host.files.workspace, 'count'), 'utf8')).toBe('.\n');
    await Promise.all([1, 2, 3].map(() => signer.signDigest(digest)));
    await expect(Promise.all([1, 2, 3].map(() => signer.signDigest(digest)))).rejects.toThrowWithCode('E_SIGNER', /exit code 3/);
    await expect(signer.signDigest(digest)).rejects.toThrowWithCode('E_SIGNER', /exit code 3/);
    expect(await readFile(join(host.files.workspace, 'count'), 'utf8')).toBe('.\n'.repeat(5));
  });

  test('gets the digest in every form, what was entrusted to it, and nothing else of our environment', async () => {
    process.env['INPUT_PASSPHRASE'] = 'of another input';
    await using host = await recordingHost();
    const pair = await opensslKeyPair(host, 'p256');
    const certificate = await certificateOf(host, pair);
    const seeing =
      'env > seen; cmp /dev/stdin "$RELEASE_KIT_DIGEST_FILE" || exit 1; openssl pkeyutl -sign -inkey p256.pem -in "$RELEASE_KIT_BARE_FILE"';
    const hook = { ...(await shellSigner(host, 'seeing', seeing)), environment: { PIN: '123456' } };
    const signer = await openRemoteSigner(host, hook, certificate.keyPacket);
    await signer.signDigest(digest);
    delete process.env['INPUT_PASSPHRASE'];
    const seen = (await readFile(join(host.files.workspace, 'seen'), 'utf8')).trim().split('\n');
    const names = seen.map((line) => line.replace(/=.*/, '')).filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name));
    const ours = ['ALGORITHM', 'BARE_FILE', 'DIGEST', 'DIGEST_FILE', 'FINGERPRINT', 'HASH'].map((name) => `RELEASE_KIT_${name}`);
    expect(names.sort()).toEqual(['HOME', 'LANG', 'LC_ALL', 'PATH', 'PIN', ...ours, 'TZ']);
    expect(seen).toContain(`RELEASE_KIT_DIGEST=${digest.toString('hex')}`);
    expect(seen).toContain(`RELEASE_KIT_FINGERPRINT=${certificate.getFingerprint().toUpperCase()}`);
  });
});

describe('signers that do not sign (K24)', () => {
  const opened = async (host: Host, script: string, change: object = {}) => {
    const pair = await opensslKeyPair(host, 'ed25519');
    const certificate = await certificateOf(host, pair);
    return openRemoteSigner(host, { ...(await shellSigner(host, 'bad', script)), ...change }, certificate.keyPacket);
  };

  test.each([
    [
      'refusing',
      'echo asking; echo first >&2; echo "AccessDenied: no" >&2; exit 7',
      /^the signer \.\/bad\.sh refused: it ended with exit code 7; its last line: AccessDenied: no$/,
    ],
    ['refusing without a word', 'exit 1', /exit code 1, without a word/],
    ['killed', 'kill -9 $$', /refused: it was killed/],
    ['answering nothing', 'exit 0', /gave no signature: it answered nothing/],
    ['answering too little', 'sh ./ed25519.sh | head -c 63', /it answered 63 bytes, which are no Ed25519 signature of 64 bytes/],
    ['answering with words', 'echo Signature made.', /it answered 16 bytes/],
    ['answering for ever', 'yes', /gave no answer: .*printed more than 1 MiB/],
  ])('%s: E_SIGNER', async (_, script, message) => {
    await using host = await recordingHost();
    await expect(opened(host, script)).rejects.toThrowWithCode('E_SIGNER', message);
  });

  test.each([
    ['garbage of the right length', 'head -c 64 /dev/urandom'],
    ['nothing but zeros', 'head -c 64 /dev/zero'],
    ['a signature of another digest', 'head -c 64 /dev/urandom > other; openssl pkeyutl -sign -inkey ed25519.pem -rawin -in other'],
    [
      'a signature by another key',
      'openssl genpkey -algorithm ED25519 -out o.pem; openssl pkeyutl -sign -inkey o.pem -rawin -in /dev/stdin',
    ],
  ])('answering %s: E_SIGNATURE', async (_, script) => {
    await using host = await recordingHost();
    await expect(opened(host, script)).rejects.toThrowWithCode(
      'E_SIGNATURE',
      /^the signer \.\/bad\.sh gave a signature that does not verify/,
    );
  });

  test.each([['rsa3072'], ['p256']] as const)('a signature of another digest by %s: E_SIGNATURE', async (kind) => {
    await using host = await recordingHost();
    const certificate = await certificateOf(host, await opensslKeyPair(host, kind));
    const script = `head -c 64 /dev/urandom > other; openssl pkeyutl -sign -inkey ${kind}.pem -pkeyopt digest:sha512 -in other`;
    await expect(openRemoteSigner(host, await shellSigner(host, 'bad', script), certificate.keyPacket)).rejects.toThrowWithCode(
      'E_SIGNATURE',
      /does not verify/,
    );
  });

  test('too slow: E_SIGNER, and nothing that it started lives on', async () => {
    await using host = await recordingHost();
    const script = 'sleep 987 & echo $! > child; echo $$ > parent; wait';
    await expect(opened(host, script, { timeout: 1500 })).rejects.toThrowWithCode('E_SIGNER', /took longer than 1500 ms/);
    for (const name of ['parent', 'child']) {
      const pid = Number(await readFile(join(host.files.workspace, name), 'utf8'));
      expect(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State: Z')).toMatch(/^State:\s+Z/m);
    }
  });

  test('an interrupt ends it, and is told as one', async () => {
    const interrupt = new AbortController();
    await using host = await recordingHost({ signal: interrupt.signal });
    const pair = await opensslKeyPair(host, 'ed25519');
    const certificate = await certificateOf(host, pair);
    const opening = openRemoteSigner(host, await shellSigner(host, 'bad', 'echo $$ > parent; sleep 987'), certificate.keyPacket);
    const parent = join(host.files.workspace, 'parent');
    while ((await readFile(parent, 'utf8').catch(() => '')) === '') await new Promise((resolve) => setTimeout(resolve, 20));
    interrupt.abort();
    await expect(opening).rejects.toThrowWithCode('E_CANCELLED', /interrupted/);
  });

  test('not there, or not to be run: E_SIGNER', async () => {
    await using host = await recordingHost();
    await expect(opened(host, '', { command: ['./nothing.sh'] })).rejects.toThrowWithCode('E_SIGNER', /nothing\.sh is not installed/);
    await expect(opened(host, '', { command: ['./ed25519.pem'] })).rejects.toThrowWithCode('E_SIGNER', /permission denied/);
  });

  test('what it says cannot command the runner, is cut, and does not tell what was entrusted to it', async () => {
    await using host = await recordingHost();
    const script = `printf '::error::x\\033[31m %s %0999d\\n' "$PIN" 1 >&2; exit 1`;
    const error = await opened(host, script, { environment: { PIN: '123456' } }).catch((reason: unknown) => reason);
    const message = error instanceof Error ? error.message : '';
    expect(message).toMatch(/its last line: \\:{0,1}.*\\x1b\[31m \*\*\* 000/);
    expect(message).not.toMatch(/123456|\u001b|last line: ::error/);
    expect(message.length).toBeLessThan(500);
  });
});
