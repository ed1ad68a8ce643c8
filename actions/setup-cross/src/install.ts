import { CommandError, type Host, UserError } from '@release-kit/action';
import type { HostNeed } from '@release-kit/machine';
import { aptEnvironment, installArgv, installationText, isLocked, planInstallation, updateArgv } from './installation.ts';

/** Milliseconds. */
const lockPatience = 5 * 60_000;
const lockPause = 2000;
const aptTimeout = 20 * 60_000;

/** How every apt runs here: without questions, its output in the log, its failure one of the host's. */
export const aptOptions = { cwd: '/', env: aptEnvironment, timeout: aptTimeout, output: 'log', errorCode: 'E_HOST' } as const;

/** Installs what is missing with apt, after saying what and why. Returns the packages asked for. E_HOST when apt cannot. */
export async function install(host: Host, missing: readonly HostNeed[]): Promise<readonly string[]> {
  const plan = planInstallation(missing);
  host.log.info(installationText(plan));
  const names = plan.map(({ name }) => name);
  await host.log.group('Install what is missing', async () => {
    await updateLists(host);
    await installPackages(host, names);
  });
  return names;
}

/** Has apt look at the archives. E_HOST when it cannot. */
export async function updateLists(host: Host): Promise<void> {
  await whenUnlocked(host, () => host.exec(updateArgv, { ...aptOptions, failure: "apt cannot read this host's package archives" }));
}

/** Installs packages of the lists that apt has. E_HOST when apt cannot. */
export async function installPackages(host: Host, names: readonly string[]): Promise<void> {
  await host.exec(installArgv(names), { ...aptOptions, failure: `apt cannot install ${names.join(', ')} on this host` });
}

/** Repeats `apt-get update` while another one runs. */
export async function whenUnlocked<T>(host: Pick<Host, 'clock' | 'log'>, update: () => Promise<T>): Promise<T> {
  const deadline = host.clock.now() + lockPatience;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await update();
    } catch (error) {
      if (!(error instanceof CommandError) || !isLocked(error.failure.lastLines)) throw error;
      if (host.clock.now() >= deadline)
        throw new UserError('E_HOST', 'another apt has been running on this host for too long', { cause: error });
      if (attempt === 0) host.log.info('Another apt is running on this host; waiting for it.');
      await host.clock.sleep(lockPause);
    }
  }
}
