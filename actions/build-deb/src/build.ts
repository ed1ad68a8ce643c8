import { type Argv, type ExecResult, type Host, inertLine, UserError } from '@release-kit/action';
import { crossCauseOf } from '@release-kit/cross';
import type { Machine } from '@release-kit/machine';
import { annotateMessages } from './build-annotations.ts';
import { type BuildChoices, buildArgv, buildEnvironment } from './build-command.ts';
import { buildFailure } from './build-failure.ts';
import type { BuildPlace } from './build-place.ts';
import { buildProgress } from './build-progress.ts';
import { durationText } from './build-summary.ts';
import { crossFailure } from './cross-failure.ts';
import type { Deadline } from './deadline.ts';
import type { Unpacked } from './unpacked.ts';

export interface BuildSurroundings {
  readonly place: BuildPlace;
  readonly network: boolean;
  /** Absolute; the whole output is appended. */
  readonly logFile: string;
  readonly deadline: Deadline;
}

export interface BuildTime {
  readonly milliseconds: number;
  /** Of the compiler. */
  readonly warnings: number;
}

/** Runs dpkg-buildpackage; returns how long it took and how many warnings the compiler gave. Throws E_BUILD and its kin, E_TIMEOUT. */
export async function build(
  machine: Machine,
  host: Host,
  unpacked: Unpacked,
  choices: BuildChoices,
  surroundings: BuildSurroundings,
): Promise<BuildTime> {
  const { network, logFile, deadline, place } = surroundings;
  const argv = buildArgv(choices, place.umask);
  const said = argv.slice(argv.indexOf('dpkg-buildpackage')).join(' ');
  const { tree, user } = place;
  const { source } = unpacked;
  const where = { tree, source, workspace: host.files.workspace };
  const progress = buildProgress(host.progress);
  const started = host.clock.now();
  host.progress.update('building');
  const { exitCode } = await inTime(
    machine.run(prefixed(place.prefix, argv), {
      cwd: tree,
      user,
      env: { ...buildEnvironment({ ...choices, parallel: place.parallel }), ...place.env },
      network,
      logFile,
      onLine: progress.take,
      allow: 'any',
      timeout: deadline(),
    }),
  );
  const milliseconds = host.clock.now() - started;
  if (exitCode !== 0) {
    host.log.info(`the build failed after ${durationText(milliseconds)}; the whole log is logs/build.log in the output folder`);
    const cross = choices.crossFor === undefined ? undefined : crossCauseOf(progress.lines);
    // What a foreign compiler said of the source is not the source's fault.
    if (cross !== undefined)
      throw crossFailure(cross, { argv: [said], exitCode, signal: null, lastLines: progress.lines.slice(-15).map(inertLine) });
    const { error } = await buildFailure(progress.lines, exitCode, [said], where);
    await annotateMessages(progress.lines, where, host, error);
    throw error;
  }
  const { warning } = await annotateMessages(progress.lines, where, host);
  host.log.info(`${said}: ${durationText(milliseconds)}, network ${network ? 'on' : 'off'}, user ${user}, ${warning} compiler warnings`);
  return { milliseconds, warnings: warning };
}

function prefixed(prefix: readonly string[], argv: Argv): Argv {
  const [program, ...before] = prefix;
  return program === undefined ? argv : [program, ...before, ...argv];
}

/** The command that took too long is the machine's launcher; people know it as the build. */
async function inTime(running: Promise<ExecResult>): Promise<ExecResult> {
  try {
    return await running;
  } catch (cause) {
    if (!(cause instanceof UserError) || cause.code !== 'E_TIMEOUT') throw cause;
    throw new UserError('E_TIMEOUT', 'the build took longer than the input timeout allows', {
      cause,
      cure: 'Look at the end of logs/build.log in the output folder: a build that waits for something never ends. Raise the input timeout when it really needs longer.',
    });
  }
}
