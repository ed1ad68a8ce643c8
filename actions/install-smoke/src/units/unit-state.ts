import type { Category } from '../category.ts';
import { endWords, settingOf } from './unit-end.ts';

/** What systemd says of a unit; see org.freedesktop.systemd1(5). */
export interface UnitState {
  /** As it was asked for. */
  readonly unit: string;
  /** Its own name, where the one asked for is an alias. */
  readonly id: string;
  /** `loaded`, `not-found`, `masked`, `bad-setting` */
  readonly load: string;
  /** `active`, `activating`, `inactive`, `failed`, … */
  readonly active: string;
  readonly sub: string;
  /** `success`, `exit-code`, `signal`, `timeout`, … */
  readonly result: string;
  /** `enabled`, `disabled`, `static`, … */
  readonly file: string;
  /** `simple`, `oneshot`, …; empty for units that are no services. */
  readonly type: string;
  readonly restarts: number;
  readonly mainPid: number;
  /** Exit code, or number of the signal, of the main process that ended last. */
  readonly status: number;
  /** False when a Condition…= of the unit did not hold. */
  readonly condition: boolean;
  /** False when an Assert…= of the unit did not hold. */
  readonly assertion: boolean;
  /** Whether it ever left the state inactive since the boot. */
  readonly started: boolean;
  /** Whether systemd has still to start or stop it. */
  readonly queued: boolean;
  /** Milliseconds that it was active the last time, when that is over. */
  readonly lived: number;
  /** What a socket, timer or path starts. */
  readonly triggers: readonly string[];
  /** Of a socket, without the kind: `127.0.0.1:80`, `/run/x.sock`, `@x`. */
  readonly listens: readonly string[];
  /** Of a socket: a new instance of a template for each connection. */
  readonly accepts: boolean;
  /** Of a timer: whether it will elapse. */
  readonly elapses: boolean;
}

const properties = [
  'Id',
  'LoadState',
  'ActiveState',
  'SubState',
  'Result',
  'UnitFileState',
  'Type',
  'NRestarts',
  'MainPID',
  'ExecMainStatus',
  'ConditionResult',
  'ConditionTimestampMonotonic',
  'AssertResult',
  'AssertTimestampMonotonic',
  'InactiveExitTimestampMonotonic',
  'ActiveEnterTimestampMonotonic',
  'ActiveExitTimestampMonotonic',
  'Job',
  'Triggers',
  'Listen',
  'Accept',
  'NextElapseUSecRealtime',
  'NextElapseUSecMonotonic',
] as const;

type Property = (typeof properties)[number];

/** The command whose output `parseUnitStates` reads. Templates make systemctl give up on all units. */
export function showArgv(units: readonly string[]): readonly [string, ...string[]] {
  return ['systemctl', 'show', `--property=${properties.join(',')}`, '--', ...units];
}

/** One state for each asked unit, in the order they were asked for: blocks of `Name=value`, parted by blank lines. */
export function parseUnitStates(text: string, units: readonly string[]): readonly UnitState[] {
  const blocks = text.trim().split(/\n\s*\n/);
  return units.map((unit, index) => stateOf(unit, blocks[index] ?? ''));
}

function stateOf(unit: string, block: string): UnitState {
  const fields = block
    .split('\n')
    .map((line) => [line.slice(0, Math.max(0, line.indexOf('='))), line.slice(line.indexOf('=') + 1)] as const);
  const all = (name: Property): readonly string[] => fields.filter(([key]) => key === name).map(([, value]) => value);
  const text = (name: Property): string => all(name)[0] ?? '';
  const count = (name: Property): number => (/^\d+$/.test(text(name)) ? Number(text(name)) : 0);
  const held = (result: Property, time: Property): boolean => text(result) !== 'no' || count(time) === 0;
  return {
    unit,
    id: text('Id') || unit,
    load: text('LoadState') || 'not-found',
    active: text('ActiveState') || 'inactive',
    sub: text('SubState'),
    result: text('Result') || 'success',
    file: text('UnitFileState'),
    type: unit.endsWith('.service') ? text('Type') : '',
    restarts: count('NRestarts'),
    mainPid: count('MainPID'),
    status: count('ExecMainStatus'),
    condition: held('ConditionResult', 'ConditionTimestampMonotonic'),
    assertion: held('AssertResult', 'AssertTimestampMonotonic'),
    started: count('InactiveExitTimestampMonotonic') > 0,
    queued: count('Job') > 0,
    lived: Math.max(0, Math.floor((count('ActiveExitTimestampMonotonic') - count('ActiveEnterTimestampMonotonic')) / 1000)),
    triggers: text('Triggers')
      .split(' ')
      .filter((name) => name !== ''),
    listens: all('Listen').map((value) => value.replace(/ \([A-Za-z]+\)$/, '')),
    accepts: text('Accept') === 'yes',
    elapses: text('NextElapseUSecRealtime') !== '' || !['', '0', 'infinity'].includes(text('NextElapseUSecMonotonic')),
  };
}

