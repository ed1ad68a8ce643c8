import { appendFile } from 'node:fs/promises';
import { CommandError, type ExecResult, type Host, inertLine } from '@release-kit/action';
import { conflictOf, unsatisfiableCause } from '@release-kit/cross';
import { type BaseSystem, createMachine, type EngineName, type Machine, prepareLayer } from '@release-kit/machine';
import { aptGet } from './apt.ts';
import { profileArguments } from './build-command.ts';
import type { BuildRecord } from './build-record.ts';
import { crossFailure } from './cross-failure.ts';
import { withShellOnFailure } from './failed-machine.ts';
import { needsControl, type SourceNeeds } from './source-needs.ts';
import { dependencyLine, unmetDependencies } from './unmet.ts';

export interface DependencyRequest {
  readonly needs: SourceNeeds;
  readonly profiles: readonly string[];
  /** The foreign architecture of a cross build. */
  readonly crossFor: string | undefined;
  /** Only what packages of one architecture need, not what `Architecture: all` ones do. */
  readonly onlyAny: boolean;
  readonly logFile: string;
  /** Milliseconds that are left. */
  readonly timeout: () => number;
  /** Follows the installation, when there is one. */
  readonly record?: BuildRecord;
}

/**
 * The base system with the build dependencies installed; the only step that has the network. Kept as a layer, so that a second build
 * installs nothing. Throws E_BUILD_DEPENDS at the line of debian/control, E_BUILD_CROSS where only the foreign architecture lacks them.
 */
export async function withDependencies(host: Host, base: BaseSystem, engine: EngineName, request: DependencyRequest): Promise<BaseSystem> {
  const control = needsControl(request.needs);
  if (await satisfied(host, base, engine, control, request)) {
    host.log.info('build dependencies: all in the base system');
    return base;
  }
  host.progress.update('installing build dependencies');
  const started = host.clock.now();
  const { needs, profiles, crossFor, onlyAny } = request;
  let count = '0';
  const inputs = { relations: needs.relations, profiles, crossFor: crossFor ?? null, onlyAny };
  const layer = await prepareLayer(host, base, engine, { name: 'build-dependencies', inputs }, async (machine) => {
    request.record?.enter('dependencies', machine);
    const again = `apt-get ${buildDepWords(request).join(' ')} ./`;
    const place = { cwd: folder, user: 'root', env: {}, network: true, again };
    await machine.run(['mkdir', '-p', `${folder}/debian`]);
    count = await withShellOnFailure(host, machine, place, () => install(machine, host, control, request));
    await request.record?.leave();
  });
  const seconds = ((host.clock.now() - started) / 1000).toFixed(1);
  host.log.info(
    layer.origin === 'archive'
      ? `build dependencies: ${count} packages installed in ${seconds} s`
      : `build dependencies: from the ${layer.origin.replace('-', ' ')}`,
  );
  return layer;
}

async function satisfied(host: Host, base: BaseSystem, engine: EngineName, control: string, request: DependencyRequest): Promise<boolean> {
  if (Object.keys(request.needs.relations).length === 0) return true;
  const { crossFor, onlyAny } = request;
  const scope = [...(crossFor === undefined ? [] : ['-a', crossFor]), ...(onlyAny ? ['-B'] : [])];
  await using machine = await createMachine(host, base, engine);
  const { exitCode } = await machine.run(['dpkg-checkbuilddeps', ...scope, ...profileArguments(request.profiles), '-'], {
    stdin: control,
    allow: 'any',
    timeout: request.timeout(),
  });
  return exitCode === 0;
}

const folder = '/var/tmp/needs';

/** Returns how many packages were installed. */
async function install(machine: Machine, host: Host, control: string, request: DependencyRequest): Promise<string> {
  await machine.run(['sh', '-c', 'cat > "$0/debian/control"', folder], { stdin: control });
  let result = await buildDep(machine, request);
  if (result.exitCode !== 0) {
    // The base system's lists may be absent, or older than the archive: read them anew, once.
    await appendFile(request.logFile, '-- apt-get update, then a second attempt --\n');
    const update = await aptGet(machine, ['update'], request);
    if (update.exitCode !== 0) host.log.warning('apt-get update failed; the archive may be out of reach');
    result = await buildDep(machine, request);
  }
  if (result.exitCode !== 0) throw unmet(result, request);
  await machine.run(['rm', '-rf', folder]);
  return /^(\d+) upgraded, (\d+) newly installed/m.exec(result.stdout)?.[2] ?? '0';
}

function buildDep(machine: Machine, request: DependencyRequest): Promise<ExecResult> {
  return aptGet(machine, [...buildDepWords(request), './'], { ...request, cwd: folder, onLine: request.record?.take });
}

/** `-a arm64 -P cross,nocheck --arch-only build-dep`, as far as they apply. */
export function buildDepWords({
  profiles,
  crossFor,
  onlyAny,
}: Pick<DependencyRequest, 'profiles' | 'crossFor' | 'onlyAny'>): readonly string[] {
  return [
    ...(crossFor === undefined ? [] : ['-a', crossFor]),
    ...(profiles.length === 0 ? [] : ['-P', profiles.join(',')]),
    ...(onlyAny ? ['--arch-only'] : []),
    'build-dep',
  ];
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
  const { control } = request.needs;
  const line = control === undefined || first === undefined ? undefined : dependencyLine(control.text, first.package);
  const place = control === undefined ? {} : { place: { file: control.file, ...(line === undefined ? {} : { line }) } };
  if (request.crossFor !== undefined) {
    const shown = first === undefined ? conflictOf(lines) : `${first.text} ${first.reason}`;
    return crossFailure(unsatisfiableCause(lines, shown), failure, place);
  }
  if (first === undefined) return new CommandError('E_BUILD_DEPENDS', 'the build dependencies cannot be installed', failure);
  const others = more.length === 0 ? '' : `, and ${more.length} more: ${more.map((entry) => entry.package).join(', ')}`;
  return new CommandError(
    'E_BUILD_DEPENDS',
    inertLine(`the build dependency ${first.text} cannot be installed: ${first.reason}${others}`),
    failure,
    place,
  );
}
