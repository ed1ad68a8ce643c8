import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordingHost, type TemporaryFolder } from '@release-kit/action';
import { machineRepository } from '../docker-leftovers.ts';
import { findProgram } from '../host-needs.ts';
import type { EngineName } from '../machine.ts';
import { dockerAble, startDockerDaemon } from './docker-daemon.ts';

/** Every engine that is built in passes the contract tests. */
export const engines: readonly EngineName[] = dockerAble ? ['nspawn', 'docker'] : ['nspawn'];

/** What an engine needs to run in a test: a host for `docker` finds the daemon that was started for it. */
export interface Ground extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  /** What machines left outside this host's own file system: containers, and images of machines. */
  left(): Promise<readonly string[]>;
}

export async function groundOf(engine: EngineName): Promise<Ground> {
  if (engine === 'nspawn') return { env: {}, left: async () => [], [Symbol.asyncDispose]: async () => {} };
  await using stack = new AsyncDisposableStack();
  const host = stack.use(await recordingHost());
  const daemon = stack.use(await startDockerDaemon(host));
  const env = { DOCKER_HOST: daemon.address };
  const list = async (...args: string[]): Promise<string[]> =>
    (await host.exec(['docker', ...args], { cwd: '/', env })).stdout.split('\n').filter((line) => line !== '');
  const kept = stack.move();
  return {
    env,
    left: async () => [...(await list('ps', '--all', '--format={{.Names}}')), ...(await list('image', 'ls', '--quiet', machineRepository))],
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Whether machines can run here. A missing tool skips locally and fails in CI. */
export const able =
  process.env['CI'] !== undefined ||
  (process.getuid?.() === 0 &&
    (await findProgram('systemd-nspawn', process.env['PATH'])) !== undefined &&
    (await findProgram('mmdebstrap', process.env['PATH'])) !== undefined);
/** From here the victims' scripts find the packages. */
export const root = join(import.meta.dirname, '../../../..');
export const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');

export async function until<T>(body: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await body();
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(100);
    }
  }
}

export const untilGone = (mark: string): Promise<void> =>
  until(async () => {
    if (await isRunning(mark)) throw new Error(`a process with ${mark} is alive`);
  });
export const running = (mark: string): Promise<void> =>
  until(async () => {
    if (!(await isRunning(mark))) throw new Error(`no process with ${mark}`);
  });

/** Whether a process has the mark as an argument (besides the script that was given it). */
async function isRunning(mark: string): Promise<boolean> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (words[0] === 'sleep' && words[1] === mark) return true;
  }
  return false;
}

/** Mounts of machines are in namespaces of their own, so none is ever seen here, whoever made it. */
export async function hostMounts(): Promise<string[]> {
  return (await readFile('/proc/self/mounts', 'utf8')).split('\n').filter((line) => /release-kit|nspawn/.test(line));
}

export async function machineFolders(parent: string): Promise<string[]> {
  return (await readdir(parent)).filter((name) => name.startsWith('release-kit-machine-')).map((name) => join(parent, name));
}

/** As the instances' records list them. */
export async function controlGroups(parent: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of await machineFolders(parent)) {
    const record: unknown = JSON.parse(await readFile(join(folder, 'instance.json'), 'utf8'));
    if (typeof record === 'object' && record !== null && 'cgroups' in record && Array.isArray(record.cgroups))
      found.push(...record.cgroups.map(String));
  }
  return found;
}

/** Control groups on this host whose name has the mark in it. */
export async function controlGroupsNamed(mark: string): Promise<string[]> {
  return (await readdir('/sys/fs/cgroup', { recursive: true })).filter((path) => path.slice(path.lastIndexOf('/')).includes(mark));
}

export const temporaryIn =
  (parent: string) =>
  async (name: string): Promise<TemporaryFolder> => {
    const path = await mkdtemp(join(parent, `release-kit-${name}-`));
    return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
  };
