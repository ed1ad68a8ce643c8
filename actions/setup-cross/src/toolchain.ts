import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { cmakeToolchainFile, isCross, mesonCrossFile, type Toolchain, toolchainVariables, variablesScript } from '@release-kit/cross';

/** Where a toolchain is described; absolute. The files for CMake and Meson are undefined for a native one. */
export interface DescribedToolchain {
  readonly environment: string;
  readonly cmake: string | undefined;
  readonly meson: string | undefined;
}

/**
 * Writes the files that build systems read, in the cache folder, where later steps find them, and sets the variables for these steps
 * when they are wanted. The same toolchain writes the same bytes, so runs at the same time do not matter.
 */
export async function describeToolchain(host: Host, toolchain: Toolchain, exported: boolean): Promise<DescribedToolchain> {
  const folder = join(host.files.cache, 'toolchains', toolchain.target.name);
  await mkdir(folder, { recursive: true });
  const files = isCross(toolchain) ? { cmake: join(folder, 'toolchain.cmake'), meson: join(folder, 'meson-cross.ini') } : undefined;
  const variables = toolchainVariables(toolchain, files);
  const environment = join(folder, 'environment.sh');
  await put(environment, variablesScript(variables));
  if (files !== undefined) {
    await put(files.cmake, cmakeToolchainFile(toolchain));
    await put(files.meson, mesonCrossFile(toolchain));
  }
  if (exported) for (const [name, value] of Object.entries(variables)) await host.exportVariable(name, value);
  host.log.info(
    `Toolchain for ${toolchain.target.name}: ${Object.keys(variables).length} variables, ${exported ? 'set for later steps, and ' : ''}in ${environment}`,
  );
  return { environment, cmake: files?.cmake, meson: files?.meson };
}

/** In one step: another run may read it. */
async function put(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text, { mode: 0o644 });
  await rename(fresh, file);
}
