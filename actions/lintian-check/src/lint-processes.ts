/** What the host has to give. */
export interface Room {
  readonly cores: number;
  /** Bytes that are free. */
  readonly memory: number;
}

/** Packages of this many sources are worth another process, which costs a machine and lintian's start, together about as much as one. */
const worthwhile = 8;
/** Bytes. Small packages take a tenth of it (seven in one process: 152 MiB); lintian keeps a record of every file of a package. */
const memoryEach = 2 * 1024 ** 3;

/**
 * How many processes of lintian share the packages out. Each uses more than one core by the programs it starts, and on a busy host two
 * take as long as one; so a process gets two cores and enough memory, and enough to do.
 */
export function lintProcesses({ cores, memory }: Room, groups: number): number {
  return Math.max(1, Math.min(Math.floor(cores / 2), Math.floor(memory / memoryEach), Math.floor(groups / worthwhile)));
}
