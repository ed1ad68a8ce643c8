import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';
import { checkPackageFields, type Paragraph, parseDeb822 } from '@release-kit/debian';
import { digestFile } from '@release-kit/manifest';
import type { MachineRun, PackageFile, PackageSet } from '../package-manager.ts';
import { ProblemError } from '../problem.ts';

/** A package that is tried, as its own control file describes it. */
export interface OwnPackage {
  readonly file: PackageFile;
  /** Below the folder of the repository: `new/hello_1.0_all.deb`. */
  readonly path: string;
  readonly control: Paragraph;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** apt takes file names of its index for parts of an address, so that they hold nothing which means something there. */
export function pathInRepository(label: string, { name, version, architecture }: PackageFile): string {
  return `${label}/${name}_${version.replaceAll(':', '.')}_${architecture}.deb`;
}

/** Copies the sets into a folder of this host, as they lie in the repository. */
export async function stageSets(sets: readonly PackageSet[], folder: string): Promise<void> {
  for (const { label, packages } of sets) {
    for (const each of packages) {
      const target = join(folder, pathInRepository(label, each));
      await mkdir(dirname(target), { recursive: true, mode: 0o755 });
      await copyFile(each.file, target);
    }
  }
}

// Archives may be hostile, so they are read in the machine.
const script = 'cd -- "$0" || exit; for file; do dpkg-deb --field "./$file" || exit; printf "\\0"; done';

/**
 * Reads the control files of packages that lie in a folder of the machine, and refuses those of other packages than the manifest says:
 * removing and purging go by name. Throws ProblemError.
 */
export async function readOwnPackages(
  run: MachineRun,
  folder: string,
  { label, packages }: PackageSet,
  timeout: number,
): Promise<readonly OwnPackage[]> {
  const paths = packages.map((each) => pathInRepository(label, each));
  const { exitCode, stdout, stderr } = await run(['/bin/sh', '-c', script, folder, ...paths], { allow: 'any', timeout, env: {} });
  const texts = stdout.split('\0');
  if (exitCode !== 0 || texts.length !== packages.length + 1) {
    const wrong = packages[texts.length - 1]?.name ?? 'a package';
    throw new ProblemError({
      category: 'bad-package',
      message: `the package file of ${inertLine(wrong)} cannot be read`,
      evidence: stderr.trimEnd(),
    });
  }
  const found: OwnPackage[] = [];
  for (const [index, file] of packages.entries())
    found.push({ ...(await digestFile(file.file)), file, path: paths[index] ?? '', control: checkedControl(texts[index] ?? '', file) });
  return found;
}

const mismatch = 'Build again: the manifest and its files do not belong together.';

/** The control file of a package, which says what the manifest says. Throws ProblemError. */
export function checkedControl(text: string, { name, version }: PackageFile): Paragraph {
  const [control] = readable(() => parseDeb822(text, name), name);
  if (control === undefined) throw new ProblemError({ category: 'bad-package', message: `the control file of ${name} is empty` });
  const fields = readable(() => checkPackageFields(control, name), name);
  const wrong =
    fields.package !== name ? `the package ${fields.package}` : fields.version !== version ? `version ${fields.version}` : undefined;
  if (wrong === undefined) return control;
  throw new ProblemError({ category: 'bad-package', message: inertLine(`the file of ${name} holds ${wrong}`), cure: mismatch });
}

function readable<T>(read: () => T, name: string): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new ProblemError({ category: 'bad-package', message: inertLine(`the control file of ${name}: ${error.message}`) }, error);
  }
}
