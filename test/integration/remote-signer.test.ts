/** Keys in a token sign everything; what comes of it is accepted where users verify. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run, spec } from '@release-kit/action-sign-artifacts';
import { basePackages, createMachine, parseDistribution, prepareBase, prepareToolLayer } from '@release-kit/machine';
import {
  clearSign,
  type MadeCertificate,
  makeCertificate,
  publishedKey,
  type RemoteKeyPair,
  readRemoteKey,
  signContent,
} from '@release-kit/openpgp';
import { askApt, type MetRepository, releaseText } from '../support/apt-repository.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, tinyPackage } from '../support/packages.ts';
import { describeWithToken, type SoftToken, softToken, type TokenKind } from '../support/soft-token.ts';

/** Milliseconds: RSA keys take their time on a busy machine, and the first test with machines may have to make the base systems. */
const long = 300_000;
const day = 24 * 60 * 60 * 1000;

/** Everything on a minute ago: apt 3 refuses what is from the future. */
async function certified(host: RecordingHost, pair: RemoteKeyPair, subkey?: RemoteKeyPair): Promise<MadeCertificate> {
  const time = Date.now() - 60_000;
  return makeCertificate(host, { ...pair, userId: 'Release <release@example.org>', time, expires: time + 700 * day, subkey });
}

function sign(host: RecordingHost, token: SoftToken, signer: RemoteKeyPair['signer'], more: Readonly<Record<string, string>> = {}) {
  const given = {
    manifest: 'out/manifest.json',
    signer: signer.command.join('\n'),
    'signer-environment': Object.keys(token.environment).join('\n'),
    'public-key': 'key.gpg',
    ...more,
  };
  return run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);
}

describeWithToken('a key in a token', () => {
  /** A workspace with a package, and a token whose variables the job has. */
  async function project() {
    const environment: Record<string, string> = {};
    const host = await recordingHost({ env: environment });
    const token = await softToken(host);
    Object.assign(environment, token.environment);
    const out = join(host.files.workspace, 'out');
    await mkdir(out);
    await manifestOf(out, [{ ...(await tinyPackage(host, out, { name: 'tiny' })), distribution: 'debian:12' }]);
    const publish = async (pair: RemoteKeyPair): Promise<string> => {
      const { certificate } = await certified(host, pair);
      await writeFile(join(host.files.workspace, 'key.gpg'), certificate.write());
      return certificate.getFingerprint().toUpperCase();
    };
    return { host, token, environment, publish };
  }

  test.each([['rsa3072'], ['rsa4096'], ['p256'], ['ed25519']] as const)(
    'signs packages by the program of the README, and every signature is verified: %s',
    async (kind: TokenKind) => {
      const { host, token, publish } = await project();
      await using _ = host;
      const pair = await token.keyPair(kind);
      const fingerprint = await publish(pair);
      const before = host.recorded.debug.length;
      const outputs = await sign(host, token, pair.signer);
      expect(outputs.fingerprint).toBe(fingerprint);
      expect(outputs.signatures.split('\n').length).toBeGreaterThanOrEqual(2);
      const everything = [...host.recorded.lines, ...host.recorded.debug.slice(before), host.summary.text].join('\n');
      expect(everything).not.toContain(token.environment['PIN']);
    },
    long,
  );

  test('is found to sign in mode check, before anything is built', async () => {
    const { host, token, publish } = await project();
    await using _ = host;
    const pair = await token.keyPair('p256');
    const fingerprint = await publish(pair);
    expect(await sign(host, token, pair.signer, { mode: 'check' })).toMatchObject({ fingerprint, signatures: '' });
  });

  test('and a wrong PIN end the run before anything is written', async () => {
    const { host, token, environment, publish } = await project();
    await using _ = host;
    const pair = await token.keyPair('p256');
    await publish(pair);
    environment['PIN'] = '9999';
    const message = /^the signer \.\/sign-by-token refused: it ended with exit code 1; its last line: (?!.*9999)/;
    await expect(sign(host, token, pair.signer)).rejects.toThrowWithCode('E_SIGNER', message);
    expect((await readdir(join(host.files.workspace, 'out'))).sort()).toEqual(['manifest.json', 'tiny_1.0_all.deb']);
  });

  test('that is another one than the certificate says: E_SIGNATURE', async () => {
    const { host, token, publish } = await project();
    await using _ = host;
    await publish(await token.keyPair('p256'));
    const other = await token.keyPair('p256');
    await expect(sign(host, token, other.signer)).rejects.toThrowWithCode('E_SIGNATURE', /does not verify/);
  });
});

