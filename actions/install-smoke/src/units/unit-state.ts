/** What systemd says of a unit; see org.freedesktop.systemd1(5). */
export interface UnitState {
  readonly unit: string;
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
  /** Whether it ever left the state inactive since the boot. */
  readonly started: boolean;
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
  'InactiveExitTimestampMonotonic',
] as const;

/** The command whose output `parseUnitStates` reads. */
export function showArgv(units: readonly string[]): readonly [string, ...string[]] {
  return ['systemctl', 'show', `--property=${properties.join(',')}`, '--', ...units];
}

/** One state for each asked unit, in the order they were asked for: blocks of `Name=value`, parted by blank lines. */
export function parseUnitStates(text: string, units: readonly string[]): readonly UnitState[] {
  const blocks = text.trim().split(/\n\s*\n/);
  return units.map((unit, index) => stateOf(unit, fieldsOf(blocks[index] ?? '')));
}

function fieldsOf(block: string): ReadonlyMap<string, string> {
  return new Map(block.split('\n').map((line) => [line.slice(0, Math.max(0, line.indexOf('='))), line.slice(line.indexOf('=') + 1)]));
}

function stateOf(unit: string, fields: ReadonlyMap<string, string>): UnitState {
  const text = (name: (typeof properties)[number]): string => fields.get(name) ?? '';
  const count = (name: (typeof properties)[number]): number => (/^\d+$/.test(text(name)) ? Number(text(name)) : 0);
  return {
    unit,
    load: text('LoadState') || 'not-found',
    active: text('ActiveState') || 'inactive',
    sub: text('SubState'),
    result: text('Result') || 'success',
    file: text('UnitFileState'),
    type: text('Type'),
    restarts: count('NRestarts'),
    mainPid: count('MainPID'),
    status: count('ExecMainStatus'),
    condition: text('ConditionResult') !== 'no' || count('ConditionTimestampMonotonic') === 0,
    started: count('InactiveExitTimestampMonotonic') > 0,
  };
}

export type Verdict =
  | { readonly kind: 'up' }
  | { readonly kind: 'waiting'; readonly why: string }
  | { readonly kind: 'idle' }
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'down'; readonly why: string };

/** Whether a unit does what it is for. `idle`: nobody started it yet. `up`: active, or a one-shot that ended well. */
export function judgeUnit(state: UnitState): Verdict {
  if (state.load !== 'loaded') return { kind: 'down', why: loadWords[state.load] ?? `cannot be loaded (${state.load})` };
  if (state.active === 'failed') return { kind: 'down', why: `failed: ${endWords(state)}` };
  if (state.restarts > 0)
    return {
      kind: 'down',
      why: `ended and was restarted ${state.restarts === 1 ? 'once' : `${state.restarts} times`}: ${endWords(state)}`,
    };
  if (state.sub === 'auto-restart') return { kind: 'down', why: `ended and waits to be restarted: ${endWords(state)}` };
  if (state.active === 'active' || state.active === 'reloading') return { kind: 'up' };
  if (state.active !== 'inactive') return { kind: 'waiting', why: `is still ${state.active} (${state.sub})` };
  if (!state.condition) return { kind: 'skipped', why: 'a condition in its unit file does not hold in a container' };
  if (!state.started) return { kind: 'idle' };
  if (state.type === 'oneshot' && state.result === 'success') return { kind: 'up' };
  return { kind: 'down', why: `ended by itself: ${endWords(state)}` };
}

const loadWords: Readonly<Record<string, string>> = {
  'not-found': 'is not installed',
  masked: 'is masked',
  'bad-setting': 'has an invalid unit file',
  error: 'has a unit file that cannot be read',
};

// Codes by which systemd tells that it could not even start the program (systemd.exec(5), process exit codes).
const setupWords: Readonly<Record<number, string>> = {
  200: 'its working directory cannot be entered (WorkingDirectory=)',
  203: 'its program cannot be run: it is missing, not executable, or for another architecture (ExecStart=)',
  209: 'its standard output cannot be opened (StandardOutput=)',
  216: 'its group does not exist (Group=)',
  217: 'its user does not exist (User=)',
  218: 'its capabilities cannot be set (CapabilityBoundingSet=)',
  226: 'its sandbox cannot be made: a path named in it is missing (ReadWritePaths= and the like)',
  228: 'its system call filter cannot be set (SystemCallFilter=)',
  233: 'its runtime directory cannot be made (RuntimeDirectory=)',
  238: 'its state directory cannot be made (StateDirectory=)',
};

function endWords({ result, status }: UnitState): string {
  switch (result) {
    case 'exit-code':
      return setupWords[status] ?? `exit code ${status}`;
    case 'success':
      return `exit code ${status}`;
    case 'signal':
    case 'core-dump':
      return `killed by signal ${status}`;
    case 'timeout':
      return 'it did not start in time';
    case 'oom-kill':
      return 'it used more memory than it may';
    case 'start-limit-hit':
      return 'it ended too often in a row';
    default:
      return result;
  }
}