/** Why a unit is not up. */
export interface Fault {
  readonly category: Category;
  /** Follows the name of the unit. */
  readonly why: string;
  /** What its file says the fault is in. */
  readonly setting?: string;
}

export type Verdict =
  | { readonly kind: 'up' }
  | { readonly kind: 'waiting'; readonly why: string }
  | { readonly kind: 'idle' }
  | { readonly kind: 'skipped'; readonly why: string }
  | ({ readonly kind: 'down' } & Fault);

/** Milliseconds that a service was active when it counts as one that died, and not as one that never ran. */
const lifetime = 1000;

/** Whether a unit does what it is for. `idle`: nobody started it yet. `up`: active, or a one-shot that ended well. */
export function judgeUnit(state: UnitState): Verdict {
  if (state.load !== 'loaded') return { kind: 'down', ...loadFault(state.load) };
  // Whether systemd has given up by now is a matter of the moment at which it is asked.
  if (state.restarts > 0) {
    const times = state.restarts === 1 ? 'once' : `${state.restarts} times`;
    const fault = because(state, `ended and was restarted ${times}: `);
    return { kind: 'down', category: fault.setting === undefined ? 'unit-dies' : 'unit-failed', ...fault };
  }
  if (state.active === 'failed') return { kind: 'down', ...failure(state) };
  if (state.sub === 'auto-restart') return { kind: 'down', category: 'unit-dies', ...because(state, 'ended and waits to be restarted: ') };
  if (state.active === 'active' || state.active === 'reloading') return { kind: 'up' };
  if (state.active !== 'inactive') return { kind: 'waiting', why: `is still ${state.active} (${state.sub})${promise(state)}` };
  if (!state.condition) return { kind: 'skipped', why: 'a condition in its unit file does not hold in a container' };
  if (!state.assertion)
    return { kind: 'down', category: 'unit-failed', why: 'was not started: an assertion in its unit file does not hold' };
  if (state.queued) return { kind: 'waiting', why: 'waits for others before it is started' };
  if (!state.started) return { kind: 'idle' };
  if (state.type === 'oneshot' && state.result === 'success') return { kind: 'up' };
  return { kind: 'down', category: 'unit-dies', ...because(state, 'ended by itself: ') };
}

/** Why a service of an init script that had a process is down. */
export const initScriptAlone = 'has no process any more: what its init script started ended by itself';

/** systemd-sysv-generator(8) lets its services count as active (RemainAfterExit=yes) when all their processes are gone. */
export function isInitScriptAlone({ file, active, sub }: UnitState): boolean {
  return file === 'generated' && active === 'active' && sub === 'exited';
}

function failure(state: UnitState): Fault {
  const { result, lived } = state;
  const fault = because(state, 'failed: ');
  if (result === 'timeout') return { ...fault, category: 'unit-slow', why: `${fault.why}${promise(state)}` };
  const died = fault.setting === undefined && (result === 'start-limit-hit' || lived >= lifetime);
  return { ...fault, category: died ? 'unit-dies' : 'unit-failed' };
}

function because(state: UnitState, start: string): { why: string; setting?: string } {
  const setting = settingOf(state);
  return { why: `${start}${endWords(state)}`, ...(setting === undefined ? {} : { setting }) };
}

/** What a service that is being started has still to do; systemd.service(5), Type=. */
function promise({ type, sub }: UnitState): string {
  if (sub !== 'start' && sub !== 'failed') return '';
  switch (type) {
    case 'notify':
    case 'notify-reload':
      return `; it has not told systemd that it is ready (Type=${type})`;
    case 'forking':
      return '; the process that was started has not ended, or has left no PIDFile= (Type=forking)';
    case 'dbus':
      return '; it has not taken its name on the bus (BusName=)';
    case 'oneshot':
      return '; its command has not ended (Type=oneshot)';
    default:
      return '';
  }
}

function loadFault(load: string): Fault {
  switch (load) {
    case 'not-found':
      return { category: 'unit-failed', why: 'is not installed' };
    case 'masked':
      return { category: 'unit-policy', why: 'is masked' };
    case 'bad-setting':
      return { category: 'unit-invalid', why: 'has an invalid unit file' };
    case 'error':
      return { category: 'unit-invalid', why: 'has a unit file that cannot be read' };
    default:
      return { category: 'unit-failed', why: `cannot be loaded (${load})` };
  }
}