describeWithToken('a repository signed by a token', () => {
  describeWithMachines('as its users meet it', () => {
    test.each([['debian:12'], ['debian:13']] as const)(
      'is accepted by apt of %s without a warning, whatever the kind of key, with a subkey and without',
      async (distribution) => {
        await using host = await machineHost();
        const token = await softToken(host);
        const repositories = [
          await met(host, 'rsa', await token.keyPair('rsa3072')),
          await met(host, 'curve', await token.keyPair('p256')),
          await met(host, 'edwards', await token.keyPair('ed25519')),
          await met(host, 'subkey', await token.keyPair('rsa3072'), await token.keyPair('ed25519')),
        ];
        const verdicts = await askApt(host, distribution, repositories);
        expect(verdicts.filter(({ accepted }) => !accepted)).toEqual([]);
        expect(verdicts).toHaveLength(4);
      },
      long,
    );
  });
});

describeWithToken('certificates of keys in a token', () => {
  describeWithMachines('for newer programs', () => {
    test(
      'gpg 2.4, sqv and sq of Debian 13 find nothing wrong with them, and verify by them',
      async () => {
        await using host = await machineHost();
        const token = await softToken(host);
        const pairs = [await token.keyPair('rsa3072'), await token.keyPair('p256'), await token.keyPair('ed25519')];
        await using folder = await host.files.temporary('certificates');
        for (const [index, pair] of pairs.entries()) {
          const { release, key } = await met(host, `${index}`, pair, pairs[(index + 1) % pairs.length]);
          if ('inRelease' in release) throw new Error('it has a subkey');
          await writeFile(join(folder.path, `${index}.gpg`), key.content);
          await writeFile(join(folder.path, `${index}.text`), release.text);
          await writeFile(join(folder.path, `${index}.sig`), release.gpg);
        }
        const said = await inspected(host, folder.path);
        expect(said).toMatch(/^gpg \(GnuPG\) 2\.4\./m);
        expect(said.match(/Good signature from "Release <release@example\.org>"/g)).toHaveLength(3);
        expect(said.match(/^sig!/gm)).toHaveLength(6);
        expect(said).not.toMatch(/^sig[^!]/m);
        expect(said.match(/^ {2}0 of the 1 certificates \(0%\) have at least one issue/gm)).toHaveLength(3);
        expect(said.match(/^sqv [0-9A-F]{40}$/gm)).toHaveLength(3);
      },
      long,
    );
  });
});

const inspecting = `set -eu
export HOME=/root
gpg --version
cd /srv/certificates
for name in 0 1 2; do
  export GNUPGHOME=/root/gnupg$name
  install -d -m 0700 $GNUPGHOME
  gpg --batch --quiet --import $name.gpg
  gpg --batch --verify $name.sig $name.text 2>&1
  sq cert lint --cert-file $name.gpg 2>&1
  echo "sqv $(sqv --keyring $name.gpg $name.sig $name.text)"
  gpg --batch --check-signatures 2>&1
done`;

async function inspected(host: RecordingHost, folder: string): Promise<string> {
  const base = await prepareBase(host, {
    distribution: parseDistribution('debian:13'),
    architecture: 'amd64',
    packages: basePackages.smoke,
  });
  const packages = ['gnupg', 'sq', 'sqv'];
  const layer = await prepareToolLayer(host, base, 'nspawn', { name: 'openpgp-tools', packages, what: packages.join(', ') });
  await using machine = await createMachine(host, layer, 'nspawn');
  await machine.copyIn(folder, '/srv/certificates');
  return (await machine.run(['sh', '-c', inspecting], { timeout: long })).stdout;
}

/** Clear-signed for keys without a subkey, with a detached signature for the others; the public key in either form. */
async function met(host: RecordingHost, name: string, pair: RemoteKeyPair, subkey?: RemoteKeyPair): Promise<MetRepository> {
  const { certificate } = await certified(host, pair, subkey);
  const now = Date.now() - 30_000;
  const signer = (subkey ?? pair).signer;
  const key = await readRemoteKey(host, { certificate: certificate.write(), name: 'key.gpg', fingerprint: undefined, signer, now });
  const { armored, binary } = await publishedKey([certificate], now);
  const text = releaseText(now);
  return subkey === undefined
    ? { name, release: { inRelease: await clearSign([key], text, now) }, key: { file: 'key.asc', content: armored } }
    : {
        name,
        release: { text, gpg: (await signContent([key], Buffer.from(text), now)).armored },
        key: { file: 'key.gpg', content: binary },
      };
}
