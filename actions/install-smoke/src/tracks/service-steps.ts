import { inertLine } from '@release-kit/action';
import type { Snapshot } from '../files/snapshot.ts';
import { checkHealthy } from '../health/answers-step.ts';
import type { Installation, ManagerRecord } from '../package-manager.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { type UnitResult, unitStates } from '../units/services.ts';
import { journalOf } from '../units/unit-journal.ts';
import { changedConfiguration, configurationPaths, keptText, readConfiguration } from './configuration.ts';
import type { Removal } from './removal.ts';
import { checkUpAgain, unitsToRun } from './units-again.ts';

/** The packages for the first time; how long that takes is a figure. `before`: the system as it was. */
export async function installFirst(session: Session, before?: Snapshot): Promise<Finding> {
  const { host, manager, run, packages, installed, measure } = session;
  const begin = host.clock.now();
  const { warnings } = await manager.install(run, packages);
  installed.restart();
  measure({ install: host.clock.now() - begin });
  const versions = packages.packages.map(({ name, version }) => `${name} ${version}`).join(', ');
  return { note: inertLine(`${versions}${thereText(session, before?.records ?? [])}`), problems: warnings };
}

/** Part of the system, or brought from the archive by something that the packages need: then little of what they bring is new, and looked at. */
export function thereText({ packages, target }: Pick<Session, 'packages' | 'target'>, before: readonly ManagerRecord[]): string {
  const there = new Set(before.flatMap(({ kind, text }) => (kind === 'package' ? [text.replace(/:[a-z0-9-]+$/, '')] : [])));
  const names = packages.packages.map(({ name }) => name).filter((name) => there.has(name));
  return names.length === 0 ? '' : `; no first installation, as ${target.distribution} brought it before: ${names.join(', ')}`;
}

/** Every service that runs is restarted, as an administrator does after changing its configuration. */
export async function restart(session: Session, units: readonly UnitResult[]): Promise<Finding> {
  const { machine, timeout } = session;
  const names = units.filter(({ unit, outcome }) => outcome === 'up' && unit.endsWith('.service')).map(({ unit }) => unit);
  const running = (await unitStates(machine, names)).filter(({ active }) => active === 'active').map(({ unit }) => unit);
  if (running.length === 0) return { note: 'no service runs', skipped: true };
  // One at a time: which one cannot be restarted has to be known.
  const problems: Problem[] = [];
  for (const unit of running) {
    const { exitCode, stderr } = await machine.run(['systemctl', 'restart', '--', unit], { allow: 'any', timeout });
    // Units that are started by others alone say so.
    if (exitCode === 0 || /Operation refused/.test(stderr)) continue;
    const evidence = `${stderr.trimEnd()}\n${await journalOf(session.run, unit)}`;
    problems.push({
      category: 'unit-failed',
      message: inertLine(`${unit} cannot be restarted`),
      evidence,
      subject: { kind: 'unit', unit },
    });
  }
  const failed = new Set(problems.map(({ subject }) => (subject?.kind === 'unit' ? subject.unit : '')));
  const again = running.filter((unit) => !failed.has(unit));
  return serving(session, units, again, { when: 'the restart', found: problems, note: `${again.map(inertLine).join(', ')} restarted` });
}

/** The same versions once more, over themselves. */
export async function reinstall(session: Session, units: readonly UnitResult[]): Promise<Finding> {
  return repeated(session, units, {
    when: 'the reinstallation',
    work: () => session.manager.reinstall(session.run, session.packages),
    paths: await configurationPaths(session),
  });
}

/** Over the configuration that the removal left. Packages that depend on what went along would need it back, and there is no network. */
export async function installAgain(
  session: Session,
  units: readonly UnitResult[],
  { configuration: paths, along }: Removal,
): Promise<Finding> {
  if (along.length > 0)
    return { skipped: true, note: `the removal took ${along.map(inertLine).join(', ')} along, which cannot be fetched again` };
  return repeated(session, units, {
    when: 'the second installation',
    work: () => session.manager.install(session.run, session.packages),
    paths,
  });
}

interface Repetition {
  /** Completes "after …". */
  readonly when: string;
  readonly work: () => Promise<Installation>;
  readonly paths: readonly string[];
}

async function repeated(session: Session, units: readonly UnitResult[], { when, work, paths }: Repetition): Promise<Finding> {
  const before = await readConfiguration(session, paths);
  await work(); // what it warns of was told after the first installation
  const after = await readConfiguration(session, paths);
  const found = changedConfiguration(before, after, when);
  return serving(session, units, unitsToRun(units), { when, found, note: found.length === 0 ? keptText(after) : '' });
}

/** The same for the same fault of the same thing, whenever it was seen. */
const faultText = ({ category, subject }: Problem): string => JSON.stringify([category, subject]);

/** Units run and answer as before; checks that failed before are left out, as they have been told. */
async function serving(
  session: Session,
  units: readonly UnitResult[],
  names: readonly string[],
  { when, found, note }: { readonly when: string; readonly found: readonly Problem[]; readonly note: string },
): Promise<Finding> {
  const down = await checkUpAgain(session, names, when);
  const unhealthy = down.length > 0 ? [] : await checkHealthy(session, units, session.steps.problems);
  const answers = unhealthy.map((problem) => ({ ...problem, message: `after ${when}, ${problem.message}` }));
  const told = new Set(session.steps.problems.map(faultText));
  // What goes wrong each time is told once.
  const problems = [...found, ...down].filter((problem) => !told.has(faultText(problem))).concat(answers);
  const services = names.length === 0 ? '' : names.length === 1 ? `${inertLine(names[0] ?? '')} is up` : `all ${names.length} units are up`;
  const good = [note, services].filter((part) => part !== '').join('; ');
  return { problems, note: problems[0]?.message ?? (good === '' ? 'done' : good) };
}
