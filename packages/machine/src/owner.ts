import { readFileSync, readlinkSync } from 'node:fs';
import { jsonIn } from '@release-kit/action';

/** A process that lives or lived on this host; the start time tells it from a later one with the same number. */
export interface Owner {
  readonly pid: number;
  /** Clock ticks since boot, field 22 of /proc/PID/stat. */
  readonly started: string;
  /** Of this boot of the host. */
  readonly boot: string;
  /** The namespace that its number is of; undefined: of ours. Containers may share a folder for temporary files. */
  readonly space?: string;
}

/** This process, so that a later one can tell whether it is still alive. */
export function thisProcess(): Owner {
  return { pid: process.pid, started: startOf(process.pid) ?? '', boot: bootId(), space: ownSpace() };
}

/** False when the process has ended or its number belongs to another one now. Of a process in another namespace we cannot tell, so it counts as alive. */
export function isAlive(owner: Owner): boolean {
  if (owner.boot !== bootId()) return false;
  if (owner.space !== undefined && owner.space !== ownSpace()) return true;
  return owner.started !== '' && startOf(owner.pid) === owner.started;
}

/** `3f2-1c8e-…`: what this process makes outside its folders carries it in its name; `ownerIn` reads it back. */
export function ownerMark(owner: Owner): string {
  return [owner.pid, Number(owner.started)].map((number) => number.toString(16)).join('-');
}

/** The owner marked in a name of this boot; undefined when there is no mark. */
export function ownerIn(mark: string): Owner | undefined {
  const match = /^([0-9a-f]{1,8})-([0-9a-f]{1,14})$/.exec(mark);
  if (match === null) return undefined;
  const [, pid = '', started = ''] = match;
  return { pid: Number.parseInt(pid, 16), started: String(Number.parseInt(started, 16)), boot: bootId() };
}

/** Reads what `JSON.stringify(thisProcess())` wrote; undefined when the text is not that. */
export function readOwner(text: string): Owner | undefined {
  const value = jsonIn(text);
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('started' in value) || !('boot' in value)) return undefined;
  const { pid, started, boot } = value;
  const space = 'space' in value && typeof value.space === 'string' ? { space: value.space } : {};
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined;
  return typeof started === 'string' && typeof boot === 'string' ? { pid, started, boot, ...space } : undefined;
}

/** The program's name, in parentheses, may hold blanks and parentheses itself; proc(5). */
export function startTimeIn(stat: string): string | undefined {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function startOf(pid: number): string | undefined {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : startTimeIn(stat);
}

/** `pid:[4026531836]` */
function ownSpace(): string {
  return readlinkSync('/proc/self/ns/pid');
}

function bootId(): string {
  return readOrNothing('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // the process is gone
  }
}
