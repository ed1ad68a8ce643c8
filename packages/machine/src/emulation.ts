import { access, constants, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, type Host, UserError } from '@release-kit/action';
import { programMagic, smallestProgram } from './foreign-program.ts';

/** How this host runs programs of an architecture. */
export type Ability = 'native' | 'emulated' | 'no';

/** Where the kernel lists who interprets which programs. */
const registry = '/proc/sys/fs/binfmt_misc';

/** QEMU's names, where they are not Debian's; qemu-user(1). */
const qemuNames: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64', armhf: 'arm', ppc64el: 'ppc64le' };

/** Debian's name of the architecture this process runs as, by Node's. */
const processArchitectures: Readonly<Record<string, string>> = { x64: 'amd64', arm: 'armhf', ia32: 'i386', ppc64: 'ppc64el' };

/** Architectures whose programs a processor may run besides its own; whether it does is tried. */
const relatives: Readonly<Record<string, readonly string[]>> = { amd64: ['i386'], arm64: ['armhf'] };

/** Debian's name of this host's own architecture. */
export const ownArchitecture = (): string => processArchitectures[process.arch] ?? process.arch;

/**
 * Whether programs of the architecture run here: tried with the smallest one. `emulated` also where nothing is registered yet and
 * `prepareEmulation` can do so. Changes nothing.
 */
export async function canRun(host: Host, architecture: string): Promise<Ability> {
  const own = ownArchitecture();
  if (architecture === own) return 'native';
  if (await runs(host, architecture)) return relatives[own]?.includes(architecture) === true ? 'native' : 'emulated';
  return process.getuid?.() === 0 && (await interpreterOf(architecture)) !== undefined ? 'emulated' : 'no';
}

/**
 * Makes programs of the architecture run in machines: registers QEMU with the kernel, with the fix-binary flag, where nothing is
 * registered that works inside another root. Installs nothing. E_BINFMT says what to install or to allow.
 */
export async function prepareEmulation(host: Host, architecture: string): Promise<Exclude<Ability, 'no'>> {
  const ability = await canRun(host, architecture);
  if (ability === 'native' || (ability === 'emulated' && (await runs(host, architecture)))) return ability;
  const interpreter = await interpreterOf(architecture);
  if (interpreter === undefined)
    throw new UserError('E_BINFMT', `programs of ${architecture} do not run on this ${ownArchitecture()} host: there is no QEMU for them`, {
      cure: 'Install the package qemu-user-static, or use a host of that architecture, or the strategy cross.',
    });
  await mountRegistry(host);
  const name = await register(architecture, interpreter);
  if (!(await runs(host, architecture))) {
    await writeFile(join(registry, name), '-1');
    throw new UserError('E_BINFMT', `programs of ${architecture} do not run with ${interpreter.file}`, {
      cure: 'Install the package qemu-user-static; a QEMU that is linked dynamically cannot run in machines.',
    });
  }
  host.log.info(`Programs of ${architecture} run by ${interpreter.file}: registered with the kernel as ${name}`);
  return 'emulated';
}

/** Runs the smallest program in a root where nothing else is: only a registration with the fix-binary flag lets a foreign one run. */
async function runs(host: Host, architecture: string): Promise<boolean> {
  await using root = await host.files.temporary('program');
  await writeFile(join(root.path, 'program'), smallestProgram(architecture), { mode: 0o755 });
  const { exitCode } = await host.exec(['chroot', root.path, '/program'], { cwd: '/', allow: 'any', timeout: 60_000 });
  return exitCode === 0;
}

interface Interpreter {
  readonly file: string;
  /** Of binfmt_misc; `F` fixes the binary, `O` opens the program for it, `P` keeps the program's own name as its first word. */
  readonly flags: string;
}

/** The first that is there. By the name that ends with `binfmt-P`, Debian's QEMU knows of the flag P. */
async function interpreterOf(architecture: string): Promise<Interpreter | undefined> {
  const qemu = qemuNames[architecture] ?? architecture;
  const known: readonly Interpreter[] = [
    { file: `/usr/libexec/qemu-binfmt/${qemu}-binfmt-P`, flags: 'POF' },
    { file: `/usr/bin/qemu-${qemu}-static`, flags: 'OF' },
    { file: `/usr/bin/qemu-${qemu}`, flags: 'OF' },
  ];
  for (const interpreter of known) {
    const found = await access(interpreter.file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return interpreter;
  }
  return undefined;
}

async function mountRegistry(host: Host): Promise<void> {
  if (await isMounted()) return;
  const { exitCode, stderr } = await host.exec(['mount', '-t', 'binfmt_misc', 'binfmt_misc', registry], { cwd: '/', allow: 'any' });
  // Another run may have been faster.
  if (exitCode === 0 || (await isMounted())) return;
  throw new UserError('E_BINFMT', `the kernel's registry of program formats (binfmt_misc) cannot be mounted: ${stderr.trim()}`, {
    cure: 'Load the kernel module binfmt_misc; inside a container, register QEMU on the host instead.',
  });
}

const isMounted = (): Promise<boolean> =>
  access(join(registry, 'register')).then(
    () => true,
    () => false,
  );

/** Takes the usual name when it is free. Of two entries for the same programs the kernel takes the newer one. */
async function register(architecture: string, { file, flags }: Interpreter): Promise<string> {
  const qemu = `qemu-${qemuNames[architecture] ?? architecture}`;
  const { magic, mask } = programMagic(architecture);
  for (const name of [qemu, `release-kit-${qemu}`]) {
    try {
      await writeFile(join(registry, 'register'), `:${name}:M::${magic}:${mask}:${file}:${flags}`);
      return name;
    } catch (error) {
      // What has the name does not work, or another run was faster, which the next try shows.
      if (codeOf(error) === 'EEXIST') continue;
      throw new UserError('E_BINFMT', `QEMU cannot be registered with the kernel for ${architecture}`, {
        cause: error,
        cure: 'Run as root with the capability CAP_SYS_ADMIN; inside a container, register QEMU on the host instead.',
      });
    }
  }
  return `release-kit-${qemu}`;
}
