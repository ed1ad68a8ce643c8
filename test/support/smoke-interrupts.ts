import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { RecordingHost } from '@release-kit/action';
import { randomOf } from '@release-kit/action/seeded-random';
import { sweepLeftovers } from '@release-kit/machine';
import { repository } from './command-line.ts';
import { manifestOf, type TinyPackage, tinyPackage } from './packages.ts';
import { leftOf, nothing, type Traces } from './traces.ts';

/** How a run ends before its time: Ctrl-C at a terminal, what a runner sends next, and what nobody can catch. */
const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
type Signal = (typeof signals)[number];

export interface InterruptPlan {
  readonly count: number;
  /** The same seed interrupts at the same parts of a run. */
  readonly seed: number;
  /** Runs at a time. */
  readonly sideBySide: number;
}

const booted = '[ -d /run/systemd/system ] || exit 0';

/** A daemon, and a script that starts something of its own: what an interrupt has to end. */
const daemon: TinyPackage = {
  name: 'interrupted',
  files: {
    'usr/lib/systemd/system/interrupted.service': '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n',
  },
  scripts: {
    postinst: `setsid sleep 1000 >/dev/null 2>&1 </dev/null &\n${booted}\nsystemctl daemon-reload\nsystemctl enable --quiet --now interrupted`,
    prerm: `${booted}\nsystemctl disable --quiet --now interrupted`,
    postrm: `${booted}\nsystemctl daemon-reload`,
  },
};

/** Interrupts `release-kit smoke` at random moments of its life, with two systems at a time; each time nothing of it may be left. */
export async function interruptSmoke(host: RecordingHost, { count, seed, sideBySide }: InterruptPlan): Promise<void> {
  await using folder = await host.files.temporary('interrupts');
  const packages = join(folder.path, 'out');
  mkdirSync(packages);
  await manifestOf(packages, [await tinyPackage(host, packages, daemon)]);
  const begin = performance.now();
  const whole = await run(folder.path, 'whole', packages);
  const milliseconds = performance.now() - begin;
  expect({ exitCode: whole.exitCode, left: leftBy(whole) }).toEqual({ exitCode: 0, left: nothing });
  const random = randomOf(seed);
  const plan = Array.from({ length: count }, (_, index) => ({
    signal: signals[index % signals.length] ?? 'SIGINT',
    moment: Math.round(random() * milliseconds),
    name: String(index),
  }));
  const work = async (): Promise<void> => {
    for (let next = plan.shift(); next !== undefined; next = plan.shift()) {
      const interrupted = await run(folder.path, next.name, packages, next);
      expect({ seed, ...next, left: await leftAfter(host, next.signal, interrupted) }).toEqual({ seed, ...next, left: nothing });
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
}

interface Interrupted {
  readonly pid: number;
  readonly exitCode: number | null;
  readonly temporary: string;
}

async function run(
  parent: string,
  name: string,
  packages: string,
  interrupt?: { readonly signal: Signal; readonly moment: number },
): Promise<Interrupted> {
  const temporary = join(parent, `tmp-${name}`);
  mkdirSync(temporary);
  const main = join(repository, 'packages/cli/src/main.ts');
  const systems = ['--distributions=debian:12', '--distributions=debian:13', '--jobs=2', '--timeout=120s'];
  const args = ['--conditions=release-kit:source', main, 'smoke', ...systems, `--output=${packages}`, parent];
  const child = spawn(process.execPath, args, {
    cwd: parent,
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: temporary },
    detached: true,
    stdio: 'ignore',
  });
  const timer = interrupt === undefined ? undefined : setTimeout(() => send(child, interrupt.signal), interrupt.moment);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => {
      clearTimeout(timer);
      resolve({ pid: child.pid ?? 0, exitCode, temporary });
    });
  });
}

/** A terminal sends its interrupt to all that it runs; the others are for one process. */
function send(child: ChildProcess, signal: Signal): void {
  if (child.pid !== undefined && child.exitCode === null) process.kill(signal === 'SIGINT' ? -child.pid : child.pid, signal);
}

/** Without the control groups of other runs on this host. */
function leftBy({ pid, temporary }: Interrupted): Traces {
  const left = leftOf(temporary);
  return { ...left, controlGroups: left.controlGroups.filter((group) => group.includes(`/release-kit-${pid.toString(16)}-`)) };
}

/** A run that was killed outright leaves files, which the next one sweeps; processes and mounts end with it, in a moment. */
async function leftAfter(host: RecordingHost, signal: Signal, interrupted: Interrupted): Promise<Traces> {
  if (signal !== 'SIGKILL') return leftBy(interrupted);
  const { temporary } = interrupted;
  for (let attempt = 0; ; attempt += 1) {
    const near = { ...host, files: { ...host.files, temporary: folderIn(temporary) } };
    await sweepLeftovers(near);
    const left = leftBy(interrupted);
    const traces = { ...left, folders: left.folders.filter((name) => readdirSync(join(temporary, name)).includes('instance.json')) };
    if (attempt === 100 || Object.values(traces).every((list) => list.length === 0)) return traces;
    await sleep(50);
  }
}

/** A folder that is only looked beside. */
const folderIn = (parent: string) => async (name: string) => {
  const path = join(parent, name);
  mkdirSync(path, { recursive: true });
  return { path, [Symbol.asyncDispose]: async () => {} };
};
