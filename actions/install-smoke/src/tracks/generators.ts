import type { MachineRun } from '../package-manager.ts';

/**
 * Generators of systemd that have nothing to make in a container: they look at disks, firmware and the command line of a kernel that was
 * booted (systemd.generator(7)). Each reload runs all that there are, and maintainer scripts reload often.
 */
const idle = [
  'bless-boot',
  'cryptsetup',
  'debug',
  'factory-reset',
  'gpt-auto',
  'hibernate-resume',
  'integritysetup',
  'run',
  'system-update',
  'tpm2',
  'veritysetup',
];

const folder = '/run/systemd/system-generators';
const script = 'mkdir -p "$0" && cd "$0" && for name; do ln -s /dev/null "systemd-$name-generator"; done';

/** Masks them until the machine is off; nothing is written to its disk. Without it reloads only take longer. */
export async function maskIdleGenerators(run: MachineRun): Promise<void> {
  await run(['/bin/sh', '-c', script, folder, ...idle], { allow: 'any', timeout: 60_000, env: {} });
}
