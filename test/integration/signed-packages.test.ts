/** @slow 80: signatures inside control files and packages, read by the programs that Debian has for them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Host, readInputs } from '@release-kit/action';
import { run as sign, spec } from '@release-kit/action-sign-artifacts';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, type Machine, ownArchitecture, prepareBase, prepareToolLayer } from '@release-kit/machine';
import { describeFile } from '@release-kit/manifest';
import { openVerifier, readTrustedKeys } from '@release-kit/openpgp';
import { type BuiltPackage, builtPackage } from '../support/built-package.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf } from '../support/packages.ts';

/** Milliseconds; the first run installs the readers. */
const long = 900_000;
const folder = '/srv/signed';

interface Signed {
  readonly built: BuiltPackage;
  readonly key: Key;
  readonly machine: Machine;
}

/** tiny, signed inside and out, in a machine with the readers. */
async function signedIn(host: Host, distribution: string, key: Key): Promise<Signed> {
  const built = await builtPackage(host);
  const given = { manifest: built.manifest, 'manifest-digest': built.digest, key: key.secret, 'deb-signature': 'origin' };
  await sign(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name }), host);
  const base = await prepareBase(host, {
    distribution: parseDistribution(distribution),
    architecture: ownArchitecture(),
    packages: basePackages.lint,
  });
  const readers = ['debsig-verify', 'debsigs', 'devscripts', 'dpkg-dev', 'dput', 'gpg', 'gpgv'];
  const tools = await prepareToolLayer(host, base, 'nspawn', { name: 'signature-tools', packages: readers, what: 'readers of signatures' });
  const machine = await createMachine(host, tools, 'nspawn');
  await machine.copyIn(join(built.folder, 'signed'), folder);
  return { built, key, machine };
}

interface Key {
  readonly secret: string;
  readonly fingerprint: string;
  /** Of the part that signs. */
  readonly signer: string;
}

