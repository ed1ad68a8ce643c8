import { appendFile } from 'node:fs/promises';
import { CommandError, type Host, inertLine } from '@release-kit/action';
import { createMachine, type Machine, prepareBase, prepareLayer } from '@release-kit/machine';
import { type AptSurroundings, aptGet } from './apt.ts';
import { helperBaseRequest } from './base-choice.ts';
import type { BaseNeeds } from './build-once.ts';

export interface DiffoscopeRequest extends Pick<BaseNeeds, 'distribution' | 'architecture' | 'strategy' | 'mirror' | 'image' | 'engine'> {
  /** Absolute folders of the host, each with all of these files. */
  readonly first: string;
  readonly second: string;
  readonly names: readonly string[];
  readonly logFile: string;
  /** Milliseconds that are left. */
  readonly timeout: () => number;
}

/** Milliseconds. Comparing may take many times longer than building. */
const limit = 10 * 60_000;
const place = '/srv/compare';

/**
 * What diffoscope says of two builds, as text; '' where it sees none. It runs in a machine of its own without network, as nobody:
 * what it takes apart may be hostile. undefined, with the reason in the log, where it cannot be installed or takes too long.
 */
export async function diffoscope(host: Host, request: DiffoscopeRequest): Promise<string | undefined> {
  const { engine, first, second, names } = request;
  host.progress.update('comparing the two builds');
  try {
    const base = await prepareBase(host, helperBaseRequest(request));
    const layer = await prepareLayer(host, base, engine, { name: 'diffoscope', inputs: { packages } }, (machine) =>
      install(machine, request),
    );
    await using machine = await createMachine(host, layer, engine);
    await machine.copyIn(first, `${place}/first`, 'nobody');
    await machine.copyIn(second, `${place}/second`, 'nobody');
    const reports: string[] = [];
    for (const name of names) reports.push(await compare(machine, name, Math.min(limit, request.timeout())));
    return reports.join('\n');
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    host.log.warning(
      `diffoscope cannot tell the difference: ${inertLine([error.message, ...error.failure.lastLines.slice(-3)].join(' / '))}`,
    );
    return undefined;
  }
}

const packages = ['diffoscope-minimal'];

async function install(machine: Machine, surroundings: AptSurroundings): Promise<void> {
  let result = await aptGet(machine, ['install', ...packages], surroundings);
  if (result.exitCode !== 0) {
    await aptGet(machine, ['update'], surroundings);
    result = await aptGet(machine, ['install', ...packages], surroundings);
  }
  if (result.exitCode !== 0)
    throw new CommandError('E_BUILD_DEPENDS', `${packages.join(' and ')} cannot be installed`, {
      argv: ['apt-get', 'install', ...packages],
      exitCode: result.exitCode,
      signal: null,
      lastLines: result.stderr.split('\n').slice(-5).map(inertLine),
    });
  await appendFile(surroundings.logFile, '-- diffoscope is installed --\n');
}

/** 1 is its exit code when there is a difference. */
async function compare(machine: Machine, name: string, timeout: number): Promise<string> {
  const options = ['--no-progress', '--no-default-limits', '--max-text-report-size=1048576', '--max-diff-block-lines=60', '--text=-'];
  const { stdout } = await machine.run(['diffoscope', ...options, `first/${name}`, `second/${name}`], {
    cwd: place,
    user: 'nobody',
    env: { HOME: '/nonexistent', TMPDIR: '/tmp' },
    allow: [0, 1],
    timeout,
  });
  return stdout;
}
