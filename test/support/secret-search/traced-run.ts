import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '@release-kit/action';
import { type Hit, hitsIn, type Needle } from './sought.ts';
import { readSystemCalls, type SystemCalls, straceArguments } from './system-calls.ts';

/** Milliseconds after which a run hangs. */
const hangs = 120_000;

export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute; all that the command may write lies below it. */
  readonly folder: string;
  /** Absolute. */
  readonly cwd: string;
  /** How it ends before its time: the signal goes to the process alone, as a runner sends it. */
  readonly kill?: { readonly signal: NodeJS.Signals; readonly after: number };
}

export interface TracedRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly calls: SystemCalls;
  readonly milliseconds: number;
  /** From the signal to the end of all processes; undefined when no signal was sent in time. */
  readonly endedAfter: number | undefined;
  /** Processes that outlived it by two seconds. */
  readonly left: readonly string[];
}

/** Runs a command and writes down all that it and what it starts hands to the kernel. */
export async function tracedRun({ argv, env, folder, cwd, kill }: Command): Promise<TracedRun> {
  // Not below the folder, which is searched; what we hand over ourselves stands in it.
  const file = `${folder}.strace`;
  const start = performance.now();
  const child = spawn('strace', [...straceArguments(file), ...argv], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const guard = setTimeout(() => child.kill('SIGKILL'), hangs);
  const killed = kill === undefined ? undefined : killLater(child, kill);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    // strace has the same pipes, so that they close when its last process has ended.
    child.once('close', resolve);
  });
  clearTimeout(guard);
  const end = performance.now();
  const sent = await killed;
  const left = await processesIn(folder, 2000);
  const calls = readSystemCalls(readFileSync(file, 'latin1'));
  rmSync(file);
  return { exitCode, ...output, calls, milliseconds: end - start, endedAfter: sent === undefined ? undefined : end - sent, left };
}

/** Sends the signal at its moment in the life of the command; the time when it was sent, undefined when the command ended before. */
async function killLater(child: ChildProcess, { signal, after }: { readonly signal: NodeJS.Signals; readonly after: number }) {
  // strace, which starts the command in its own place, must not be hit itself.
  while (programOf(child) === 'strace') await sleep(1);
  const moment = performance.now() + after;
  while (performance.now() < moment && programOf(child) !== undefined) await sleep(Math.max(0, Math.min(50, moment - performance.now())));
  return programOf(child) !== undefined && child.kill(signal) ? performance.now() : undefined;
}

/** undefined: it has ended. */
function programOf({ pid }: ChildProcess): string | undefined {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** Everything a run left or handed on, searched: calls, log without the commands by which the runner is told its masks, and files. */
export function searchRun({ calls, stdout, stderr }: TracedRun, folder: string, needles: readonly Needle[]): readonly Hit[] {
  const logs = (
    [
      ['standard output', stdout],
      ['standard error', stderr],
    ] as const
  ).flatMap(([place, text]) => hitsIn(place, Buffer.from(withoutMasks(text)), needles));
  return [...logs, ...callHits(calls, needles), ...fileHits(folder, needles)];
}

function callHits({ said }: SystemCalls, needles: readonly Needle[]): readonly Hit[] {
  const byCall = new Map<string, Buffer[]>();
  for (const { call, bytes } of said) {
    const searched = call === 'write(1)' || call === 'writev(1)' ? Buffer.from(withoutMasks(bytes.toString('latin1')), 'latin1') : bytes;
    const list = byCall.get(call) ?? [];
    // A secret may come in two writes; between other texts nothing is to be found by chance.
    list.push(searched, ...(call.includes('(') ? [] : [Buffer.from('\n')]));
    byCall.set(call, list);
  }
  return [...byCall].flatMap(([call, list]) => hitsIn(call, Buffer.concat(list), needles));
}

/** GitHub's runner takes these lines out before anything is kept. */
function withoutMasks(text: string): string {
  return text.replace(/^::add-mask::.*$/gm, '');
}

function fileHits(folder: string, needles: readonly Needle[]): readonly Hit[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const names = hitsIn(`name ${path}`, Buffer.from(entry.name), needles);
    return entry.isFile() ? [...names, ...hitsIn(`file ${path}`, readFileSync(path), needles)] : names;
  });
}

/** Processes that still work in a folder, or have it in their environment; waits for their end. */
async function processesIn(folder: string, patience: number): Promise<readonly string[]> {
  const deadline = performance.now() + patience;
  for (;;) {
    const left = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid && touches(pid, folder));
    if (left.length === 0 || performance.now() > deadline) return left;
    await sleep(20);
  }
}

function touches(pid: string, folder: string): boolean {
  try {
    const texts = ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8'));
    return [...texts, readlinkSync(`/proc/${pid}/cwd`)].some((text) => text.includes(folder));
  } catch (error) {
    // It ended while we looked.
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}
