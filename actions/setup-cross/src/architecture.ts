import { type Host, UserError } from '@release-kit/action';

/** Debian's name of this host's architecture. E_HOST when the host is none of Debian's kind. */
export async function hostArchitecture(host: Host): Promise<string> {
  try {
    return (await host.exec(['dpkg', '--print-architecture'], { cwd: '/' })).stdout.trim();
  } catch (cause) {
    if (!(cause instanceof UserError) || cause.code === 'E_CANCELLED') throw cause;
    throw new UserError('E_HOST', 'this host has no working dpkg, so it is neither Debian nor Ubuntu', { cause });
  }
}

/** How packages for an architecture are built on this host. E_ARCHITECTURE for a foreign one. */
export function strategyFor(wanted: string, own: string): 'native' {
  if (wanted === own) return 'native';
  throw new UserError(
    'E_ARCHITECTURE',
    `packages for ${JSON.stringify(wanted)} cannot be built on this host, which is ${own}: building for another architecture comes with a later version of setup-cross`,
    {
      cure: `Set architecture to ${own}, or run on a host that is ${JSON.stringify(wanted)}.`,
    },
  );
}