/** A key as people make it; `subkey`: its primary part certifies only. */
function gpgKey(host: Host, subkey: boolean): Key {
  const home = join(host.files.workspace, 'g');
  mkdirSync(home, { mode: 0o700 });
  const gpg = (...args: string[]): string =>
    execFileSync('gpg', ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', '', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const fingerprints = (): string[] =>
    [...gpg('--with-colons', '--list-keys').matchAll(/^fpr:+([0-9A-F]{40}):/gm)].map(([, one = '']) => one);
  gpg('--quick-generate-key', 'Ada & Co <ada@example.org>', 'ed25519', subkey ? 'cert' : 'sign', 'never');
  const [fingerprint = ''] = fingerprints();
  if (subkey) gpg('--quick-add-key', fingerprint, 'ed25519', 'sign', '2y');
  const secret = gpg('--armor', '--export-secret-keys');
  const signer = fingerprints().at(-1) ?? '';
  execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  return { secret, fingerprint, signer };
}

/** What the policy and the key say where they belong. */
function installPolicy({ machine, key }: Signed): Promise<unknown> {
  const install = `set -e
install -D -m 644 signing-key.pol /etc/debsig/policies/$1/signing-key.pol
install -D -m 644 signing-key.gpg /usr/share/debsig/keyrings/$1/signing-key.gpg`;
  return machine.run(['sh', '-c', install, 'install', key.signer], { cwd: folder });
}

describeWithMachines('what is signed inside', () => {
  test.each(['debian:12', 'debian:13'])(
    'satisfies debsig-verify, dscverify, dpkg-source, dput, dpkg and apt of %s',
    async (distribution) => {
      await using host = await machineHost();
      const signed = await signedIn(host, distribution, gpgKey(host, distribution === 'debian:13'));
      const { built, key } = signed;
      await using machine = signed.machine;
      const { dsc, changes, deb } = built.names;
      const run = (...argv: readonly [string, ...string[]]) => machine.run(argv, { cwd: folder, allow: 'any', timeout: 120_000 });

      // No policy, no trust.
      expect(await run('debsig-verify', deb)).toMatchObject({ exitCode: 11 });
      await installPolicy(signed);
      expect(await run('debsig-verify', deb)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/Verified package from .*Ada & Co/),
      });

      const checked = await run('dscverify', '--keyring', './signing-key.gpg', changes);
      expect(checked).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/All files validated successfully/) });
      expect(checked.stdout.match(/Good signature found/g)).toHaveLength(3);

      // The keyring of developers is the one that both dpkg-source with gpgv and dpkg-source with sqv ask.
      await run('install', '-D', '-m', '644', 'signing-key.gpg', '/usr/share/keyrings/debian-keyring.gpg');
      expect(await run('dpkg-source', '--require-valid-signature', '-x', dsc, '/tmp/tree')).toMatchObject({ exitCode: 0 });
      expect(await run('dput', '--check-only', '-u', 'local', changes)).toMatchObject({ exitCode: 0 });
      expect(await run('apt-get', '-q', '-y', 'install', `./${deb}`)).toMatchObject({ exitCode: 0 });
      expect(await run('dpkg-query', '-W', 'tiny')).toMatchObject({ stdout: 'tiny\t1.0~rc1\n' });
      expect((await run('lintian', '--tags', 'malformed-deb-archive,misplaced-extra-member-in-deb', deb)).stdout.trim()).toBe(
        'E: tiny: misplaced-extra-member-in-deb _gpgorigin (unexpected _member at position 3)',
      );
      expect(key.fingerprint === key.signer).toBe(distribution === 'debian:12');

      // One byte of the contents.
      await run('sh', '-c', `printf x | dd of=${deb} bs=1 seek=150 conv=notrunc`);
      expect(await run('debsig-verify', deb)).toMatchObject({ exitCode: 13 });
      expect((await run('dscverify', '--keyring', './signing-key.gpg', changes)).exitCode).not.toBe(0);
    },
    long,
  );

  test(
    'by a subkey is nothing that debsig-verify of Debian 12 knows, as the log says',
    async () => {
      await using host = await machineHost();
      const signed = await signedIn(host, 'debian:12', gpgKey(host, true));
      await using machine = signed.machine;
      await installPolicy(signed);
      expect(await machine.run(['debsig-verify', signed.built.names.deb], { cwd: folder, allow: 'any' })).toMatchObject({ exitCode: 12 });
      expect(host.recorded.lines.join('\n')).toMatch(/that of Debian 12 knows primary keys only/);
    },
    long,
  );

  test(
    'has the form of debsigs: we verify what it signed, and put our signature in the place of its own',
    async () => {
      await using host = await machineHost();
      const key = gpgKey(host, false);
      const { built, machine: made } = await signedIn(host, 'debian:13', key);
      await using machine = made;
      const { deb } = built.names;
      await machine.copyIn(built.folder, '/srv/built');
      await machine.run(['gpg', '--batch', '--import'], { stdin: key.secret });
      await machine.run(['debsigs', '--sign=origin', `--default-key=${key.fingerprint}`, deb], { cwd: '/srv/built', timeout: 60_000 });
      await machine.run(['sh', '-c', `mkdir /srv/theirs && cp ${deb} /srv/theirs`], { cwd: '/srv/built' });
      const theirs = join(host.files.workspace, 'theirs');
      mkdirSync(theirs);
      await machine.copyOut('/srv/theirs', theirs);

      const published = await readTrustedKeys(join(built.folder, 'signed', 'signing-key.asc'));
      await using verifier = await openVerifier(host, published, 'all');
      expect(await verifier.inDeb(join(theirs, deb))).toMatchObject({ problem: undefined, signedBy: [key.fingerprint] });

      const file = await describeFile(theirs, deb, {
        kind: 'deb',
        package: 'tiny',
        version: '1.0~rc1',
        architecture: 'all',
        distribution: 'debian:12',
      });
      const manifest = await manifestOf(theirs, [file]);
      const given = { manifest, key: key.secret, 'deb-signature': 'origin' };
      await sign(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name }), host);
      const [first, second] = [await members(host, join(theirs, deb)), await members(host, join(theirs, 'signed', deb))];
      expect(second).toEqual(first);
      expect(second.filter((name) => name.startsWith('_'))).toEqual(['_gpgorigin']);
    },
    long,
  );
});

async function members(host: Host, deb: string): Promise<readonly string[]> {
  return (await host.exec(['ar', 't', deb])).stdout.trim().split('\n');
}
