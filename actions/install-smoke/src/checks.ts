import { type Host, inertLine } from '@release-kit/action';
import type { Config } from '@release-kit/config';
import type { BootedMachine } from '@release-kit/machine';
import { checkFile } from './file-check.ts';
import { checkCommand, checkHealth } from './health.ts';
import { type Leftovers, leftoversOf } from './leftover.ts';
import type { Problem } from './problem.ts';
import { type UnitResult, unitProblem, unitsToCheck, waitForUnits } from './services.ts';
import type { Snapshot } from './snapshot.ts';
import type { Finding } from './steps.ts';

/** What the checks of the installed packages share. */
export interface Checks {
  readonly host: Host;
  readonly machine: BootedMachine;
  readonly config: Config;
  /** Names of the installed packages. */
  readonly packages: readonly string[];
  /** Milliseconds for each wait or command. */
  readonly timeout: number;
}

/** Services become active and stay so. */
export async function checkServices(checks: Checks): Promise<Finding & { readonly units: readonly UnitResult[] }> {
  const { host, machine, config, packages, timeout } = checks;
  const named = config.smoke.services.map((service) => service.unit);
  const wanted = await unitsToCheck(machine, packages, named);
  const units = (await waitForUnits(host, machine, wanted, timeout)).map((unit) => blameSkipped(unit, named));
  const problems: Problem[] = [];
  for (const unit of units.filter((each) => each.outcome === 'down'))
    problems.push(withPlace(await unitProblem(machine, unit), config, placeOfUnit(config, unit.unit)));
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

function placeOfUnit(config: Config, unit: string): string {
  return `smoke.services[${config.smoke.services.findIndex((service) => service.unit === unit)}].unit`;
}

/** Health checks of services that are up; the others have already failed for a better reason. */
export async function checkAnswers(checks: Checks, units: readonly UnitResult[]): Promise<Finding> {
  const { host, machine, config } = checks;
  const problems: Problem[] = [];
  const good: string[] = [];
  for (const [index, { unit, healthy }] of config.smoke.services.entries()) {
    if (healthy === undefined || units.some((each) => each.unit === unit && each.outcome === 'down')) continue;
    host.progress.update(`asking ${inertLine(healthy.http)}`);
    const problem = await checkHealth(host, machine, unit, healthy);
    if (problem === undefined) good.push(inertLine(healthy.http));
    else problems.push(withPlace(problem, config, `smoke.services[${index}].healthy.http`));
  }
  return { problems, note: noteOf(good, problems, 'answered') };
}

export async function checkCommands(checks: Checks): Promise<Finding> {
  const problems: Problem[] = [];
  const good: string[] = [];
  for (const [index, command] of checks.config.smoke.commands.entries()) {
    checks.host.progress.update(`running ${inertLine(command)}`);
    const problem = await checkCommand(checks.machine, command, checks.timeout);
    if (problem === undefined) good.push(inertLine(command));
    else problems.push(withPlace(problem, checks.config, `smoke.commands[${index}]`));
  }
  return { problems, note: noteOf(good, problems, 'ended well') };
}

export async function checkFiles(checks: Checks): Promise<Finding> {
  const problems: Problem[] = [];
  const good: string[] = [];
  for (const [index, file] of checks.config.smoke.files.entries()) {
    const problem = await checkFile(checks.machine, file);
    if (problem === undefined) good.push(inertLine(file.path));
    else problems.push(withPlace(problem, checks.config, `smoke.files[${index}].path`));
  }
  return { problems, note: noteOf(good, problems, 'as listed') };
}

function noteOf(good: readonly string[], problems: readonly Problem[], word: string): string {
  const parts = [
    ...(good.length === 0 ? [] : [`${good.join(', ')} ${word}`]),
    ...(problems.length === 0 ? [] : [`${problems.length} failed`]),
  ];
  return parts.length === 0 ? 'nothing to check' : parts.join('; ');
}

/** Points to the line of the configuration, for where the problem's own file is not found. */
function withPlace(problem: Problem, config: Config, path: string): Problem {
  const place = config.place(path);
  return place === undefined ? problem : { ...problem, place };
}

/** What the purge left, as one problem that lists it with its cures. */
export function judgeLeftovers(before: Snapshot, after: Snapshot): Finding & { readonly leftovers: Leftovers } {
  const leftovers = leftoversOf(before, after);
  const { found, accounts } = leftovers;
  const kept = accounts.length === 0 ? '' : `; kept, as Debian allows: ${accounts.map(inertLine).join(', ')}`;
  if (found.length === 0) return { leftovers, note: `nothing stayed behind${kept}` };
  const lines = found.map(({ kind, what, below, cure }) => {
    const words = { path: '', changed: 'changed: ', vanished: 'vanished: ', diversion: 'dpkg: ', process: 'still running: ' } as const;
    return `${words[kind]}${inertLine(what)}${below === 0 ? '' : ` (and ${below} below it)`}\n  ${cure}`;
  });
  const [first] = found;
  const more = found.length > 1 ? ` and ${found.length - 1} more` : '';
  const message =
    first?.kind === 'path' || first?.kind === 'process' ? 'stayed behind after the purge' : 'is not as before the installation';
  const problem: Problem = {
    code: 'E_SMOKE_LEFTOVER',
    message: `${inertLine(first?.what ?? '')}${more} ${message}`,
    evidence: lines.join('\n'),
    ...(first === undefined ? {} : { cure: first.cure, subject: { kind: 'path', path: first.what } }),
  };
  return {
    leftovers,
    problems: [problem],
    note: `${found.length === 1 ? 'one thing' : `${found.length} things`} stayed behind or changed${kept}`,
  };
}
