import { type Host, UserError } from '@release-kit/action';
import { type Architecture, compilerPackages, isCross } from '@release-kit/cross';
import { findProgram, type HostNeed } from '@release-kit/machine';

/** Programs of a toolchain on this host. pkg-config is the same for all architectures: its search path says which. */
export function toolchainNeeds(own: Architecture, target: Architecture): readonly HostNeed[] {
  const compilers = compilerPackages({ own, target }).map((need) => ({ ...need, why: `compiles for ${target.name}` }));
  const helpers = isCross({ own, target })
    ? compilerPackages({ own, target: own }).map((need) => ({ ...need, why: 'compiles what a build runs on this host' }))
    : [];
  return [...compilers, ...helpers, { program: 'pkg-config', package: 'pkg-config', why: 'finds libraries' }];
}

/** What makes programs of a foreign architecture run here. */
export function emulationNeed(target: Architecture): HostNeed {
  return { program: `qemu-${target.qemu}-static`, package: 'qemu-user-static', why: `runs programs of ${target.name}` };
}

/** The needs whose program is not on this host. */
export async function missingNeeds(host: Pick<Host, 'env'>, needs: readonly HostNeed[]): Promise<readonly HostNeed[]> {
  const path = host.env('PATH') ?? process.env['PATH'];
  const found = await Promise.all(needs.map(({ program }) => findProgram(program, path)));
  return needs.filter((_, index) => found[index] === undefined);
}

/**
 * The packages that libraries of an architecture come with on this host. A foreign program that runs here takes its C and C++
 * libraries from the same place as the named ones; `runsItself`: so it does without QEMU, which would have a root of its own.
 * E_INPUT for what is no name of a package; Debian Policy 5.6.7.
 */
export function libraryPackages(
  libraries: readonly string[],
  own: Architecture,
  target: Architecture,
  runsItself: boolean,
): readonly string[] {
  for (const name of libraries) {
    if (!/^[a-z0-9][a-z0-9+.-]+$/.test(name))
      throw new UserError('E_INPUT', `input libraries: ${JSON.stringify(name)} is not the name of a package`, {
        cure: 'Name packages as apt does, without an architecture: libssl-dev.',
      });
  }
  if (!isCross({ own, target })) return [...new Set(libraries)].sort();
  if (libraries.length === 0 && !runsItself) return [];
  // The host's own archive has these for its 32-bit programs, so that apt needs no other architecture.
  if (libraries.length === 0 && own.name === 'amd64' && target.name === 'i386') return ['lib32stdc++6', 'libc6-i386'];
  return [...new Set([...libraries, 'libc6', 'libstdc++6'])].sort().map((name) => `${name}:${target.name}`);
}
