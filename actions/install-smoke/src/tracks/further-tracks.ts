import { inertLine } from '@release-kit/action';
import type { Config } from '@release-kit/config';
import type { AnswerFile } from '../answers/answer-file.ts';
import { checkAnswersKept, giveAnswers } from '../answers/answers-step.ts';
import { takeSnapshot } from '../files/snapshot.ts';
import { checkAnswers, checkCommands, hasChecks } from '../health/answers-step.ts';
import { ProblemError } from '../problem.ts';
import type { Session } from '../session.ts';
import { checkUnits } from '../units/units-step.ts';
import { askedSteps, purgeAndLook } from './life-cycle.ts';
import { checkOthers, readOthers } from './others.ts';
import { removeAndLook } from './removal.ts';
import { installFirst } from './service-steps.ts';
import { type Ground, nothingSeen, type Seen, type Track } from './track.ts';

/** Of the track in which the recommended packages are there as well. */
export const recommendedTrackName = 'with recommended packages';

/** As most people install: with the packages that ours recommend (Debian Policy 7.2). */
export function recommendsTrack({ packages, manager, config }: Ground): Track {
  return {
    name: recommendedTrackName,
    sets: [packages],
    wishes: { recommends: true, beside: [] },
    planned: planned(config),
    async idle() {
      try {
        return (await manager.hasRecommendations([packages])) ? undefined : 'no package recommends another';
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return 'the packages cannot be read';
      }
    },
    steps: (session) => tryOut(session),
  };
}

/** On a system that has other packages already: ours must work, and theirs must go on as before. */
export function besideTrack({ packages, config }: Ground, beside: readonly string[]): Track {
  return {
    name: inertLine(`beside ${beside.join(' ')}`),
    sets: [packages],
    wishes: { recommends: false, beside },
    planned: [...planned(config, { installed: ['others'] }), 'others again'],
    async steps(session) {
      const others = await readOthers(session);
      const seen = await tryOut(session, {
        installed: () => session.steps.run('others', () => checkOthers(session, others, 'the installation')),
      });
      await session.steps.run('others again', () => checkOthers(session, others, 'the purge'));
      return seen;
    },
  };
}

/** With answers to the questions of the packages that were given beforehand. */
export function preseededTrack({ packages, config }: Ground, file: AnswerFile): Track {
  return {
    name: 'preseeded',
    sets: [packages],
    wishes: { recommends: false, beside: [] },
    planned: planned(config, { first: ['answers'], installed: ['answers taken'] }),
    async steps(session) {
      const given = await session.steps.run('answers', () => giveAnswers(session, file));
      if (given === undefined) return nothingSeen;
      return await tryOut(session, { installed: () => session.steps.run('answers taken', () => checkAnswersKept(session, file)) });
    },
  };
}

/** The names of what `tryOut` does; `first` and `installed`: what a track does besides. */
function planned(
  config: Config,
  { first = [], installed = [] }: { readonly first?: readonly string[]; readonly installed?: readonly string[] } = {},
): readonly string[] {
  const works = ['services', ...askedSteps(config), ...installed];
  return ['dependencies', 'boot', ...first, 'install', ...works, 'remove', 'purge', 'leftovers'];
}

/** Installs, looks whether everything works, and purges. */
async function tryOut(session: Session, { installed }: { installed?: () => Promise<unknown> } = {}): Promise<Seen> {
  const { steps, config } = session;
  const before = await takeSnapshot(session);
  if ((await steps.run('install', () => installFirst(session, before))) === undefined) return nothingSeen;
  const services = await steps.run('services', () => checkUnits(session, before));
  const units = services?.units ?? [];
  if (hasChecks(config)) await steps.run('health checks', () => checkAnswers(session, units));
  if (config.smoke.commands.length > 0) await steps.run('commands', () => checkCommands(session));
  await installed?.();
  const names = units.map(({ unit }) => unit);
  if ((await steps.run('remove', () => removeAndLook(session, names))) === undefined) return { ...nothingSeen, units };
  return { units, leftovers: await purgeAndLook(session, before) };
}
