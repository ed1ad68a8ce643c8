import { mkdir } from 'node:fs/promises';
import { UserError } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import { userEnvironment } from './build-command.ts';
import { buildFolder, buildUser } from './build-user.ts';

/** Where the products lie in the machine once they are collected. */
export const collected = `${buildFolder}/.products`;
// Only plain files: a link would be resolved by whoever copies it.
const moveScript = `set -e
mkdir ${collected}
for file in ${buildFolder}/*; do
  if [ -f "$file" ] && [ ! -L "$file" ]; then mv -- "$file" ${collected}/; fi
done`;
// A NUL ends each answer: no control file may hold one.
const fieldsScript = 'cd "$0"; for name; do dpkg-deb -f "./$name" || exit 1; printf "\\0"; done';

/** Brings the files that the build left beside the tree into a folder of the host, created when missing. */
export async function collect(machine: Machine, folder: string): Promise<void> {
  await machine.run(['sh', '-c', moveScript], { user: buildUser, env: userEnvironment });
  await mkdir(folder, { recursive: true });
  await machine.copyOut(collected, folder);
}

/** The control file of each package in a folder of the machine, as dpkg-deb of the machine reads it. Throws E_DEB. */
export async function readFields(machine: Machine, names: readonly string[], folder = collected): Promise<readonly string[]> {
  const { stdout } = await machine.run(['sh', '-c', fieldsScript, folder, ...names], {
    user: buildUser,
    env: userEnvironment,
    errorCode: 'E_DEB',
    failure: 'dpkg-deb cannot read a package that was built',
  });
  const texts = stdout.split('\0');
  if (texts.length !== names.length + 1) throw new UserError('E_DEB', 'a control file holds a NUL byte');
  return texts.slice(0, -1);
}
