import { type Host, UserError } from '@release-kit/action';
import { decideAtOnce, type StrategyDecision, type StrategyFacts } from '@release-kit/cross';

/** Debian's name of this host's architecture. E_HOST when the host is none of Debian's kind. */
export async function hostArchitecture(host: Host): Promise<string> {
  try {
    return (await host.exec(['dpkg', '--print-architecture'], { cwd: '/' })).stdout.trim();
  } catch (cause) {
    if (!(cause instanceof UserError) || cause.code === 'E_CANCELLED') throw cause;
    throw new UserError('E_HOST', 'this host has no working dpkg, so it is neither Debian nor Ubuntu', { cause });
  }
}

/**
 * How packages for an architecture are built on this host, as far as that can be said without looking at one: build-deb decides anew
 * for each. E_ARCHITECTURE for `native` where the host cannot.
 */
export function strategyFor(facts: Omit<StrategyFacts, 'onlyAll' | 'tests'>): StrategyDecision {
  const decided = decideAtOnce({ ...facts, onlyAll: false, tests: false });
  if (decided !== undefined) return decided;
  const rest =
    facts.ability === 'emulated'
      ? 'a package that cannot is emulated by QEMU'
      : 'there is no QEMU here, so a package that cannot is not built';
  return { strategy: 'cross', reason: `this ${facts.own} host has compilers for ${facts.architecture}; ${rest}` };
}
