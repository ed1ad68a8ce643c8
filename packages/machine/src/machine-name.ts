import { randomBytes } from 'node:crypto';
import { isAlive, type Owner, ownerIn, ownerMark, thisProcess } from './owner.ts';

/**
 * Name of a machine, its host name and its control groups: `release-kit-<owner>-<random>`, at most 64 characters. The owner
 * is in it so that groups whose process was killed before it could write anything down are still known.
 */
export function machineName(owner: Owner = thisProcess()): string {
  return `release-kit-${ownerMark(owner)}-${randomBytes(6).toString('hex')}`;
}

/** True when the name is one of ours and the process that made it has ended. */
export function isAbandoned(name: string): boolean {
  const mark = /^release-kit-(.+)-[0-9a-f]{12}$/.exec(name)?.[1];
  const owner = mark === undefined ? undefined : ownerIn(mark);
  return owner !== undefined && !isAlive(owner);
}
