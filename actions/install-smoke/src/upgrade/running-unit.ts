import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';

/** What is asked of a unit before and after the version changed; org.freedesktop.systemd1(5). */
export interface RunningUnit {
  readonly unit: string;
  /** `loaded`, `not-found`, … */
  readonly load: string;
  readonly active: string;
  readonly sub: string;
  /** `enabled`, `disabled`, `static`, … */
  readonly file: string;
  /** 0: none. */
  readonly mainPid: number;
  /** Of this start. */
  readonly invocation: string;
  /** How it was reloaded last, with the time. */
  readonly reload: string;
}

const properties = ['LoadState', 'ActiveState', 'SubState', 'UnitFileState', 'MainPID', 'InvocationID', 'ExecReload'] as const;

/** The command whose output `parseRunningUnits` reads. */
export function runningUnitsArgv(units: readonly string[]): readonly [string, ...string[]] {
  return ['systemctl', 'show', `--property=${properties.join(',')}`, '--', ...units];
}

/** One for each asked unit, in the order they were asked for: blocks of `Name=value`, parted by blank lines. */
export function parseRunningUnits(text: string, units: readonly string[]): readonly RunningUnit[] {
  const blocks = text.trim().split(/\n\s*\n/);
  return units.map((unit, index) => {
    const field = (name: (typeof properties)[number]): string => new RegExp(`^${name}=(.*)$`, 'm').exec(blocks[index] ?? '')?.[1] ?? '';
    return {
      unit,
      load: field('LoadState') || 'not-found',
      active: field('ActiveState') || 'inactive',
      sub: field('SubState'),
      file: field('UnitFileState'),
      mainPid: Number(/^\d+$/.exec(field('MainPID'))?.[0] ?? 0),
      invocation: field('InvocationID'),
      reload: /start_time=\[([^\]]*)\]/.exec(field('ExecReload'))?.[1] ?? '',
    };
  });
}

/** What else bears on whether a unit had to be restarted. */
export interface RestartFacts {
  /** Units whose program file was replaced or removed while it runs. */
  readonly oldPrograms: ReadonlySet<string>;
  /** Units that the packaging starts, but on purpose does not restart. */
  readonly deliberate: ReadonlySet<string>;
}

/** Units that still run as before although their package changed. `when` completes "after …". */
export function judgeRestarts(
  before: readonly RunningUnit[],
  after: readonly RunningUnit[],
  { oldPrograms, deliberate }: RestartFacts,
  when: string,
): readonly Problem[] {
  return notRestarted(before, after).flatMap((now): readonly Problem[] => {
    const old = oldPrograms.has(now.unit);
    const was = before.find(({ unit }) => unit === now.unit);
    // A reload is enough where the program is the same file still.
    if (!old && was?.reload !== now.reload) return [];
    const what = old ? 'still runs the program of the other version' : 'was neither restarted nor reloaded';
    return [
      {
        category: 'not-restarted',
        message: `${inertLine(now.unit)} ${what} after ${when}${deliberate.has(now.unit) ? '; its packaging wants it so' : ''}`,
        subject: { kind: 'unit', unit: now.unit },
        ...(deliberate.has(now.unit)
          ? ({
              level: 'warning',
              cure: 'Nothing to do, when the service must outlive upgrades; else leave out --no-stop-on-upgrade.',
            } as const)
          : {}),
      },
    ];
  });
}

/** Units with the same process as before. */
export function notRestarted(before: readonly RunningUnit[], after: readonly RunningUnit[]): readonly RunningUnit[] {
  return after.filter((now) => {
    const was = before.find(({ unit }) => unit === now.unit);
    return (
      was !== undefined && now.mainPid !== 0 && now.active === 'active' && now.mainPid === was.mainPid && now.invocation === was.invocation
    );
  });
}

/** Units that the version no longer has: they must be stopped, and nothing may start them any more. `when` completes "after …". */
export function judgeDropped(
  after: readonly RunningUnit[],
  dropped: readonly string[],
  links: readonly string[],
  when: string,
): readonly Problem[] {
  return after
    .filter(({ unit }) => dropped.includes(unit))
    .flatMap(({ unit, active, sub }): readonly Problem[] => {
      const subject = { kind: 'unit', unit } as const;
      if (active === 'active' && sub !== 'exited')
        return [
          { category: 'unit-stays', message: `${inertLine(unit)} is not in the package any more, and still runs after ${when}`, subject },
        ];
      const link = links.find((path) => path.endsWith(`/${unit}`));
      if (link === undefined) return [];
      const message = `${inertLine(unit)} is not in the package any more, and ${inertLine(link)} still enables it`;
      return [{ category: 'unit-stays', level: 'warning', message, subject, cure: 'Call deb-systemd-helper purge for it in postinst.' }];
    });
}

/** Units that were disabled by hand and are enabled again. `when` completes "after …". */
export function judgeDisabled(disabled: readonly string[], after: readonly RunningUnit[], when: string): readonly Problem[] {
  return after
    .filter(({ unit, file }) => disabled.includes(unit) && (file === 'enabled' || file === 'enabled-runtime'))
    .map(({ unit }) => ({
      category: 'enabled-again',
      message: `${inertLine(unit)} was disabled by hand, and is enabled again after ${when}`,
      subject: { kind: 'unit', unit },
    }));
}
