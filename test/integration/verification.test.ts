import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Host, RecordingHost } from '@release-kit/action';
import { basePackages, createMachine, type Machine, parseDistribution, prepareBase, prepareToolLayer } from '@release-kit/machine';
import { openVerifier, readTrustedKeys, type TrustedKey } from '@release-kit/openpgp';
import { type GpgKeys, gpgKeys } from '../support/gpg-keys.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';

/** Milliseconds; the first run may have to make the base system. */
const long = 300_000;
const day = 24 * 60 * 60 * 1000;

let host: RecordingHost;
let home: GpgKeys;
let machine: Machine;
let inside: Host;
let file = '';
const fingerprints: Record<'alice' | 'bob' | 'old' | 'gone', string> = { alice: '', bob: '', old: '', gone: '' };

beforeAll(async () => {
  host = await machineHost();
  home = await gpgKeys(host);
  file = join(host.files.workspace, 'file');
  await writeFile(file, '- content\nof a package\n');
}, long);

afterAll(async () => {
  await machine?.[Symbol.asyncDispose]();
  await home?.[Symbol.asyncDispose]();
  await host?.[Symbol.asyncDispose]();
});

const clock = (time: number): string[] => ['--faked-system-time', `${Math.floor(time / 1000)}!`];

async function sign(name: string, by: readonly string[], how: readonly string[] = ['--detach-sign']): Promise<string> {
  const path = join(host.files.workspace, name);
  await home.gpg([...by.flatMap((each) => ['--local-user', each]), '--output', path, ...how, file]);
  return path;
}

async function trusted(...names: readonly (keyof typeof fingerprints)[]): Promise<readonly TrustedKey[]> {
  const path = join(host.files.workspace, 'trusted.gpg');
  await home.gpg(['--output', path, '--export', ...names.map((name) => fingerprints[name])]);
  return readTrustedKeys(path);
}

/** In the machine, whose /tmp does not outlive a command. */
const placeInside = (path: string): string => join('/srv', path);

/** The verifying programs of the machine in the place of the host's, with copies of the files that they are given. */
function verifyingIn(there: Machine): Host {
  return {
    ...host,
    exec: async (argv, options) => {
      const [program, ...args] = argv;
      if (program !== 'gpgv' && program !== 'sqv') return host.exec(argv, options);
      const folders = new Set(args.filter((arg) => isAbsolute(arg)).map((path) => dirname(path)));
      for (const folder of folders) await there.copyIn(folder, placeInside(folder));
      const moved = args.map((arg) => (isAbsolute(arg) ? placeInside(arg) : arg));
      const result = await there.run([program, ...moved], { allow: 'any', env: { GNUPGHOME: '/srv' } });
      const output = args[args.indexOf('--output') + 1];
      if (args.includes('--output') && output !== undefined) await bringOut(there, output);
      return result;
    },
  };
}

async function bringOut(there: Machine, path: string): Promise<void> {
  await using folder = await host.files.temporary('out');
  const all = join(folder.path, 'all');
  await mkdir(all);
  await there.copyOut(dirname(placeInside(path)), all);
  await copyFile(join(all, basename(path)), path);
}

describeWithMachines('signatures, verified by gpgv 2.4 and sqv of Debian 13', () => {
  beforeAll(async () => {
    fingerprints.alice = await home.make('rsa3072', { usage: 'cert' });
    await home.gpg([...clock(Date.now() - day / 24), '--quick-add-key', fingerprints.alice, 'ed25519', 'sign', '1y']);
    fingerprints.bob = await home.make('ed25519');
    fingerprints.gone = await home.make('nistp256');
    await home.gpg([...clock(Date.now() - 20 * day), '--quick-gen-key', 'old', 'ed25519', 'sign', '10d']);
    fingerprints.old = /^fpr:+([0-9A-F]{40}):/m.exec(await home.gpg(['--with-colons', '--list-keys', 'old']))?.[1] ?? '';
    const base = await prepareBase(host, {
      distribution: parseDistribution('debian:13'),
      architecture: 'amd64',
      packages: basePackages.smoke,
    });
    const packages = ['gpgv', 'sqv'];
    const layer = await prepareToolLayer(host, base, 'nspawn', { name: 'signature-verifiers', packages, what: packages.join(', ') });
    machine = await createMachine(host, layer, 'nspawn');
    inside = verifyingIn(machine);
  }, long);

  test(
    'one key or both, armored or binary: the programs agree on who signed',
    async () => {
      await using both = await openVerifier(inside, await trusted('alice', 'bob'), 'all');
      expect(both.programs.map(({ version }) => version)).toEqual([expect.stringMatching(/^2\.4\./), expect.stringMatching(/^1\.[3-9]/)]);
      const two = await sign('two.sig', [fingerprints.alice, fingerprints.bob]);
      const all = [fingerprints.alice, fingerprints.bob].sort();
      expect(await both.detached(two, file)).toEqual({ signedBy: all, count: 2, problem: undefined, byStrangers: false, remarks: [] });
      const one = await sign('one.asc', [fingerprints.bob], ['--armor', '--detach-sign']);
      expect((await both.detached(one, file)).problem).toBe(`the key ${fingerprints.alice} did not sign`);
      await using user = await openVerifier(inside, await trusted('bob'), 'any');
      expect(await user.detached(two, file)).toMatchObject({ signedBy: [fingerprints.bob], problem: undefined });
      await using stranger = await openVerifier(inside, await trusted('old'), 'any');
      expect(await stranger.detached(one, file)).toMatchObject({ problem: 'it was made by another key', byStrangers: true });
      const other = join(host.files.workspace, 'other');
      await writeFile(other, 'other');
      expect((await user.detached(one, other)).problem).toBe('the content or the signature was changed');
    },
    long,
  );

  test(
    'expired since, revoked, and from the future are told apart as with older programs',
    async () => {
      const early = await sign('early.sig', [fingerprints.old], [...clock(Date.now() - 15 * day), '--detach-sign']);
      const revoked = await sign('revoked.sig', [fingerprints.gone]);
      const late = await sign('late.sig', [fingerprints.bob], [...clock(Date.now() + 15 * day), '--detach-sign']);
      const certificate = await readFile(home.path(`openpgp-revocs.d/${fingerprints.gone}.rev`), 'utf8');
      await home.gpg(['--import'], certificate.replace(':---', '---'));
      await using user = await openVerifier(inside, await trusted('old', 'gone', 'bob'), 'any');
      expect(await user.detached(early, file)).toMatchObject({
        signedBy: [fingerprints.old],
        problem: undefined,
        remarks: [expect.stringMatching(/has expired since/)],
      });
      expect((await user.detached(revoked, file)).problem).toBe('the key is revoked');
      expect((await user.detached(late, file)).problem).toMatch(/in the future/);
    },
    long,
  );

  test(
    'a clear signature gives back the text; a message beside the file is no signature of it',
    async () => {
      await using user = await openVerifier(inside, await trusted('bob'), 'any');
      const { content, ...verdict } = await user.clear(await sign('clear.asc', [fingerprints.bob], ['--clear-sign']));
      expect(verdict).toMatchObject({ signedBy: [fingerprints.bob], problem: undefined });
      expect(Buffer.from(content).toString()).toBe('- content\nof a package\n');
      for (const form of ['--sign', '--clear-sign'])
        expect((await user.detached(await sign('message.asc', [fingerprints.bob], [form]), file)).problem).toBeDefined();
    },
    long,
  );
});
