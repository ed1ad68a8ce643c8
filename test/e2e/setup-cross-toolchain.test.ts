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
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { type MachineJob, type MachineStep, startMachineJob } from '../support/runner/index.ts';

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
    'for armhf, and for the host itself in the same words, needs nothing but compilers',
    async () => {
      await using host = await machineHost();
      await using machine = await runner(host);
      const job = await startJob(host, machine, 'armhf');
      const before = await aptFiles(job);
      succeeded(await job.run({ architecture: 'armhf', prepare: 'toolchain' }));
      expect(await buildC(job)).toBe('hello from C on armv7l\n');
      expect(await buildCpp(job)).toBe('hello from C++ on armv7l\n');
      expect(await buildGo(job)).toBe('hello from Go on armv7l (arm)\n');
      expect(await aptFiles(job)).toBe(before);
      expect((await job.finish()).map((step) => succeeded(step).log)).toEqual(['']);

      const native = await startMachineJob(host, machine, action, (work) => cp(projects, work, { recursive: true }));
      expect(succeeded(await native.run({ prepare: 'toolchain' })).outputs.get('installed')).toBe('');
      await machine.run(['rm', '-rf', '/runner/work/c-cmake/build', '/runner/work/cpp-meson/build']);
      expect(await buildC(native)).toBe('hello from C on x86_64\n');
      expect(await buildCpp(native)).toBe('hello from C++ on x86_64\n');
    },
    25 * minute,
  );
});
