import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs } from '@release-kit/action';
import * as draftRelease from '@release-kit/action-draft-release';
import * as signArtifacts from '@release-kit/action-sign-artifacts';
import { runProgram } from '@release-kit/cli';
import { basePackages, createMachine, type Machine, parseDistribution, prepareBase, prepareToolLayer } from '@release-kit/machine';
import { clearSign, makeThrowAwayKey, newKeyFiles, readSigningKey, type SigningKey } from '@release-kit/openpgp';
import { layRepository, releaseText } from '../support/apt-repository.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, tinyPackage } from '../support/packages.ts';

/** Milliseconds; the first run may have to make the base systems. */
const long = 300_000;
const download = '/home/somebody/download';
const repository = '/srv/repository';
const program = { 'debian:12': 'gpgv', 'debian:13': 'sqv' } as const;
type Distribution = keyof typeof program;
const distributions: readonly Distribution[] = ['debian:12', 'debian:13'];

/** Blocks of shell in the summary, in their order. */
let blocks: readonly string[] = [];
let release = '';
let key: SigningKey;
let host: RecordingHost;

/** Packages are signed and released; a user downloads one package, the list and what belongs to it. */
async function released(): Promise<void> {
  const out = join(host.files.workspace, 'out');
  await mkdir(out);
  const files = [];
  for (const name of ['one', 'two']) files.push(await tinyPackage(host, out, { name, version: '1.0~rc1' }));
  await manifestOf(out, files);
  const { secret } = await newKeyFiles({ userId: { name: 'A Person' }, algorithm: 'ed25519', validDays: 30 }, undefined, Date.now() - 2000);
  key = await readSigningKey(secret, undefined, Date.now());
  const context = { workspace: host.files.workspace, nameOf: (name: string) => name };
  await signArtifacts.run(
    readInputs(signArtifacts.spec, { key: secret, 'key-name': 'a-person', 'deb-signature': 'origin' }, context),
    host,
  );
  blocks = [...host.summary.text.matchAll(/^```sh\n([\s\S]*?)\n```$/gm)].map(([, block = '']) => block);
  const given = { tag: 'v1.0.0-rc.1', output: 'release', 'key-name': 'a-person' };
  await draftRelease.run(readInputs(draftRelease.spec, given, context), host);
  release = join(host.files.workspace, 'release');
  await rm(join(release, 'two_1.0.rc1_all.deb'));
}

/** A minimal system with the download in the folder of an ordinary user, and without network. */
async function userSystem(distribution: Distribution, more?: Tools): Promise<Machine> {
  const base = await prepareBase(host, {
    distribution: parseDistribution(distribution),
    architecture: 'amd64',
    packages: more === undefined ? basePackages.smoke : basePackages.lint,
  });
  const system = more === undefined ? base : await prepareToolLayer(host, base, 'nspawn', more);
  const machine = await createMachine(host, system, 'nspawn');
  await machine.run(['useradd', '--create-home', 'somebody']);
  await machine.copyIn(release, download, 'somebody');
  return machine;
}

/** Those that test/integration/signed-packages.test.ts needs as well: one layer for both. */
const tools = {
  name: 'signature-tools',
  packages: ['debsig-verify', 'devscripts', 'dpkg-dev', 'dput', 'gpg', 'gpgv'],
  what: 'readers of signatures',
};
type Tools = typeof tools;

const shell = (script: string): readonly [string, ...string[]] => ['sh', '-ec', script];

