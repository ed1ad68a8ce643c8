import { inertLine, type Place } from '@release-kit/action';
import type { Config, HealthCheck } from '@release-kit/config';
import { noteOf, placeInConfig } from '../config-place.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { type Slots, slots } from '../targets/slots.ts';
import type { UnitResult } from '../units/services.ts';
import { checkCommand } from './command.ts';
import { checkHealth } from './health.ts';
import { questionText } from './question-text.ts';

/** How many checks are asked at the same time: each asks several times a second. */
const mostAtATime = 6;

/** A check of the configuration, with where it stands. */
interface PlacedCheck {
  readonly check: HealthCheck;
  /** The service that it belongs to. */
  readonly unit: string | undefined;
  readonly path: string;
}

/** All health checks of services that are up, and those of no service; the time of the last good answer is a figure. */
export async function checkAnswers(session: Session, units: readonly UnitResult[]): Promise<Finding> {
  const problems = await checkHealthy(session, units);
  if (problems.length === 0) session.measure({ healthy: session.installed.milliseconds() });
  const asked = checksOf(session.config, units).map(({ check }) => questionText(check));
  return {
    problems,
    note: problems.length === 0 ? noteOf(asked, [], 'good') : `${asked.length - problems.length} good, ${problems.length} failed`,
  };
}

/**
 * The same after a restart, an upgrade or any other change: all are asked again, at the same time, each with its own limit. Services
 * that are down are left out, for they have already failed for a better reason, and so are the checks of `known` problems, which would
 * take their whole time again. Problems in the order of the configuration.
 */
export async function checkHealthy(
  session: Session,
  units: readonly UnitResult[],
  known: readonly Problem[] = [],
): Promise<readonly Problem[]> {
  const failed = new Set(known.filter(({ category }) => category === 'unhealthy').map(({ place }) => spotOf(place)));
  const checks = checksOf(session.config, units).filter(({ path }) => !failed.has(spotOf(session.config.place(path))));
  const turns: Slots = slots(mostAtATime);
  const found = await Promise.all(
    checks.map(({ check, unit, path }) =>
      turns.use(async () => {
        session.host.progress.update(`asking ${questionText(check)}`);
        const problem = await checkHealth(session, unit, check);
        return problem && placeInConfig(problem, session.config, path);
      }),
    ),
  );
  return found.filter((problem) => problem !== undefined);
}

const spotOf = (place: Place | undefined): string | undefined => place && `${place.file}:${place.line}:${place.column}`;

/** Whether the configuration has any health check. */
export const hasChecks = ({ smoke }: Config): boolean =>
  smoke.checks.length > 0 || smoke.services.some(({ healthy }) => healthy.length > 0);

/** In the order of the configuration. A service has one check as a map, or a list of them. */
function checksOf({ smoke, place }: Config, units: readonly UnitResult[]): readonly PlacedCheck[] {
  const down = new Set(units.filter(({ outcome }) => outcome === 'down').map(({ unit }) => unit));
  const ofServices = smoke.services.flatMap(({ unit, healthy }, index) => {
    const path = `smoke.services[${index}].healthy`;
    const isList = place(`${path}[0]`) !== undefined;
    return healthy.map((check, entry) => ({ check, unit, path: `${isList ? `${path}[${entry}]` : path}.${check.kind}` }));
  });
  return [
    ...ofServices.filter(({ unit }) => !down.has(unit)),
    ...smoke.checks.map((check, index) => ({ check, unit: undefined, path: `smoke.checks[${index}].${check.kind}` })),
  ];
}

export async function checkCommands(session: Session): Promise<Finding> {
  const problems: Problem[] = [];
  const good: string[] = [];
  for (const [index, command] of session.config.smoke.commands.entries()) {
    session.host.progress.update(`running ${inertLine(command)}`);
    const problem = await checkCommand(session.machine, command, session.timeout);
    if (problem === undefined) good.push(inertLine(command));
    else problems.push(placeInConfig(problem, session.config, `smoke.commands[${index}]`));
  }
  return { problems, note: noteOf(good, problems, 'ended well') };
}
