/** @slow 150 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { RecordingHost } from '@release-kit/action';
import {
  basePackages,
  createMachine,
  type Machine,
  parseDistribution,
  prepareBase,
  prepareEmulation,
  prepareLayer,
} from '@release-kit/machine';
import { makeArchiveKey, writeArchive } from '../support/look-alike-archive.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { type MachineJob, type MachineStep, startMachineJob } from '../support/runner/index.ts';
import { takesAll } from '../support/selection.ts';

const action = join(import.meta.dirname, '../../dist/setup-cross');
const projects = join(import.meta.dirname, '../fixtures/toolchains');
const minute = 60_000;

/** What a user's runner has before setup-cross: build systems and compilers for itself, all from Debian. */
const tools = ['cmake', 'ninja-build', 'meson', 'cargo', 'golang-go', 'pkg-config'];

async function runner(host: RecordingHost): Promise<Machine> {
  const base = await prepareBase(host, {
    distribution: parseDistribution('debian:12'),
    architecture: 'amd64',
    packages: basePackages.build,
  });
  const layered = await prepareLayer(host, base, 'nspawn', { name: 'test-runner', inputs: tools }, async (machine) => {
    await machine.run(['apt-get', 'update'], { network: true });
    await machine.run(['apt-get', 'install', '--no-install-recommends', '--', ...tools], { network: true, timeout: 20 * minute });
  });
  return createMachine(host, layered, 'nspawn');
}

async function startJob(host: RecordingHost, machine: Machine, architecture: string): Promise<MachineJob> {
  await prepareEmulation(host, architecture);
  return startMachineJob(host, machine, action, (work) => cp(projects, work, { recursive: true }));
}

function succeeded(step: MachineStep): MachineStep {
  expect({ exitCode: step.exitCode, log: step.exitCode === 0 ? '' : step.log }).toEqual({ exitCode: 0, log: '' });
  return step;
}

const at = (project: string): string => `/runner/work/${project}`;

/** What an ordinary workflow would write; nothing names the architecture. */
async function buildC(job: MachineJob): Promise<string> {
  await job.exec(['cmake', '-S', '.', '-B', 'build', '-G', 'Ninja'], at('c-cmake'));
  await job.exec(['cmake', '--build', 'build'], at('c-cmake'));
  await job.exec(['ctest', '--test-dir', 'build', '--output-on-failure'], at('c-cmake'));
  return job.exec(['build/hello'], at('c-cmake'));
}

async function buildCpp(job: MachineJob): Promise<string> {
  const cross = job.variables.get('MESON_CROSS_FILE');
  await job.exec(['meson', 'setup', 'build', ...(cross === undefined ? [] : ['--cross-file', cross])], at('cpp-meson'));
  await job.exec(['meson', 'test', '-C', 'build'], at('cpp-meson'));
  return job.exec(['build/hello'], at('cpp-meson'));
}

async function buildRust(job: MachineJob): Promise<string> {
  await job.exec(['cargo', 'test', '--offline', '--workspace', '--all'], at('rust'));
  return job.exec(['cargo', 'run', '--offline', '--quiet'], at('rust'));
}

async function buildGo(job: MachineJob): Promise<string> {
  await job.exec(['go', 'test', './...'], at('go-cgo'));
  await job.exec(['go', 'build', '-o', 'hello', '.'], at('go-cgo'));
  return job.exec(['./hello'], at('go-cgo'));
}

const apt = ['/etc/apt/sources.list', '/etc/apt/sources.list.d', '/var/lib/dpkg/arch'] as const;

/** Everything of apt's sources: names, modes, owners, times and bytes. */
async function aptFiles(job: MachineJob): Promise<string> {
  const listing = await job.exec([
    'find',
    ...apt.slice(0, 2),
    '-type',
    'f',
    '-printf',
    '%p %m %u %g %T@\\n',
    '-exec',
    'sha256sum',
    '{}',
    ';',
  ]);
  return `${listing.split('\n').sort().join('\n')}\n${await job.exec(['dpkg', '--print-foreign-architectures'])}`;
}

