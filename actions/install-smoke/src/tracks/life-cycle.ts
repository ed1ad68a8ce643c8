import { inertLine } from '@release-kit/action';
import { beginRest, measureRest } from '../figures/figures-step.ts';
import { checkFiles } from '../files/files-step.ts';
import { type Leftovers, nothingLeft } from '../files/leftover.ts';
import { judgeLeftovers } from '../files/leftovers-step.ts';
import { type Snapshot, takeSnapshot } from '../files/snapshot.ts';
import { checkAnswers, checkCommands } from '../health/answers-step.ts';
import type { Session } from '../session.ts';
import type { UnitResult } from '../units/services.ts';
import { checkUnits } from '../units/units-step.ts';
import { removeAndLook } from './removal.ts';
import { type Ground, nothingSeen, type Seen, type Track } from './track.ts';

/** The whole life of the packages on a system that never had them. */
export function lifeCycle({ packages }: Ground): Track {
  return { name: 'life cycle', sets: [packages], wishes: { recommends: false, beside: [] }, steps: live };
}

async function live(session: Session): Promise<Seen> {
  const { steps } = session;
  // The dependencies are there already, so that what they brought counts as there.
  const before = await takeSnapshot(session);
  const installed = await steps.run('install', async () => {
    const begin = session.host.clock.now();
    await session.manager.install(session.run, session.packages);
    session.installed.restart();
    session.measure({ install: session.host.clock.now() - begin });
    return { note: inertLine(session.packages.packages.map(({ name }) => name).join(', ')) };
  });
  if (installed === undefined) return nothingSeen;
  const units = await checkInstalled(session, before);
  const names = units.map((unit) => unit.unit);
  const removed = await steps.run('remove', () => removeAndLook(session, names));
  if (removed === undefined) return { ...nothingSeen, units };
  return { units, leftovers: await purgeAndLook(session, before) };
}

/** Failed checks are gathered, and removal follows all the same: one run shows everything there is to mend. */
export async function checkInstalled(session: Session, before: Snapshot): Promise<readonly UnitResult[]> {
  const { steps, config } = session;
  const { smoke } = config;
  const services = await steps.run('services', () => checkUnits(session));
  const units = services?.units ?? [];
  if (smoke.checks.length + smoke.services.flatMap(({ healthy }) => healthy).length > 0)
    await steps.run('health checks', () => checkAnswers(session, units));
  if (smoke.commands.length > 0) await steps.run('commands', () => checkCommands(session));
  // Files are looked at while the units have nothing to do.
  const rest = await beginRest(session, units);
  await steps.run('files', () => checkFiles(session, before));
  await steps.run('figures', () => measureRest(session, rest));
  return units;
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
