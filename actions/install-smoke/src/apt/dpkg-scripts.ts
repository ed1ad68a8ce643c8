import type { MachineRun, PackageScript, PackageSet } from '../package-manager.ts';

// NUL ends each name and each text, and no text holds it.
const script =
  'for name; do for kind in preinst postinst prerm postrm; do ' +
  'dpkg-query --control-path "$name" "$kind" | grep -q . || continue; ' +
  'printf "%s\\0%s\\0" "$name" "$kind"; dpkg-query --control-show "$name" "$kind" | head -c 1048576 | tr -d "\\000"; printf "\\0"; done; done';

/** The maintainer scripts of the installed packages of a set; dpkg-query(1), `--control-show`. */
export async function scriptsOf(run: MachineRun, set: PackageSet): Promise<readonly PackageScript[]> {
  const names = set.packages.map(({ name }) => name);
  const { stdout } = await run(['/bin/sh', '-c', script, 'scripts', ...names], {
    timeout: 60_000,
    env: { LC_ALL: 'C.UTF-8' },
    allow: 'any',
  });
  const words = stdout.split('\0');
  const found: PackageScript[] = [];
  for (let index = 0; index + 2 < words.length; index += 3)
    found.push({ package: words[index] ?? '', name: words[index + 1] ?? '', text: words[index + 2] ?? '' });
  return found;
}
