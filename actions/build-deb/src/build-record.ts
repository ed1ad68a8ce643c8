import type { Host } from '@release-kit/action';
import { type BuildPhase, type BuildProblem, phaseAfter } from '@release-kit/debian';
import type { Machine, ResourceUse } from '@release-kit/machine';
import type { PhaseUse } from '@release-kit/manifest';
import { buildProgress } from './build-progress.ts';
import { phaseGroups } from './phase-group.ts';
import { phaseUses, type Stint } from './phase-use.ts';

/** Follows one build: its phases with time and resources, its output, and why it failed. Disposal closes what a failure left open. */
export interface BuildRecord extends AsyncDisposable {
  /** From now on a phase runs, in this machine. */
  enter(phase: BuildPhase, machine: Pick<Machine, 'usage'>): void;
  /** A line of output of the phase; of dpkg-buildpackage it may begin the next one. */
  take(line: string): void;
  /** The phase is over; to be called while its machine is there, and before anything is said of how it ended. */
  leave(outcome?: 'done' | 'failed'): Promise<void>;
  /** The last lines of output, long ones cut. */
  readonly lines: readonly string[];
  /** Where the build is, or was when it stopped: `test (dh_auto_test)`. */
  readonly where: string | undefined;
  /** Why it failed, when that was found out. */
  problem: BuildProblem | undefined;
  /** What the phases took so far. */
  uses(): Promise<readonly PhaseUse[]>;
}

interface Current {
  readonly phase: BuildPhase;
  readonly machine: Pick<Machine, 'usage'>;
  readonly began: number;
  readonly from: Promise<ResourceUse | undefined>;
}

export function buildRecord(host: Pick<Host, 'log' | 'progress' | 'clock'>): BuildRecord {
  const progress = buildProgress(host.progress);
  const groups = phaseGroups(host.log);
  const stints: Promise<Stint>[] = [];
  let current: Current | undefined;
  let last: BuildPhase | undefined;

  // Counters are read while the build goes on: a phase's end is the start of the next one.
  const sample = (machine: Pick<Machine, 'usage'>): Promise<ResourceUse | undefined> => machine.usage().catch(() => undefined);
  const close = (to: Promise<ResourceUse | undefined> | undefined): void => {
    if (current === undefined) return;
    const { phase, machine, began, from } = current;
    const milliseconds = host.clock.now() - began;
    const end = to ?? sample(machine);
    stints.push(Promise.all([from, end]).then(([first, second]) => ({ phase, milliseconds, from: first, to: second })));
    current = undefined;
  };
  const enter = (phase: BuildPhase, machine: Pick<Machine, 'usage'>): void => {
    const now = sample(machine);
    close(current?.machine === machine ? now : undefined);
    current = { phase, machine, began: host.clock.now(), from: now };
    last = phase;
    groups.enter(phase);
  };
  return {
    enter,
    take(line) {
      progress.take(line);
      // What apt and the scripts of packages print is no output of a build.
      if (current !== undefined && current.phase !== 'dependencies') {
        const next = phaseAfter(current.phase, line);
        if (next !== current.phase) enter(next, current.machine);
      }
      groups.line(line);
    },
    async leave(outcome = 'done') {
      close(undefined);
      await Promise.all(stints);
      await groups.end(outcome);
    },
    lines: progress.lines,
    get where() {
      const step = progress.step;
      return last === undefined || step === undefined || last === 'dependencies' ? last : `${last} (${step})`;
    },
    problem: undefined,
    uses: async () => phaseUses(await Promise.all(stints)),
    async [Symbol.asyncDispose]() {
      close(undefined);
      await groups.end('failed');
    },
  };
}
