import type { Machine } from '@release-kit/machine';

/** A machine that runs commands as a test says, and is asked for nothing else. */
export function machineOf(run: Machine['run']): Machine {
  const refuse = () => Promise.reject(new Error('not asked for'));
  return {
    engine: 'nspawn',
    run,
    copyIn: refuse,
    copyOut: refuse,
    boot: refuse,
    takeLayer: refuse,
    usage: () => Promise.resolve(undefined),
    [Symbol.asyncDispose]: async () => {},
  };
}
