import { chown } from 'node:fs/promises';
import { type Host, UserError } from '@release-kit/action';
import { makeFolderLine, takeOut } from './copy.ts';
import { dockerEnvironment } from './docker-cli.ts';
import { heldArgv } from './launcher.ts';

/** Runs in the machine; $1: destination, $2: owner or empty. Says the owner's numbers, which this host does not know. */
export const makeFolderScript = [
  'set -eu; umask 022',
  makeFolderLine,
  'if [ -n "$2" ]; then id -u -- "$2"; id -g -- "$2"; else echo 0; echo 0; fi',
].join('\n');

/** $1: container, $2: host's folder, $3: folder of the machine, $4: user id, $5: group id. */
const inPipe = [
  'set -eu -o pipefail',
  'cd -- "$2"',
  'find . -mindepth 1 -maxdepth 1 -print0 |',
  '  tar --create --format=pax --numeric-owner --owner="$4" --group="$5" --null --verbatim-files-from --files-from=- |',
  '  docker exec --interactive --user=root "$1" tar --extract --preserve-permissions --same-owner --numeric-owner --directory="$3"',
].join('\n');

/** Copies a folder's contents into a container, where the destination exists. */
export async function pipeIn(
  host: Host,
  container: string,
  hostFolder: string,
  machineFolder: string,
  ids: readonly [string, string],
): Promise<void> {
  await host.exec(heldArgv(['/bin/bash', '-c', inPipe, 'copy-in', container, hostFolder, machineFolder, ...ids]), {
    cwd: '/',
    env: dockerEnvironment(host),
    errorCode: 'E_MACHINE',
    failure: `files could not be copied into ${machineFolder} of the machine`,
  });
}

/**
 * A user without an account (Debian Policy 9.2.2 reserves the number): what the machine sends may be hostile, so it is unpacked
 * with no right to anything but the empty folder it goes to.
 */
const unpacker = 65_533;

/** $1: container, $2: folder of the machine, $3: user id, $4: host's folder of that user. */
const outPipe = [
  'set -eu -o pipefail',
  'cd -- "$4"',
  'docker exec --user=root "$1" tar --create --format=pax --directory="$2" . |',
  '  setpriv --reuid="$3" --regid="$3" --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all -- \\',
  '  tar --extract --preserve-permissions --no-same-owner --no-overwrite-dir',
].join('\n');

/** See `Machine.copyOut`. */
export async function pipeOut(host: Host, container: string, machineFolder: string, hostFolder: string): Promise<void> {
  await takeOut(host, hostFolder, machineFolder, async (_argv, staging) => {
    await chown(staging, unpacker, unpacker);
    await host.exec(heldArgv(['/bin/bash', '-c', outPipe, 'copy-out', container, machineFolder, String(unpacker), staging]), {
      cwd: '/',
      env: dockerEnvironment(host),
      errorCode: 'E_MACHINE',
      failure: `${machineFolder} could not be copied out of the machine`,
    });
    // A copy takes the owner along.
    await host.exec(['chown', '--recursive', '--no-dereference', '--', '0:0', staging], { cwd: '/' });
  });
}

/** $1: container, $2: folder. What the engine puts into every container is not part of the machine. */
const exportPipe = [
  'set -eu -o pipefail',
  'docker export "$1" | tar --extract --directory="$2" --preserve-permissions --same-owner --numeric-owner \\',
  '  --xattrs --xattrs-include=security.capability --anchored --exclude=.dockerenv --exclude=dev/console --exclude=etc/resolv.conf',
].join('\n');

/** Writes the whole file system of a container into an existing folder. */
export async function exportRoot(host: Host, container: string, folder: string): Promise<void> {
  if (folder === '/') throw new UserError('E_MACHINE', 'a machine cannot be written over the host');
  await host.exec(heldArgv(['/bin/bash', '-c', exportPipe, 'export', container, folder]), {
    cwd: '/',
    env: dockerEnvironment(host),
    errorCode: 'E_MACHINE',
    failure: 'the files of the machine could not be taken',
  });
}
