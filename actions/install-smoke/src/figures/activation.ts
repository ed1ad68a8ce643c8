import type { MachineRun } from '../package-manager.ts';

/**
 * Milliseconds from the start of the slowest of these units until it was active, by systemd's own clock, so that our looking does not
 * count; undefined when none was active. org.freedesktop.systemd1(5), InactiveExitTimestamp and ActiveEnterTimestamp.
 */
export async function slowestActivation(run: MachineRun, units: readonly string[]): Promise<number | undefined> {
  if (units.length === 0) return undefined;
  const properties = 'InactiveExitTimestampMonotonic,ActiveEnterTimestampMonotonic';
  const argv = ['systemctl', 'show', `--property=${properties}`, '--', ...units] as const;
  const { stdout } = await run([...argv], { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C' } });
  const times = activationTimes(stdout);
  return times.length === 0 ? undefined : Math.max(...times);
}

/** Of each block of `Name=value` that has both times, which are microseconds since the boot; a one-shot that is done was never active. */
export function activationTimes(text: string): readonly number[] {
  return text.split(/\n\s*\n/).flatMap((block) => {
    const time = (name: string): number => Number(new RegExp(`^${name}TimestampMonotonic=(\\d+)$`, 'm').exec(block)?.[1] ?? 0);
    const [started, active] = [time('InactiveExit'), time('ActiveEnter')];
    return started > 0 && active >= started ? [(active - started) / 1000] : [];
  });
}
