import { type Host, UserError } from '@release-kit/action';
import { type Architecture, crossRoot, type Emulator } from '@release-kit/cross';
import { findProgram, prepareEmulation } from '@release-kit/machine';
import { emulationNeed } from './needs.ts';

/**
 * Lets programs of a foreign architecture run here. Base systems of that architecture need the kernel's help (`needed`, else E_BINFMT);
 * a toolchain can do without: its tools name QEMU themselves. `multiarch`: the target's libraries are in the host's own folders.
 */
export async function emulate(
  host: Host,
  target: Architecture,
  { needed, multiarch }: { readonly needed: boolean; readonly multiarch: boolean },
): Promise<Emulator | undefined> {
  try {
    await prepareEmulation(host, target.name);
  } catch (error) {
    if (needed || !(error instanceof UserError) || error.code !== 'E_BINFMT') throw error;
    host.log.warning(`Programs of ${target.name} run only where QEMU is named, as CMake, Meson and Cargo do: ${error.message}`);
  }
  const program = await findProgram(emulationNeed(target).program, host.env('PATH') ?? process.env['PATH']);
  return program === undefined ? undefined : { program, sysroot: multiarch ? undefined : crossRoot(target) };
}
