import { basename } from 'node:path';
import type { Argv, Host } from '@release-kit/action';
import { type BaseSystem, type BootedMachine, type EngineName, prepareLayer, prepareToolLayer } from '@release-kit/machine';
import { ProblemError } from '../problem.ts';
import type { Finding } from '../steps.ts';
import type { Ground } from '../tracks/track.ts';
import { explainPiuparts } from './piuparts-output.ts';
import { type FreshMachine, type Tester, testerEnvironment, testerFolder } from './tester.ts';

const archive = '/var/lib/tester-base.tar.gz';

/**
 * The clean system that piuparts unpacks is the machine's own base, packed before piuparts itself is installed. Device nodes cannot be
 * made in a machine: /dev is lent to it, and the link keeps piuparts from making the node of the pseudo-terminals.
 */
const pack = `set -e
mkdir -p /tmp/tester-dev/dev
ln -s pts/ptmx /tmp/tester-dev/dev/ptmx
tar --one-file-system --exclude='./proc/*' --exclude='./sys/*' --exclude='./dev/*' --exclude='./run/*' --exclude='./tmp/*' \\
  --exclude='./srv/*' --create --file "$1" --directory / .
tar --append --file "$1" --directory /tmp/tester-dev ./dev/ptmx
gzip -1 "$1"
rm -r /tmp/tester-dev`;

/** The base system with a packed clean system and with piuparts; each kept as a layer. */
export async function piupartsBase(host: Host, base: BaseSystem, engine: EngineName): Promise<BaseSystem> {
  const packed = await prepareLayer(host, base, engine, { name: 'piuparts-system', inputs: { pack, archive } }, async (machine) => {
    const how = { errorCode: 'E_BASE_SYSTEM', failure: 'the clean system of piuparts cannot be packed' } as const;
    await machine.run(['/bin/sh', '-c', pack, 'pack', archive.replace(/\.gz$/, '')], how);
  });
  return prepareToolLayer(host, packed, engine, { name: 'piuparts', packages: ['piuparts'], what: 'piuparts' });
}

/** The command inside such a machine while it is booted. `debs`: absolute paths there; `options`: more of piuparts(1). */
export function piupartsArgv(codename: string, debs: readonly string[], options: readonly string[] = []): Argv {
  return ['piuparts', `--basetgz=${archive}`, `--distribution=${codename}`, '--no-eatmydata', '--bindmount=/dev', ...options, ...debs];
}

/** Debian's piuparts: installs, upgrades from the archive's version and purges in a chroot, with its own rules of what may stay. */
export const piuparts: Tester = {
  name: 'piuparts',
  prepare: ({ host, base, engine }) => piupartsBase(host, base, engine),
  async steps(ground, steps, fresh) {
    await steps.run('install, upgrade and purge in a chroot', () => runPiuparts(ground, fresh));
  },
};

function runPiuparts(ground: Ground, fresh: FreshMachine): Promise<Finding> {
  return fresh(async (machine: BootedMachine) => {
    const { host, target, base, packages, timeout } = ground;
    const debs = packages.packages.map(({ file }) => `${testerFolder.packages}/${basename(file)}`);
    const argv = piupartsArgv(base.request.distribution.codename, debs);
    const { exitCode, stdout, stderr } = await machine.run(argv, { env: testerEnvironment(host), allow: 'any', timeout });
    if (exitCode === 0) return { note: `piuparts finds nothing to complain of on ${target.distribution}` };
    const { message, evidence } = explainPiuparts(`${stdout}${stderr}`);
    throw new ProblemError({ category: 'test-failed', message: `piuparts: ${message}`, evidence });
  });
}