describeWithMachines('a project that just compiles', () => {
  test(
    'for arm64: C with CMake, C++ with Meson, Rust with a dependency and Go with C are built, tested and run; all is taken back',
    async () => {
      await using host = await machineHost();
      await using machine = await runner(host);
      const job = await startJob(host, machine, 'arm64');
      const before = await aptFiles(job);
      const inputs = { architecture: 'arm64', prepare: 'toolchain', libraries: 'zlib1g-dev\nlibstd-rust-dev', undo: 'true' };
      const first = succeeded(await job.run(inputs));
      expect(Object.fromEntries(first.outputs)).toMatchObject({
        strategy: 'cross',
        triplet: 'aarch64-linux-gnu',
        emulator: '/usr/bin/qemu-aarch64-static',
        'base-system': '',
      });
      expect(first.outputs.get('installed')?.split('\n')).toEqual(expect.arrayContaining(['gcc-aarch64-linux-gnu', 'zlib1g-dev:arm64']));

      expect(await buildC(job)).toBe('hello from C on aarch64, with zlib 1\n');
      expect(await buildCpp(job)).toBe('hello from C++ on aarch64, with zlib 1\n');
      expect(await buildRust(job)).toBe('hello from Rust on aarch64, built on x86_64\n');
      expect(await buildGo(job)).toBe('hello from Go on aarch64 (arm64)\n');

      const changed = await aptFiles(job);
      const second = succeeded(await job.run(inputs));
      expect(second.outputs.get('installed')).toBe('');
      expect(second.log).toContain('Nothing to install: this host has all that a toolchain needs');
      expect(await aptFiles(job)).toBe(changed);

      const posts = (await job.finish()).map((step) => succeeded(step).log);
      expect(posts).toEqual(['', expect.stringMatching(/Taken back: \d files? of apt, \d+ packages of arm64/)]);
      expect(await aptFiles(job)).toBe(before);
      // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own
      expect(await job.exec(['dpkg-query', '--show', '--showformat=${Architecture}\\n'])).not.toContain('arm64');
    },
    25 * minute,
  );

  test(
    'for armhf needs nothing but compilers, and for the host itself the same words do',
    async () => {
      await using host = await machineHost();
      await using machine = await runner(host);
      const job = await startJob(host, machine, 'armhf');
      const before = await aptFiles(job);
      succeeded(await job.run({ architecture: 'armhf', prepare: 'toolchain' }));
      expect(await buildC(job)).toBe('hello from C on armv7l\n');
      if (takesAll) {
        expect(await buildCpp(job)).toBe('hello from C++ on armv7l\n');
        expect(await buildGo(job)).toBe('hello from Go on armv7l (arm)\n');
      }
      expect(await aptFiles(job)).toBe(before);
      expect((await job.finish()).map((step) => succeeded(step).log)).toEqual(['']);

      const native = await startMachineJob(host, machine, action, (work) => cp(projects, work, { recursive: true }));
      expect(succeeded(await native.run({ prepare: 'toolchain' })).outputs.get('installed')).toBe('');
      await machine.run(['rm', '-rf', '/runner/work/c-cmake/build', '/runner/work/cpp-meson/build']);
      expect(await buildC(native)).toBe('hello from C on x86_64\n');
      expect(await buildCpp(native)).toBe('hello from C++ on x86_64\n');

      await expectUbuntuIsSurvived(host, machine);
    },
    25 * minute,
  );
});

