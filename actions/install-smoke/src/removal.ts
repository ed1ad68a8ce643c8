import { inertLine } from '@release-kit/action';
import type { BootedMachine } from '@release-kit/machine';
import { type Apt, type MachineRun, removePackages } from './apt.ts';
import type { Problem } from './problem.ts';
import { stillActive } from './services.ts';
import type { Finding } from './steps.ts';

/** Removes the packages: services stop, configuration files stay (Debian Policy 6.8, 10.7). */
export async function removeAndLook(machine: BootedMachine, run: MachineRun, apt: Apt, units: readonly string[]): Promise<Finding> {
  const conffiles = parseConffiles((await machine.run(['dpkg-query', '--show', `--showformat=\${Conffiles}\\n`, ...apt.names])).stdout);
  const before = await existing(machine, conffiles);
  await removePackages(run, apt);
  const problems: Problem[] = [
    ...(await stillActive(machine, units)).map(
      (unit): Problem => ({
        code: 'E_SMOKE_REMOVE',
        message: `${inertLine(unit)} still runs after the package was removed`,
        cure: 'Stop the unit in prerm; debhelper does so for units it installs.',
        subject: { kind: 'unit', unit },
      }),
    ),
    ...missingFrom(await existing(machine, before), before).map(
      (path): Problem => ({
        code: 'E_SMOKE_REMOVE',
        message: `the configuration file ${inertLine(path)} is gone after removal; only a purge may delete it`,
        cure: 'Do not delete conffiles in prerm or postrm remove (Debian Policy 10.7.3).',
      }),
    ),
  ];
  const kept =
    before.length === 0 ? '' : `, ${before.length === 1 ? 'one configuration file' : `${before.length} configuration files`} kept`;
  return { problems, note: problems[0]?.message ?? `removed${units.length === 0 ? '' : ', services stopped'}${kept}` };
}

/** Paths of dpkg's field Conffiles: lines of ` /path digest`, with `obsolete` after old ones. */
export function parseConffiles(text: string): readonly string[] {
  return [...text.matchAll(/^ (\/.*) [0-9a-f]{32}$/gm)].map((match) => match[1] ?? '');
}

function missingFrom(now: readonly string[], before: readonly string[]): readonly string[] {
  return before.filter((path) => !now.includes(path));
}

async function existing(machine: BootedMachine, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const { stdout } = await machine.run(['stat', '--format=%n', '--', ...paths], { allow: 'any', timeout: 30_000 });
  return stdout.split('\n').filter((line) => line !== '');
}
