import { inertLine } from '@release-kit/action';
import type { ServiceCheck } from '@release-kit/config';
import type { Problem } from '../problem.ts';
import type { PackagedUnit } from './packaged-unit.ts';
import type { UnitIntentions } from './unit-intention.ts';
import { judgePolicy } from './unit-policy.ts';
import type { UnitState } from './unit-state.ts';

/** What is to be done with the units of the packages. */
export interface UnitPlan {
  /** Must be up, or become so when they are started. */
  readonly tried: readonly string[];
  /** Those of them that the packages start by another unit, which is named here. */
  readonly startedBy: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

export interface InstalledUnits {
  readonly packaged: readonly PackagedUnit[];
  /** Of those that are no templates, of instances, and of what the configuration names: as the installation left them. */
  readonly states: readonly UnitState[];
  readonly intentions: UnitIntentions;
  readonly services: readonly ServiceCheck[];
}

const isEnabled = ({ file }: UnitState): boolean => file === 'enabled' || file === 'enabled-runtime';

/**
 * Which units have to run: those that are enabled or were started, what their sockets and timers start, and what the configuration
 * names. A path waits for its file, which nobody but its program may know how to make.
 */
export function planUnits({ packaged, states, intentions, services }: InstalledUnits): UnitPlan {
  const named = new Set(services.map(({ unit }) => unit));
  const quiet = new Set(services.filter(({ state }) => state === 'inactive').map(({ unit }) => unit));
  const owners = new Map(packaged.filter(({ manager }) => manager === 'system').map((unit) => [unit.name, unit.package]));
  const ownerOf = (unit: string): string | undefined => owners.get(unit) ?? owners.get(unit.replace(/@[^@]*(?=\.[a-z]+$)/, '@'));
  const own = states.filter((state) => ownerOf(state.unit) !== undefined && isOnce(state, states, named));
  const running = own.filter((state) => isEnabled(state) || (state.started && state.active !== 'inactive'));
  const startedBy = new Map<string, string>();
  for (const { unit, triggers, accepts } of running) {
    if (accepts || !/\.(?:socket|timer)$/.test(unit)) continue;
    for (const name of triggers) if (owners.has(name) && !running.some((state) => state.unit === name)) startedBy.set(name, unit);
  }
  const problems = own.map((state) => {
    const isTriggered = running.some(({ triggers }) => triggers.includes(state.unit));
    if (named.has(state.unit)) return undefined;
    return judgePolicy({ state, package: ownerOf(state.unit) ?? '', intention: intentions.of(state.unit), isTriggered });
  });
  const tried = [...running.map(({ unit }) => unit), ...startedBy.keys(), ...named].filter((unit) => !quiet.has(unit));
  return { tried: [...new Set(tried)], startedBy, problems: problems.filter((problem) => problem !== undefined) };
}

/** A unit that has several names is looked at by one: that of the configuration, else its own. */
function isOnce(state: UnitState, states: readonly UnitState[], named: ReadonlySet<string>): boolean {
  if (named.has(state.unit)) return true;
  const others = states.filter(({ id }) => id === state.id);
  return state.unit === state.id && !others.some(({ unit }) => unit !== state.unit && named.has(unit));
}

/** Units that the configuration says are inactive after the installation, and that are not. */
export function judgeQuiet(
  states: readonly UnitState[],
  services: readonly ServiceCheck[],
): readonly (Problem & { readonly index: number })[] {
  return services.flatMap(({ unit, state: wanted }, index) => {
    const state = states.find((each) => each.unit === unit);
    if (wanted !== 'inactive' || state === undefined || state.active === 'inactive') return [];
    const message = `${inertLine(unit)} is ${inertLine(state.active)} after the installation, and should be inactive`;
    return [{ index, category: 'unit-policy' as const, message, subject: { kind: 'unit' as const, unit } }];
  });
}