/** A host like GitHub's: the own archive, behind a list of mirrors, promises armhf and has it not; a stranger's has never heard of it. */
async function expectUbuntuIsSurvived(host: RecordingHost, machine: Machine): Promise<void> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own
  const versionArgv = ['dpkg-query', '--show', '--showformat=${Package} ${Version}\\n', 'libc6', 'libstdc++6'] as const;
  const known = (await machine.run(versionArgv)).stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const libraries = [...known.map(([name = '', version = '']) => ({ name, version })), { name: 'libtiny', version: '1' }];
  const job = await startMachineJob(host, machine, action, async (work) => {
    mkdirSync(join(work, 'srv'));
    const key = makeArchiveKey(join(host.files.workspace, 'key'));
    copyFileSync(key.keyring, join(work, 'srv', 'archive.gpg'));
    const suites = ['noble', 'noble-updates'];
    const promised = ['amd64', 'armhf'];
    writeArchive(join(work, 'srv', 'main'), {
      origin: 'Ubuntu',
      suites,
      promised,
      served: 'amd64',
      libraries: [{ name: 'native', version: '1' }],
      key,
    });
    writeArchive(join(work, 'srv', 'ports'), { origin: 'Ubuntu', suites, promised, served: 'armhf', libraries, key });
    writeArchive(join(work, 'srv', 'stranger'), {
      origin: 'Stranger',
      suites: ['noble'],
      promised: ['amd64'],
      served: 'amd64',
      libraries: [],
      key,
    });
    const put = (file: string, lines: readonly string[]): void => {
      mkdirSync(join(work, 'etc', file, '..'), { recursive: true });
      writeFileSync(join(work, 'etc', file), `${lines.join('\n')}\n`);
    };
    const signed = 'Signed-By: /srv/archive.gpg';
    put('sources.list', ['# Ubuntu sources have moved']);
    put('sources.list.d/ubuntu.sources', [
      'Types: deb',
      'URIs: mirror+file:/etc/apt/apt-mirrors.txt',
      'Suites: noble noble-updates',
      'Components: main',
      signed,
    ]);
    put('sources.list.d/stranger.list', ['deb [signed-by=/srv/archive.gpg] file:/srv/stranger noble main # mine']);
    put('apt-mirrors.txt', ['file:/srv/main\tpriority:1']);
    writeFileSync(join(work, 'os-release'), 'ID=ubuntu\nVERSION_ID="24.04"\nPRETTY_NAME="Ubuntu 24.04 LTS"\n');
    writeFileSync(
      join(work, 'Ubuntu.info'),
      'Suite: {series}\nRepositoryType: deb\nBaseURI: file:/srv/ports\nBaseURI-amd64: file:/srv/main\n',
    );
  });
  const script = [
    'rm -rf /etc/apt/sources.list /etc/apt/sources.list.d /var/lib/apt/lists/*',
    'cp -r /runner/work/srv/. /srv/; chmod -R a+rX /srv',
    'cp -r /runner/work/etc/. /etc/apt/; cp /runner/work/os-release /etc/os-release',
    'mkdir -p /usr/share/python-apt/templates; cp /runner/work/Ubuntu.info /usr/share/python-apt/templates/',
  ].join('\n');
  await job.exec(['sh', '-ec', script]);
  const before = await aptFiles(job);
  const inputs = { architecture: 'armhf', prepare: 'toolchain', libraries: 'libtiny', undo: 'true' };

  const without = await job.run({ ...inputs, 'ports-mirror': 'file:/srv/stranger' });
  expect(without.log).toMatch(
    /E_ARCHITECTURE.*no archive that this host knows has packages of armhf for noble, noble-updates: asked file:.srv.main .*, file:.srv.stranger /s,
  );
  expect(await aptFiles(job)).toBe(before);

  const step = succeeded(await job.run(inputs));
  expect(step.outputs.get('installed')?.split('\n')).toEqual(['libc6:armhf', 'libstdc++6:armhf', 'libtiny:armhf']);
  expect(await job.exec(['cat', '/etc/apt/sources.list.d/ubuntu.sources'])).toContain(
    'Types: deb\nArchitectures: amd64\nURIs: mirror+file:',
  );
  expect(await job.exec(['cat', '/etc/apt/sources.list.d/release-kit-armhf.sources'])).toContain(
    'URIs: file:/srv/ports\nSuites: noble noble-updates\n',
  );
  const changed = await aptFiles(job);
  succeeded(await job.run({ ...inputs, libraries: 'libtiny\nlibc6' }));
  expect(await aptFiles(job)).toBe(changed);

  const posts = (await job.finish()).map((post) => succeeded(post).log);
  expect(posts.filter((log) => log !== '')).toEqual([expect.stringMatching(/Taken back: 2 files of apt, 3 packages of armhf/)]);
  expect(await aptFiles(job)).toBe(before);
}
