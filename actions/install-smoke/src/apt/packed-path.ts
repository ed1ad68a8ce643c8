import { inertLine, UserError } from '@release-kit/action';
import type { MachineRun, PackageSet, PackedPath } from '../package-manager.ts';
import { repository } from './local-repository.ts';
import { pathInRepository } from './own-package.ts';

// Archives may be hostile, so they are read in the machine.
const script = 'cd -- "$0" || exit; for file; do dpkg-deb --contents "./$file" || exit; done';

/** Files and folders of the packages of a set as they were packed; dpkg-deb(1), `--contents`. */
export async function packedPathsOf(run: MachineRun, { label, packages }: PackageSet): Promise<readonly PackedPath[]> {
  const paths = packages.map((each) => pathInRepository(label, each));
  const options = { allow: 'any', timeout: 300_000, env: { LC_ALL: 'C.UTF-8' } } as const;
  const { exitCode, stdout, stderr } = await run(['/bin/sh', '-c', script, repository, ...paths], options);
  if (exitCode !== 0) throw new UserError('E_MACHINE', `the packages cannot be listed: ${inertLine(stderr.trim())}`);
  return parseContents(stdout);
}

/** Reads lines such as `drwxr-x--- root/adm 0 2026-01-15 12:00 ./var/log/hello/`; links have no mode of their own. */
export function parseContents(text: string): readonly PackedPath[] {
  return [...text.matchAll(/^[-d]([rwxsStT-]{9}) ([^\s/]+)\/([^\s/]+) +\d+ \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? \.(\/.*)$/gm)].map(
    ([, letters = '', owner = '', group = '', path = '']) => ({
      ...{ path: path === '/' ? path : path.replace(/\/$/, ''), owner, group },
      mode: modeOf(letters),
    }),
  );
}

/** `rwsr-xr-t` -> 0o5755; ls(1). */
function modeOf(letters: string): number {
  const special = (at: number, bit: number): number => (/[sStT]/.test(letters[at] ?? '') ? bit : 0);
  const plain = [...letters].reduce((mode, letter, index) => (/[-ST]/.test(letter) ? mode : mode | (1 << (8 - index))), 0);
  return plain | special(2, 0o4000) | special(5, 0o2000) | special(8, 0o1000);
}
