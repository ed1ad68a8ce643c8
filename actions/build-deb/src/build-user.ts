import type { Machine } from '@release-kit/machine';

/** Who builds inside the machine: nobody there is root while a project's code runs. */
export const buildUser = 'builder';
const id = 2000; // above what base systems give out, below Debian's reserved ranges (Policy 9.2.2)
/** Where sources and products lie inside the machine. */
export const buildFolder = '/build';

// The smallest base systems have no useradd. systemd-nspawn makes the home of the user it runs a command as, unless something is there
// already: an empty folder that nobody may write to is as good as none.
const script = `set -e
echo '${buildUser}:x:${id}:${id}::/nonexistent:/bin/sh' >> /etc/passwd
echo '${buildUser}:x:${id}:' >> /etc/group
install -d -m 0555 /nonexistent
install -d -m 0755 -o ${id} -g ${id} ${buildFolder}`;

/** Makes the unprivileged user and its folder. */
export async function addBuildUser(machine: Machine): Promise<void> {
  await machine.run(['sh', '-c', script]);
}
