import { inertLine } from '@release-kit/action';
import { placeInConfig } from '../config-place.ts';
import type { Snapshot } from '../files/snapshot.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { unmetConditions } from './conditions.ts';
import { type Exposure, readExposures } from './exposure.ts';
import { failedOthers, listUnits } from './other-units.ts';
import { initScriptUnits, instanceOf, instancesAmong, type PackagedUnit, packagedUnits } from './packaged-unit.ts';
import { type UnitResult, unitStates, waitForUnits } from './services.ts';
import { endWords } from './unit-end.ts';
import { unitIntentions } from './unit-intention.ts';
import { journalOf, lastExits, type ProcessExit } from './unit-journal.ts';
import { judgeQuiet, planUnits } from './unit-plan.ts';

/** Units are enabled, become active and stay so; `before`: the system without the packages. */
export async function checkUnits(session: Session, before: Snapshot): Promise<Finding & { readonly units: readonly UnitResult[] }> {
  const { host, machine, run, config, manager, packages, timeout } = session;
  const { services } = config.smoke;
  const named = services.map(({ unit }) => unit);
  const paths = await manager.pathsOf(run, packages);
  const files = packagedUnits(paths);
  const [instances, initScripts, scripts] = await Promise.all([
    instancesToLookAt(session, files),
    generatedUnits(session, initScriptUnits(paths, files)),
    files.length === 0 ? [] : manager.scriptsOf(run, packages),
  ]);
  const packaged = [...files, ...initScripts];
  const names = packaged.filter((unit) => unit.manager === 'system' && !unit.isTemplate).map(({ name }) => name);
  const states = await unitStates(machine, [...new Set([...names, ...instances, ...named])]);
  const intentions = unitIntentions(scripts.filter(({ name }) => name === 'postinst').map(({ text }) => text));
  const { tried, startedBy, problems } = planUnits({ packaged, states, intentions, services });
  const jobs = new Set([...startedBy].flatMap(([unit, by]) => (by.endsWith('.timer') ? [unit] : [])));
  const seen = await waitForUnits(host, machine, tried, timeout, (unit) => startWords(unit, startedBy), jobs);
  const [units, others] = await Promise.all([explained(session, seen, named), failedOthers(session, packaged, before, tried)]);
  return {
    units,
    problems: [
      ...problems,
      ...judgeQuiet(states, services).map(({ index, ...problem }) => placeInConfig(problem, config, `smoke.services[${index}].state`)),
      ...(await problemsOf(session, units, named)),
      ...others,
    ],
    note: units.length === 0 ? 'the packages bring no unit that is enabled' : units.map(wordsFor).join('; '),
  };
}

/** Services that systemd made of the init scripts: others have a unit that another package brings. */
async function generatedUnits({ machine }: Session, candidates: readonly PackagedUnit[]): Promise<readonly PackagedUnit[]> {
  const states = await unitStates(
    machine,
    candidates.map(({ name }) => name),
  );
  return candidates.filter((_, index) => states[index]?.file === 'generated');
}

/** What the packages' scripts or generators made of their templates, and what these say they mean. */
async function instancesToLookAt(session: Session, packaged: readonly PackagedUnit[]): Promise<readonly string[]> {
  const templates = packaged.filter((unit) => unit.manager === 'system' && unit.isTemplate);
  if (templates.length === 0) return [];
  const [loaded, meant] = await Promise.all([listUnits(session.machine), defaultInstances(session, templates)]);
  return [...new Set([...instancesAmong(loaded, templates), ...meant])];
}

/** Of templates that say which instance they mean when none is named; systemd.unit(5), DefaultInstance=. */
async function defaultInstances({ run }: Session, templates: readonly PackagedUnit[]): Promise<readonly string[]> {
  const { stdout } = await run(
    [
      'grep',
      '--with-filename',
      '--null',
      '--devices=skip',
      '--max-count=1',
      '-E',
      '^DefaultInstance=',
      '--',
      ...templates.map(({ path }) => path),
    ],
    {
      allow: 'any',
      timeout: 30_000,
      env: { LC_ALL: 'C.UTF-8' },
    },
  );
  const found = stdout.split('\n').map((line) => {
    const [path, setting = ''] = line.split('\0');
    const template = templates.find((unit) => unit.path === path);
    const instance = setting.slice('DefaultInstance='.length).trim();
    return template === undefined || !/^[A-Za-z0-9:_.\\-]+$/.test(instance) ? undefined : instanceOf(template.name, instance);
  });
  return found.filter((name) => name !== undefined);
}

