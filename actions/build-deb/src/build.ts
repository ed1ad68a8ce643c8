import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Argv, type Host, inertLine } from '@release-kit/action';
import { crossCauseOf } from '@release-kit/cross';
import type { Machine } from '@release-kit/machine';
import { annotateMessages } from './build-annotations.ts';
import { type BuildChoices, buildArgv, buildEnvironment } from './build-command.ts';
import { buildFailure } from './build-failure.ts';
import type { BuildPlace } from './build-place.ts';
import type { BuildRecord } from './build-record.ts';
import { durationText } from './build-summary.ts';
import { crossFailure } from './cross-failure.ts';
import type { Deadline } from './deadline.ts';
import { failureFolder, takeFailureFiles } from './failure-files.ts';
import { phaseLine } from './phase-table.ts';
import type { Unpacked } from './unpacked.ts';

export interface BuildSurroundings {
  readonly place: BuildPlace;
  readonly network: boolean;
  /** Absolute; the whole output is appended. */
  readonly logFile: string;
  readonly deadline: Deadline;
  readonly record: BuildRecord;
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
  const { network, logFile, deadline, place, record } = surroundings;
  const argv = buildArgv(choices, place.umask);
  const said = argv.slice(argv.indexOf('dpkg-buildpackage')).join(' ');
  const { tree, user } = place;
  const { source } = unpacked;
  const where = { tree, source, workspace: host.files.workspace };
  const left = failureFolder(logFile);
  await rm(left, { recursive: true, force: true });
  const started = host.clock.now();
  host.progress.update('building');
  const { exitCode } = await machine.run(prefixed(place.prefix, argv), {
    cwd: tree,
    user,
    env: { ...buildEnvironment({ ...choices, parallel: place.parallel }), ...place.env },
    network,
    logFile,
    keep: false,
    onLine: record.take,
    allow: 'any',
    timeout: deadline(),
  });
  await record.leave(exitCode === 0 ? 'done' : 'failed');
  const milliseconds = host.clock.now() - started;
  if (exitCode !== 0) {
    host.log.info(`the build failed after ${durationText(milliseconds)}; the whole log is logs/build.log in the output folder`);
    const cross = choices.crossFor === undefined ? undefined : crossCauseOf(record.lines);
    // What a foreign compiler said of the source is not the source's fault.
    if (cross !== undefined)
      throw crossFailure(cross, { argv: [said], exitCode, signal: null, lastLines: record.lines.slice(-15).map(inertLine) });
    const kept = await takeFailureFiles(machine, host, tree, left);
    if (kept.length > 0) host.log.info(`kept from the tree, in logs/${basename(left)}: ${kept.join(', ')}`);
    const { error, problem } = await buildFailure(record.lines, exitCode, [said], where);
    record.problem = problem;
    await annotateMessages(record.lines, where, host, error);
    throw error;
  }
  const { warning } = await annotateMessages(record.lines, where, host);
  host.log.info(
    `${said}: ${durationText(milliseconds)} (${phaseLine(await record.uses())}), network ${network ? 'on' : 'off'}, user ${user}, ${warning} compiler warnings`,
  );
  return { milliseconds, warnings: warning };
}

function prefixed(prefix: readonly string[], argv: Argv): Argv {
  const [program, ...before] = prefix;
  return program === undefined ? argv : [program, ...before, ...argv];
}
