import { inertLine } from '@release-kit/action';
import { noteOf, placeInConfig } from '../config-place.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import type { UnitResult } from '../units/services.ts';
import { checkCommand, checkHealth } from './health.ts';

/** Health session of services that are up; the others have already failed for a better reason. */
export async function checkAnswers(session: Session, units: readonly UnitResult[]): Promise<Finding> {
  const { host, machine, config } = session;
  const problems: Problem[] = [];
  const good: string[] = [];
  for (const [index, { unit, healthy }] of config.smoke.services.entries()) {
    if (units.some((each) => each.unit === unit && each.outcome === 'down')) continue;
    for (const check of healthy) {
      if (check.kind !== 'http') continue;
      host.progress.update(`asking ${inertLine(check.url)}`);
      const problem = await checkHealth(host, machine, unit, check);
      if (problem === undefined) good.push(inertLine(check.url));
      else problems.push(placeInConfig(problem, config, `smoke.services[${index}].healthy.http`));
    }
  }
  return { problems, note: noteOf(good, problems, 'answered') };
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
