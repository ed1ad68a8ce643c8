import { jsonIn } from '@release-kit/action';
import type { MachineRun } from '../package-manager.ts';

const options = { allow: 'any', timeout: 30_000, env: { LC_ALL: 'C.UTF-8', SYSTEMD_COLORS: '0' } } as const;
/** Lines of evidence. */
const lines = 40;
/** systemd's message of a process of a unit that ended; sd-messages.h, SD_MESSAGE_UNIT_PROCESS_EXIT. */
const processExit = '98e322203f7a4ed290d09fe03c09fe15';

/** The end of the journal of a unit, what it said and what systemd said of it; since `seconds` ago. Raw. */
export async function journalOf(run: MachineRun, unit: string): Promise<string> {
  const { stdout } = await run(['journalctl', '--no-pager', '--no-hostname', '--quiet', `--lines=${lines}`, `--unit=${unit}`], options);
  return stdout.trim() === '' ? 'The journal of the unit is empty.' : stdout.trimEnd();
}

/** A process of a unit that did not end well. */
export interface ProcessExit {
  /** `ExecStart`, `ExecStartPre`, … */
  readonly setting: string;
  /** `exited`, `killed`, `dumped` */
  readonly how: string;
  /** `4`, `KILL` */
  readonly status: string;
}

/** The last process of each unit that ended badly; only of these units. */
export async function lastExits(run: MachineRun, units: readonly string[]): Promise<ReadonlyMap<string, ProcessExit>> {
  if (units.length === 0) return new Map();
  const fields = '--output-fields=UNIT,COMMAND,EXIT_CODE,EXIT_STATUS';
  const asked = units.map((unit) => `UNIT=${unit}`);
  const { stdout } = await run(
    ['journalctl', '--no-pager', '--quiet', '--output=json', fields, `MESSAGE_ID=${processExit}`, ...asked],
    options,
  );
  return parseExits(stdout);
}

/** Reads lines of JSON, oldest first, with the fields of systemd.journal-fields(7). */
export function parseExits(text: string): ReadonlyMap<string, ProcessExit> {
  const exits = new Map<string, ProcessExit>();
  for (const line of text.split('\n')) {
    const fields = fieldsOf(line);
    const [unit, setting, how, status] = ['UNIT', 'COMMAND', 'EXIT_CODE', 'EXIT_STATUS'].map((name) => fields.get(name));
    // Every stop of a service that ends by a signal says so as well.
    if (unit === undefined || setting === undefined || how === undefined || status === undefined || status === '0') continue;
    exits.set(unit, { setting, how, status });
  }
  return exits;
}

function fieldsOf(line: string): ReadonlyMap<string, string> {
  if (line.trim() === '') return new Map();
  // Nothing of a line that a full disk cut short; the journal itself is shown as well.
  const parsed = jsonIn(line);
  const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