describeWithMachines('what the summary of signing tells users to do', () => {
  beforeAll(async () => {
    host = await machineHost();
    await released();
  }, long);

  test('is four blocks: two ways to verify, two for administrators', () => {
    expect(blocks.map((block) => block.split(' ')[0])).toEqual(['gpgv', 'sqv', 'install', 'install']);
  });

  test.each(distributions)(
    'verifies a download on a minimal %s, and finds a changed file and a changed list',
    async (distribution) => {
      await using machine = await userSystem(distribution);
      const lines = blocks.find((block) => block.startsWith(program[distribution])) ?? '';
      const verify = () => machine.run(shell(lines), { cwd: download, user: 'somebody', allow: 'any' });
      const good = await verify();
      expect({ exitCode: good.exitCode, said: good.exitCode === 0 ? '' : good.stderr }).toEqual({ exitCode: 0, said: '' });
      expect(good.stdout).toContain('one_1.0.rc1_all.deb: OK\n');
      expect(good.stdout).not.toContain('two');
      // The key that the summary names is the one that the program names.
      const named = (program[distribution] === 'gpgv' ? /gpgv has to name the key `(\S+)`/ : /sqv its primary key, `(\S+)`/).exec(
        host.summary.text,
      );
      expect(named?.[1]).toMatch(/^[0-9A-F]{40}$/);
      expect(good.stdout + good.stderr).toContain(named?.[1]);

      for (const [file, change] of [
        ['one_1.0.rc1_all.deb', 'echo x >> one_1.0.rc1_all.deb'],
        ['SHA256SUMS', "sed -i 's/^./0/' SHA256SUMS"],
      ] as const) {
        await machine.run(shell(`cp ${file} /tmp/kept; ${change}`), { cwd: download });
        expect((await verify()).exitCode).not.toBe(0);
        await machine.run(shell(`cp /tmp/kept ${file}`), { cwd: download });
      }
      expect((await verify()).exitCode).toBe(0);
    },
    long,
  );

  test.each(distributions)(
    'makes apt of %s believe the repository that the key signs, and no other',
    async (distribution) => {
      await using machine = await userSystem(distribution);
      await using folder = await host.files.temporary('repository');
      const time = Date.now() - 1000;
      const stranger = await makeThrowAwayKey(time - 1000);
      for (const [name, signer] of [
        ['ours', key],
        ['foreign', stranger],
      ] as const) {
        const inRelease = await clearSign([signer], releaseText(time), time);
        await layRepository(join(folder.path, name), { name, release: { inRelease }, key: { file: 'none', content: '' } });
      }
      await machine.copyIn(folder.path, repository);
      // Base systems for building have these checks off.
      await machine.run(
        shell(
          'printf "Acquire::Check-%s \\"true\\";\\n" Valid-Until Date > /etc/apt/apt.conf.d/99checks; rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*',
        ),
      );
      const install = (name: string) => {
        const lines = (blocks[2] ?? '').replace('https://example.org/debian', `file:${repository}/${name}`);
        return machine.run(shell(`umask 077; ${lines} -o APT::Update::Error-Mode=any`), { cwd: download, allow: 'any' });
      };
      const good = await install('ours');
      expect({ exitCode: good.exitCode, said: good.stderr }).toEqual({ exitCode: 0, said: '' });
      const modes = await machine.run(['stat', '--format=%a %U', '/etc/apt/keyrings/a-person.asc']);
      expect(modes.stdout).toBe('644 root\n');
      await machine.run(['apt-get', 'download', 'probe'], { cwd: '/tmp' });
      expect((await install('foreign')).exitCode).not.toBe(0);
    },
    long,
  );

  test(
    'makes debsig-verify of Debian 13 accept the packages, and find a changed one',
    async () => {
      await using machine = await userSystem('debian:13', tools);
      const run = (script: string) => machine.run(shell(script), { cwd: download, allow: 'any' });
      expect((await run('debsig-verify one_1.0.rc1_all.deb')).exitCode).not.toBe(0);
      const good = await run(blocks[3] ?? '');
      expect({ exitCode: good.exitCode, said: good.exitCode === 0 ? '' : good.stdout + good.stderr }).toEqual({ exitCode: 0, said: '' });
      await run('printf x | dd of=one_1.0.rc1_all.deb bs=1 seek=150 conv=notrunc');
      expect((await run('debsig-verify one_1.0.rc1_all.deb')).exitCode).not.toBe(0);
    },
    long,
  );

  test(
    'verifies all of it by release-kit, with nothing but the fingerprint',
    async () => {
      const [, line = ''] = /`release-kit (verify [^`]+)`/.exec(host.summary.text) ?? [];
      let said = '';
      const into = {
        write: (text: string) => {
          said += text;
        },
      };
      const verify = (words: string) => runProgram(words.split(' '), { env: process.env, stdout: into, stderr: into, cwd: release });
      expect({ exitCode: await verify(line), said }).toEqual({ exitCode: 0, said: expect.stringContaining('one_1.0.rc1_all.deb') });
      expect(await verify(line.replace(key.fingerprint, 'A'.repeat(40)))).not.toBe(0);
    },
    long,
  );
});
