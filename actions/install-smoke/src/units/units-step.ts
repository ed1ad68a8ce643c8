import { inertLine } from '@release-kit/action';
import { placeInConfig } from '../config-place.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { type UnitResult, unitProblem, unitsToCheck, waitForUnits } from './services.ts';

/** Services become active and stay so. */
export async function checkUnits(session: Session): Promise<Finding & { readonly units: readonly UnitResult[] }> {
  const { host, machine, config, packages, timeout } = session;
  const named = config.smoke.services.map((service) => service.unit);
  const names = packages.packages.map(({ name }) => name);
  const wanted = await unitsToCheck(machine, names, named);
  const units = (await waitForUnits(host, machine, wanted, timeout)).map((unit) => blameSkipped(unit, named));
  const problems: Problem[] = [];
  for (const unit of units.filter((each) => each.outcome === 'down')) {
    const path = `smoke.services[${named.indexOf(unit.unit)}].unit`;
    problems.push(placeInConfig(await unitProblem(machine, unit), config, path));
  }
  return { units, problems, note: units.length === 0 ? 'the packages bring no unit that is enabled' : units.map(wordsFor).join('; ') };
}

/** A unit that the configuration asks for has to run; one that only came along may have its reasons. */
function blameSkipped(unit: UnitResult, named: readonly string[]): UnitResult {
  return unit.outcome === 'skipped' && named.includes(unit.unit) ? { ...unit, outcome: 'down' } : unit;
}

function wordsFor({ unit, outcome, remark, after }: UnitResult): string {
  if (outcome === 'up') {
    const when = after === undefined ? '' : ` after ${(after / 1000).toFixed(1)} s`;
    return `${inertLine(unit)} is up${when}${remark === undefined ? '' : ` (${remark})`}`;
  }
  return `${inertLine(unit)} ${outcome === 'skipped' ? 'is not needed here: ' : ''}${remark ?? 'is down'}`;
}
