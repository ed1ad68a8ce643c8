import { mkdtemp, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Argv, Host } from '@release-kit/action';
import { findProgram } from '../host-needs.ts';

/** A Docker daemon of the test's own: nothing of it is shared with another one that may run on this host. */
export interface DockerDaemon extends AsyncDisposable {
  /** For DOCKER_HOST. */
  readonly address: string;
}

/** Whether Debian's docker.io (or another Docker) can be started here. A missing one skips locally and fails in CI. */
export const dockerAble =
  process.env['CI'] !== undefined ||
  (process.getuid?.() === 0 &&
    (await findProgram('dockerd', process.env['PATH'])) !== undefined &&
    (await findProgram('docker', process.env['PATH'])) !== undefined);

const forwarding = '/proc/sys/net/ipv4/ip_forward';

/** Starts a daemon with folders, socket, bridge and mounts of its own; all of it is gone after disposal, the packet filter is as before. */
export async function startDockerDaemon(host: Host): Promise<DockerDaemon> {
  await using stack = new AsyncDisposableStack();
  // A short path: that of a socket has 107 characters at most, unix(7), and containerd puts one far below.
  const folder = await mkdtemp(join(tmpdir(), 'release-kit-d-'));
  stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  const bridge = `rkd${process.pid}`;
  const network = `10.231.${process.pid % 250}`;
  const before = await filterRules(host);
  const forwarded = await readFile(forwarding, 'utf8');
  stack.defer(async () => {
    await run(host, ['ip', 'link', 'delete', bridge]);
    await restoreRules(host, before, [bridge, `${network}.`]);
    await writeFile(forwarding, forwarded);
    // The kernel keeps groups that another daemon has containers in.
    for (const hierarchy of ['', ...(await readdir('/sys/fs/cgroup'))])
      await rmdir(join('/sys/fs/cgroup', hierarchy, 'docker')).catch(() => {});
  });
  await run(host, ['ip', 'link', 'add', bridge, 'type', 'bridge']);
  await run(host, ['ip', 'address', 'add', `${network}.1/24`, 'dev', bridge]);
  await run(host, ['ip', 'link', 'set', bridge, 'up']);

  const address = `unix://${folder}/socket`;
  const log = join(folder, 'log');
  const argv = ['setpriv', '--pdeathsig', 'KILL', 'unshare', '--mount', '--propagation', 'private', 'dockerd'] as const;
  const folders = ['data-root', 'exec-root', 'pidfile'].map((option) => `--${option}=${join(folder, option)}`);
  const over = host
    .exec([...argv, ...folders, `--host=${address}`, '--storage-driver=overlay2', `--bridge=${bridge}`], {
      cwd: '/',
      allow: 'any',
      keep: false,
      logFile: log,
      uninterrupted: true,
    })
    .then(() => 'over' as const);
  stack.defer(async () => {
    const pid = Number(await readFile(join(folder, 'pidfile'), 'utf8').catch(() => ''));
    if (pid > 0) process.kill(pid, 'SIGTERM');
    await over;
  });
  while ((await host.exec(['docker', 'version'], { cwd: '/', env: { DOCKER_HOST: address }, allow: 'any' })).exitCode !== 0) {
    if ((await Promise.race([over, sleep(100)])) === 'over')
      throw new Error(`the Docker daemon does not start: ${(await readFile(log, 'utf8')).split('\n').slice(-5).join(' / ')}`);
  }
  const kept = stack.move();
  return { address, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

const run = (host: Host, argv: Argv, allow: readonly number[] | 'any' = [0]): ReturnType<Host['exec']> =>
  host.exec(argv, { cwd: '/', allow, timeout: 60_000, uninterrupted: true });

interface Rule {
  readonly table: string;
  readonly line: string;
}

/** The packet filter as iptables-save prints it, each line with its table. */
async function filterRules(host: Host): Promise<readonly Rule[]> {
  const { stdout } = await run(host, ['iptables-save']);
  let table = 'filter';
  const rules: Rule[] = [];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('*')) table = line.slice(1);
    else if (/^(?::|-A )/.test(line)) rules.push({ table, line: line.replace(/ \[\d+:\d+\]$/, '') });
  }
  return rules;
}

/** Takes back what the daemon added: rules of its bridge, and chains of Docker where there were none before. */
async function restoreRules(host: Host, before: readonly Rule[], marks: readonly string[]): Promise<void> {
  const had = new Set(before.map(({ table, line }) => `${table} ${line}`));
  const added = (await filterRules(host)).filter(({ table, line }) => !had.has(`${table} ${line}`));
  const isFirst = !before.some(({ line }) => line.startsWith(':DOCKER'));
  for (const { table, line } of added.filter((rule) => rule.line.startsWith('-A '))) {
    if (!marks.some((mark) => line.includes(mark)) && !(isFirst && line.includes('DOCKER'))) continue;
    await run(host, ['iptables', '--table', table, '-D', ...line.slice(3).split(' ')], 'any');
  }
  if (!isFirst) return;
  for (const { table, line } of added) {
    const [, chain = '', policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (chain.startsWith('DOCKER')) {
      await run(host, ['iptables', '--table', table, '--flush', chain], 'any');
      await run(host, ['iptables', '--table', table, '--delete-chain', chain], 'any');
    } else if (chain === 'FORWARD' && policy === 'DROP') await run(host, ['iptables', '--table', table, '--policy', chain, 'ACCEPT']);
  }
}
