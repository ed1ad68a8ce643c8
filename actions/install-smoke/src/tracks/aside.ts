import { type BaseSystem, createMachine } from '@release-kit/machine';
import type { MachineRun } from '../package-manager.ts';
import { keepOutput } from '../report/track-log.ts';
import type { Begun, Finding, Steps } from '../steps.ts';
import { guarded } from './disk-guard.ts';
import type { Ground, Track } from './track.ts';

type PlainRun = Promise<readonly Begun<Finding>[]>;

/** The steps of a track that need no systemd: in a second machine beside the others, or after them in the machine that was powered off. */
export interface Aside extends AsyncDisposable {
  /** Starts them in a machine of their own, where there is room for a second one. */
  start(): void;
  /** Whether they will need the machine that is booted now. */
  needsMachine(): boolean;
  /** Tells them as the next steps, if it has come to that. `run`: in the machine, powered off, which they run in if they were not started. */
  tell(run: MachineRun): Promise<void>;
}

/** `system`: with all that the packages depend on. Disposal ends what is under way, and waits for its machine to be gone. */
export function asideOf(ground: Ground, { sets, plain }: Track, system: BaseSystem, steps: Steps): Aside {
  const { host, engine, limits, manager, packages, disk, logs } = ground;
  const ending = new AbortController();
  const inOwnMachine = async (): PlainRun => {
    await using machine = await createMachine(host, system, engine, { limits });
    await manager.provide(machine, sets);
    const { run } = guarded(machine, disk);
    const ours = keepOutput((argv, options) => run(argv, { ...options, signal: ending.signal }), logs);
    return (await plain?.begin({ run: ours, manager, packages, steps })) ?? [];
  };
  let underWay: PlainRun | undefined;
  const isDue = (): boolean => plain?.isDue(steps) === true;
  return {
    start() {
      if (plain === undefined) return;
      underWay = ground.spare(inOwnMachine);
      underWay?.catch(() => {}); // whoever tells them hears of it
    },
    needsMachine: () => underWay === undefined && isDue(),
    async tell(run) {
      if (plain === undefined || !isDue()) return;
      for (const step of await (underWay ?? plain.begin({ run, manager, packages, steps }))) await step.tell();
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      // Its errors were told, or come of our ending it.
      await underWay?.catch(() => {});
    },
  };
}
