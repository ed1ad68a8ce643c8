/** Each distribution really: its base system is made, compiles and installs. By default three that no other test makes. */
import { expect, test } from '@jest/globals';
import { distributionNames, parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, ownArchitecture, prepareBase } from '@release-kit/machine';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';

const own = ownArchitecture();
const foreign = own === 'arm64' ? 'amd64' : 'arm64';
/** Raspberry Pi OS needs an address; an archive in motion is not what a test should depend on. */
const every = distributionNames.filter((name) => !/^raspios:|:sid$/.test(name)).map((name) => `${name}/${own}`);

/** `RELEASE_KIT_TEST_DISTRIBUTIONS`: `all`, or `distribution/architecture`, blanks between. */
function chosen(wanted: string | undefined): readonly string[] {
  if (wanted === 'all') return [...every, `debian:12/${foreign}`];
  return wanted === undefined || wanted === ''
    ? [`debian:13/${own}`, `ubuntu:24.04/${own}`, `debian:12/${foreign}`]
    : wanted.split(' ').filter((word) => word !== '');
}

describeWithMachines('machines of other distributions and architectures', () => {
  test.each(chosen(process.env['RELEASE_KIT_TEST_DISTRIBUTIONS']))(
    '%s compiles, runs what it compiled, and installs from its archive',
    async (target) => {
      const [name = '', architecture = own] = target.split('/');
      const distribution = parseDistribution(name);
      await using host = await machineHost();
      const base = await prepareBase(host, { distribution, architecture, packages: basePackages.build });
      await using machine = await createMachine(host, base, 'nspawn');
      const program = 'echo "int main(void) { return 42; }" > /tmp/a.c; gcc -o /tmp/a /tmp/a.c; /tmp/a; echo $?';
      const { stdout } = await machine.run(['/bin/sh', '-c', `dpkg --print-architecture; . /etc/os-release; echo $ID; ${program}`]);
      expect(stdout).toBe(`${architecture}\n${distribution.vendor}\n42\n`);
      if (architecture !== own) return; // apt takes minutes in an emulated machine
      await machine.run(['apt-get', '-o', 'APT::Update::Error-Mode=any', 'update'], { network: true });
      await machine.run(['apt-get', 'install', '--no-install-recommends', 'hello'], { network: true });
      expect((await machine.run(['hello'])).stdout).toBe('Hello, world!\n');
    },
    1_800_000,
  );

  const named = process.env['RELEASE_KIT_TEST_DISTRIBUTIONS'] === undefined ? [] : chosen(process.env['RELEASE_KIT_TEST_DISTRIBUTIONS']);
  if (named.length > 0)
    test.each(named)(
      '%s boots',
      async (target) => {
        const [name = '', architecture = own] = target.split('/');
        await using host = await machineHost();
        const base = await prepareBase(host, { distribution: parseDistribution(name), architecture, packages: basePackages.smoke });
        await using machine = await createMachine(host, base, 'nspawn');
        await using booted = await machine.boot();
        // Emulated, systemd cannot do all of its own set-up.
        expect(booted.state).toMatch(architecture === own ? /^running$/ : /^(?:running|degraded)$/);
      },
      1_800_000,
    );
});