function startWords(unit: string, startedBy: ReadonlyMap<string, string>): string {
  const by = startedBy.get(unit);
  return by === undefined ? 'installing did not start it, so it was started now' : `started as ${inertLine(by)} would`;
}

/** With conditions by name, the command that failed, and the exposure of services. */
async function explained(session: Session, units: readonly UnitResult[], named: readonly string[]): Promise<readonly UnitResult[]> {
  const { run } = session;
  const down = units.filter(({ outcome }) => outcome === 'down').map(({ unit }) => unit);
  const exits = await lastExits(run, down);
  const exposures = await readExposures(
    run,
    units.filter(({ unit, outcome }) => unit.endsWith('.service') && outcome !== 'skipped').map(({ unit }) => unit),
  );
  const result: UnitResult[] = [];
  for (const unit of units) {
    const conditions = unit.outcome === 'skipped' || isAssertion(unit) ? await unmetConditions(run, unit.unit) : [];
    const told = blameSkipped(withConditions(blameCommand(unit, exits.get(unit.unit)), conditions), named);
    const exposure: Exposure | undefined = exposures.get(unit.unit);
    result.push(exposure === undefined ? told : { ...told, exposure });
  }
  return result;
}

const isAssertion = ({ outcome, remark }: UnitResult): boolean => outcome === 'down' && remark?.includes('an assertion') === true;

/** Names what did not hold. */
export function withConditions(unit: UnitResult, conditions: readonly string[]): UnitResult {
  const [first] = conditions;
  if (first === undefined) return unit;
  return {
    ...unit,
    remark: `${unit.remark ?? 'was not started'}: ${inertLine(conditions.join(', '))}`,
    setting: first.replace(/=.*/s, ''),
  };
}

/** What systemd says of a service that runs again: it has forgotten how it ended before. */
const forgotten = /\brestarted .*: exit code 0$/;

/** systemd keeps the exit code of the main process only, until it starts again; where another command failed, or it runs again, the journal knows. */
export function blameCommand(unit: UnitResult, exit: ProcessExit | undefined): UnitResult {
  if (exit === undefined || unit.setting !== undefined || unit.remark?.includes('exit code') !== true) return unit;
  const isMain = exit.setting === 'ExecStart';
  if (isMain && !forgotten.test(unit.remark)) return unit;
  const isCode = exit.how === 'exited' && /^\d{1,3}$/.test(exit.status);
  const words = isCode ? endWords({ result: 'exit-code', status: Number(exit.status) }) : `killed by SIG${exit.status}`;
  const why = isMain ? words : `${words.replace(/ \(\w+=\)$/, '')} (${exit.setting}=)`;
  const told = { ...unit, remark: inertLine(unit.remark.replace(/exit code \d+/, why)) };
  return isMain ? told : { ...told, setting: exit.setting };
}

/** A unit that the configuration asks for has to run; one that only came along may have its reasons. */
function blameSkipped(unit: UnitResult, named: readonly string[]): UnitResult {
  return unit.outcome === 'skipped' && named.includes(unit.unit) ? { ...unit, outcome: 'down', category: 'unit-failed' } : unit;
}

async function problemsOf(session: Session, units: readonly UnitResult[], named: readonly string[]): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { unit, remark, setting, category = 'unit-failed' } of units.filter(({ outcome }) => outcome === 'down')) {
    const problem: Problem = {
      category,
      message: `${inertLine(unit)} ${remark ?? 'is not active'}`,
      evidence: await journalOf(session.run, unit),
      subject: { kind: 'unit', unit, ...(setting === undefined ? {} : { setting }) },
    };
    problems.push(named.includes(unit) ? placeInConfig(problem, session.config, `smoke.services[${named.indexOf(unit)}].unit`) : problem);
  }
  return problems;
}

function wordsFor({ unit, outcome, remark, after, exposure }: UnitResult): string {
  if (outcome !== 'up') return `${inertLine(unit)} ${outcome === 'skipped' ? 'is not needed here: ' : ''}${remark ?? 'is down'}`;
  const when = after === undefined ? '' : ` after ${(after / 1000).toFixed(1)} s`;
  const more = [
    ...(remark === undefined ? [] : [remark]),
    ...(exposure === undefined ? [] : [`exposure ${exposure.score.toFixed(1)} of 10, ${exposure.word}`]),
  ];
  return `${inertLine(unit)} is up${when}${more.length === 0 ? '' : ` (${more.join('; ')})`}`;
}
