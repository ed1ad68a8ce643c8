import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';
import type { UnitIntention } from './unit-intention.ts';
import type { UnitState } from './unit-state.ts';

/** A unit of the packages as the installation left it, before anything else was done to it. */
export interface InstalledUnit {
  readonly state: UnitState;
  readonly package: string;
  readonly intention: UnitIntention;
  /** Whether a socket, timer or path of the packages that is enabled starts it. */
  readonly isTriggered: boolean;
}

/**
 * Whether a unit is enabled and started as its packaging means it to be. debhelper enables and starts what has [Install]
 * (dh_installsystemd(1)); who installs a daemon wants it to run (Debian Policy 9.3.3).
 */
export function judgePolicy({ state, package: owner, intention, isTriggered }: InstalledUnit): Problem | undefined {
  const unit = inertLine(state.unit);
  const subject = { kind: 'unit', unit: state.unit, setting: 'WantedBy' } as const;
  if (state.load !== 'loaded') return undefined;
  if (state.file === 'disabled' && intention.enable === 'yes')
    return {
      category: 'unit-policy',
      message: `${unit} is disabled, although the postinst of ${inertLine(owner)} enables it`,
      cure: 'Something disabled it again, or its [Install] section names no unit; look at systemctl enable in the machine.',
      subject,
    };
  if (state.file === 'disabled' && intention.enable === 'unknown' && !isTriggered && !state.started)
    return {
      category: 'unit-policy',
      level: 'warning',
      message: `${unit} has an [Install] section, and no maintainer script of ${inertLine(owner)} enables it`,
      cure: 'Let dh_installsystemd handle it; with --no-enable when it is not meant to run.',
      subject,
    };
  const isIdle = state.active === 'inactive' && !state.started && state.condition && state.assertion && !state.queued;
  // systemd forgets a one-shot that has ended, and a service that its socket starts again when it is asked. deb-systemd-invoke(1p) leaves
  // disabled and static units alone.
  const isLeftAlone = ['disabled', 'static', 'indirect'].includes(state.file);
  if (isIdle && state.type !== 'oneshot' && !isTriggered && !isLeftAlone && intention.start === 'yes')
    return {
      category: 'unit-policy',
      message: `${unit} is not active, although the postinst of ${inertLine(owner)} starts it`,
      cure: 'Something stopped it again, or policy-rc.d is in the way; look at the postinst.',
      subject: { kind: 'script', package: owner, name: 'postinst' },
    };
  return undefined;
}
