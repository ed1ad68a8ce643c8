import type { Config } from '@release-kit/config';
import { beginRest, measureRest } from '../figures/figures-step.ts';
import { checkFiles } from '../files/files-step.ts';
import { type Leftovers, nothingLeft } from '../files/leftover.ts';
import { judgeLeftovers } from '../files/leftovers-step.ts';
import { type Snapshot, takeSnapshot } from '../files/snapshot.ts';
import { checkAnswers, checkCommands, hasChecks } from '../health/answers-step.ts';
import type { Session } from '../session.ts';
import { checkPorts, withListeners } from '../units/ports-step.ts';
import type { UnitResult } from '../units/services.ts';
import { checkStillUp } from '../units/still-up-step.ts';
import { checkUnitFiles } from '../units/unit-files-step.ts';
import { checkUnits } from '../units/units-step.ts';
import { removeAndLook } from './removal.ts';
import { installAgain, installFirst, reinstall, restart } from './service-steps.ts';
import { type Ground, nothingSeen, type Seen, type Track } from './track.ts';
import { withoutSystemd } from './without-systemd.ts';

/** The whole life of the packages on a system that never had them. */
export function lifeCycle({ packages, config }: Ground): Track {
  return {
    ...{ name: 'life cycle', sets: [packages], wishes: { recommends: false, beside: [] }, steps: live, plain: withoutSystemd },
    planned: [
      ...['dependencies', 'boot', 'install', 'unit files', 'services', ...askedSteps(config)],
      ...['files', 'figures', 'still up', 'ports', 'restart', 'reinstall', 'remove', 'install again', 'purge', 'leftovers'],
      ...['install without systemd', 'purge without systemd'],
    ],
  };
}

/** What is asked of the packages because the configuration says so. */
export const askedSteps = (config: Config): readonly string[] => [
  ...(hasChecks(config) ? ['health checks'] : []),
  ...(config.smoke.commands.length > 0 ? ['commands'] : []),
];

async function live(session: Session): Promise<Seen> {
  const { steps } = session;
  // The dependencies are there already, so that what they brought counts as there.
  const before = await takeSnapshot(session);
  if ((await steps.run('install', () => installFirst(session, before))) === undefined) return nothingSeen;
  session.atRest(); // units settle, and are watched for some seconds
  const units = await checkInstalled(session, before);
  await steps.run('restart', () => restart(session, units));
  await steps.run('reinstall', () => reinstall(session, units));
  const names = units.map((unit) => unit.unit);
  const removed = await steps.run('remove', () => removeAndLook(session, names));
  if (removed === undefined) return { ...nothingSeen, units };
  await steps.run('install again', () => installAgain(session, units, removed));
  return { units, leftovers: await purgeAndLook(session, before) };
}

/** Failed checks are gathered, and removal follows all the same: one run shows everything there is to mend. */
export async function checkInstalled(session: Session, before: Snapshot): Promise<readonly UnitResult[]> {
  const { steps, config } = session;
  const { smoke } = config;
  // Each pair of `begin` and `tell` is work that has time beside other work, most of which is waiting.
  const unitFiles = steps.begin('unit files', () => checkUnitFiles(session));
  const settling = steps.begin('services', () => checkUnits(session, before));
  await unitFiles.tell();
  const services = await settling.tell();
  const units = services?.units ?? [];
  if (hasChecks(config)) await steps.run('health checks', () => checkAnswers(session, units));
  if (smoke.commands.length > 0) await steps.run('commands', () => checkCommands(session));
  // Files are looked at while the units have nothing to do.
  const rest = await beginRest(session, units);
  const files = steps.begin('files', () => checkFiles(session, before));
  const figures = steps.begin('figures', () => measureRest(session, rest, files.found));
  const stillUp = steps.begin('still up', () => checkStillUp(session, units));
  await files.tell();
  await figures.tell();
  await stillUp.tell();
  // Last, since who listens late listens by now.
  const ports = await steps.run('ports', () => checkPorts(session));
  return withListeners(units, ports?.listeners ?? []);
}

export async function purgeAndLook(session: Session, before: Snapshot): Promise<Leftovers> {
  const { steps, manager, run, packages } = session;
  const purged = await steps.run('purge', async () => {
    await manager.purge(run, packages);
    return { note: 'purged' };
  });
  if (purged === undefined) return nothingLeft;
  const looked = await steps.run('leftovers', async () => judgeLeftovers(session, before, await takeSnapshot(session)));
  return looked?.leftovers ?? nothingLeft;
}
