import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What a job's steps left on the host: mounts below its folder, processes that carry its HOME, entries of its temporary
 * folder. Only what is this job's own counts, so that other work on the machine does not matter.
 */
export async function leftBehind(root: string, temporary: string): Promise<readonly string[]> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
  const entries = (await readdir(temporary)).filter((name) => name !== '_runner_file_commands');
  return [
    ...mounts.filter((path) => path.startsWith(`${root}/`)).map((path) => `mount ${path}`),
    ...(await processesOf(root)).map((command) => `process ${command}`),
    ...entries.map((name) => `file ${join(temporary, name)}`),
  ];
}

async function processesOf(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    // A process may end while we look, and a kernel thread has no environment.
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`HOME=${join(root, 'home')}`)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command !== '') found.push(`${pid} ${command.replaceAll('\0', ' ').trim()}`);
  }
  return found;
}
