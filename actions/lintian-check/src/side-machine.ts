import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Argv, type ExecResult, type Host, inertLine, UserError } from '@release-kit/action';
import { type BaseSystem, type EngineName, type Machine, prepareToolLayer } from '@release-kit/machine';
import type { ManifestFile } from '@release-kit/manifest';
import type { ReadSubject, SideTool, Subject } from './side-report.ts';
import { findCandidates } from './side-subjects.ts';

/** Where packages and logs lie inside the machine, and what comes of them. */
const folder = '/srv/beside';
export const unpackedFolder = `${folder}/unpacked`;
export const logPath = (index: number): string => `${folder}/logs/${index}.log`;

/** Milliseconds, for each call. */
const limit = 5 * 60_000;

/** Debian's packages of each tool. Units call kill, which the procps of every ordinary system brings. */
const packagesOf: Readonly<Record<SideTool, readonly string[]>> = {
  blhc: ['blhc'],
  'desktop-file-validate': ['desktop-file-utils'],
  appstreamcli: ['appstream'],
  shellcheck: ['shellcheck'],
  'systemd-analyze': ['systemd', 'procps'],
};

/** The base system with the tools in it: a layer of its own, because most runs want lintian alone. E_BASE_SYSTEM. */
export function withTools(host: Host, base: BaseSystem, engine: EngineName, tools: readonly SideTool[]): Promise<BaseSystem> {
  const packages = tools.flatMap((tool) => packagesOf[tool]).sort();
  return prepareToolLayer(host, base, engine, { name: 'lint-tools', packages, what: packages.join(', ') });
}

/** Puts packages and logs into the machine, named by their number: what strangers called them reaches no command line. */
export async function bringSubjects(
  host: Host,
  machine: Machine,
  from: string,
  packages: readonly ManifestFile[],
  logs: readonly string[],
): Promise<void> {
  await using staging = await host.files.temporary('beside');
  for (const part of ['packages', 'logs', 'unpacked']) await mkdir(join(staging.path, part), { mode: 0o755 });
  const put = async (source: string, name: string): Promise<void> => {
    await copyFile(source, join(staging.path, name));
    await chmod(join(staging.path, name), 0o644);
  };
  for (const [index, { path }] of packages.entries()) await put(join(from, path), `packages/${index}.deb`);
  for (const [index, log] of logs.entries()) await put(log, `logs/${index}.log`);
  await machine.copyIn(staging.path, folder, 'nobody');
}

/**
 * dpkg-deb keeps modes, and a folder that nobody may enter hides what is in it. systemd 257 looks for units below usr/lib alone, where
 * those of a package that holds lib are once it is installed.
 */
const unpackScript = `mkdir "$1" && cd "$1" && dpkg-deb --extract "$2" data && dpkg-deb --control "$2" control && chmod -R u+rwX . || exit
if [ -d data/lib/systemd/system ] && [ ! -e data/usr/lib/systemd/system ]; then
  mkdir -p data/usr/lib/systemd && ln -s ../../../lib/systemd/system data/usr/lib/systemd/system
fi`;

/** Unpacks the packages as nobody and lists what tools may look at. E_LINT_INCOMPLETE for a package that cannot be unpacked. */
export async function unpackPackages(machine: Machine, packages: readonly ManifestFile[]): Promise<readonly string[]> {
  for (const [index, { path }] of packages.entries()) {
    const deb = `${folder}/packages/${index}.deb`;
    const { exitCode, stderr } = await runTool(machine, ['/bin/sh', '-c', unpackScript, 'unpack', `${index}`, deb]);
    if (exitCode !== 0) throw new UserError('E_LINT_INCOMPLETE', inertLine(`${path} cannot be unpacked: ${lastLine(stderr)}`));
  }
  const { stdout } = await runTool(machine, ['find', '.', '-type', 'f', '(', ...findCandidates, ')', '-print0']);
  return stdout
    .split('\u0000')
    .filter((name) => name !== '')
    .map((name) => name.slice('./'.length));
}

/** Bytes of each file that are of use to find a line in it. */
const firstPart = 256 * 1024;
const readScript = `for file; do head -c ${firstPart} "$file" | tr -d '\\000'; printf '\\000'; done`;

/** The subjects with their texts. */
export async function readSubjects(machine: Machine, subjects: readonly Subject[]): Promise<readonly ReadSubject[]> {
  const read: ReadSubject[] = [];
  for (const some of batchesOf(subjects)) {
    const { stdout } = await runTool(machine, ['/bin/sh', '-c', readScript, 'read', ...some.map(({ name }) => name)]);
    const texts = stdout.split('\u0000');
    read.push(...some.map((subject, index) => ({ ...subject, text: texts[index] ?? '' })));
  }
  return read;
}

/** Few enough for a command line, and for what is kept of its output. */
export function batchesOf<T>(all: readonly T[], size = 100): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}

/** Runs a program on strangers' files: as nobody, without network. Its exit code is the caller's to judge; E_LINT_INCOMPLETE after the time limit. */
export async function runTool(
  machine: Machine,
  argv: Argv,
  env: Readonly<Record<string, string>> = {},
  user = 'nobody',
): Promise<ExecResult> {
  try {
    return await machine.run(argv, {
      cwd: unpackedFolder,
      user,
      network: false,
      env: { HOME: '/tmp', TMPDIR: '/tmp', LC_ALL: 'C.UTF-8', ...env },
      timeout: limit,
      allow: 'any',
    });
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_TIMEOUT') throw error;
    throw new UserError('E_LINT_INCOMPLETE', `${argv[0]} was not done after ${limit / 60_000} minutes`, { cause: error });
  }
}

export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.slice(0, 300) ?? '';
}
