import { appendFile } from 'node:fs/promises';
import { CommandError, type ExecResult, type Host, inertLine } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import { profileArguments, userEnvironment } from './build-command.ts';
import { buildUser } from './build-user.ts';
import { dependencyLine, unmetDependencies } from './unmet.ts';

export interface DependencyRequest {
  /** The unpacked source inside the machine. */
  readonly tree: string;
  readonly profiles: readonly string[];
  /** debian/control: its text and how messages name it. */
  readonly control: { readonly text: string; readonly file: string | undefined };
  readonly logFile: string;
  /** Milliseconds that are left. */
  readonly timeout: () => number;
}

const aptEnvironment = { DEBIAN_FRONTEND: 'noninteractive', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
// apt's own retries cover a mirror that drops a connection. Nothing of this machine outlives the build, so nothing needs to be synced to the disk.
const aptOptions = [
  '-q',
  '-y',
  '-o',
  'Acquire::Retries=3',
  '-o',
  'APT::Install-Recommends=false',
  '-o',
  'Dpkg::Use-Pty=0',
  '-o',
  'DPkg::Options::=--force-unsafe-io',
];

/** Installs what debian/control asks for; the only step that has the network. Throws E_BUILD_DEPENDS at the line of debian/control. */
export async function installDependencies(machine: Machine, host: Host, request: DependencyRequest): Promise<void> {
  const check = await machine.run(['dpkg-checkbuilddeps', ...profileArguments(request.profiles)], {
    cwd: request.tree,
    user: buildUser,
    env: userEnvironment,
    allow: 'any',
    timeout: request.timeout(),
  });
  if (check.exitCode === 0) {
    host.log.info('build dependencies: all in the base system');
    return;
  }
  host.progress.update('installing build dependencies');
  const started = host.clock.now();
  let result = await buildDep(machine, request);
  if (result.exitCode !== 0) {
    // The base system's lists may be absent, or older than the archive: read them anew, once.
    await appendFile(request.logFile, '-- apt-get update, then a second attempt --\n');
    const update = await apt(machine, request, ['apt-get', ...aptOptions, 'update']);
    if (update.exitCode !== 0) host.log.warning('apt-get update failed; the archive may be out of reach');
    result = await buildDep(machine, request);
  }
  if (result.exitCode !== 0) throw unmet(result, request);
  const count = /^(\d+) upgraded, (\d+) newly installed/m.exec(result.stdout)?.[2] ?? '0';
  host.log.info(`build dependencies: ${count} packages installed in ${((host.clock.now() - started) / 1000).toFixed(1)} s`);
}

function buildDep(machine: Machine, request: DependencyRequest): Promise<ExecResult> {
  const profiles = request.profiles.length === 0 ? [] : ['-P', request.profiles.join(',')];
  return apt(machine, request, ['apt-get', ...aptOptions, ...profiles, 'build-dep', './']);
}

function apt(machine: Machine, request: DependencyRequest, argv: readonly [string, ...string[]]): Promise<ExecResult> {
  return machine.run(argv, {
    cwd: request.tree,
    env: aptEnvironment,
    network: true,
    allow: 'any',
    logFile: request.logFile,
    timeout: request.timeout(),
  });
}

function unmet(result: ExecResult, request: DependencyRequest): CommandError {
  const lines = `${result.stdout}\n${result.stderr}`.split('\n');
  const [first, ...more] = unmetDependencies(lines);
  // What apt says before this line is the same for every failure.
  const start = Math.max(
    0,
    lines.findIndex((line) => line.startsWith('The following packages have unmet dependencies')),
  );
  const lastLines = lines
    .slice(start)
    .filter((line) => line.trim() !== '')
    .slice(-12)
    .map(inertLine);
  const failure = { argv: ['apt-get', 'build-dep', './'], exitCode: result.exitCode, signal: null, lastLines };
  if (first === undefined) return new CommandError('E_BUILD_DEPENDS', 'the build dependencies cannot be installed', failure);
  const others = more.length === 0 ? '' : `, and ${more.length} more: ${more.map((entry) => entry.package).join(', ')}`;
  const line = dependencyLine(request.control.text, first.package);
  const { file } = request.control;
  const place = file === undefined ? {} : { place: { file, ...(line === undefined ? {} : { line }) } };
  return new CommandError(
    'E_BUILD_DEPENDS',
    inertLine(`the build dependency ${first.text} cannot be installed: ${first.reason}${others}`),
    failure,
    place,
  );
}
