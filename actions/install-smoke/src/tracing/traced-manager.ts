import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import type { MachineRun, PackageFile, PackageManager, PackageSet } from '../package-manager.ts';
import { ProblemError, type Subject } from '../problem.ts';
import { parseTrace, type ScriptTrace, tracedScript, traceFile } from './script-trace.ts';

/** A maintainer script of a package. */
export type ScriptSubject = Extract<Subject, { readonly kind: 'script' }>;

/** Ends a traced run: the script failed again, or there is nothing to trace. It is nobody's error. */
export class TraceTaken extends Error {
  readonly trace: ScriptTrace | undefined;

  constructor(trace: ScriptTrace | undefined) {
    super('the trace was taken');
    this.name = 'TraceTaken';
    this.trace = trace;
  }
}

/** Bytes: a loop writes without an end, and its last commands say what it does. */
const longestTrace = 64 * 1024;
const options = { allow: 'any', timeout: 120_000, env: { LC_ALL: 'C.UTF-8' } } as const;

/**
 * A package manager that installs the same packages with tracing on in one maintainer script. When that script is at fault again, whatever method it was,
 * TraceTaken is thrown; without a trace as soon as it is known that there can be none.
 */
export function tracedManager(manager: PackageManager, subject: ScriptSubject, host: Host): PackageManager {
  const scripts: string[] = [];
  const watched = async <T>(run: MachineRun, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof ProblemError) || !isSame(error.problem.subject, subject)) throw error;
      const { stdout } = await run(['tail', `--bytes=${longestTrace}`, '--', traceFile], options);
      throw new TraceTaken(parseTrace(stdout, subject.name, scripts));
    }
  };
  return {
    ...manager,
    async provide(machine, sets) {
      await using folder = await host.files.temporary('traced');
      const traced: PackageSet[] = [];
      for (const [index, set] of sets.entries()) {
        const packages: PackageFile[] = [];
        for (const each of set.packages) {
          const found =
            each.name === subject.package
              ? await tracedPackage(host, machine, each, subject.name, join(folder.path, `${index}`))
              : undefined;
          if (found !== undefined) scripts.push(found.script);
          packages.push(found === undefined ? each : { ...each, file: found.file });
        }
        traced.push({ ...set, packages });
      }
      if (scripts.length === 0) throw new TraceTaken(undefined);
      return await manager.provide(machine, traced);
    },
    install: (run, set, wishes) => watched(run, manager.install(run, set, wishes)),
    reinstall: (run, set) => watched(run, manager.reinstall(run, set)),
    remove: (run, set) => watched(run, manager.remove(run, set)),
    purge: (run, set) => watched(run, manager.purge(run, set)),
  };
}

function isSame(one: Subject | undefined, other: ScriptSubject): boolean {
  return one?.kind === 'script' && one.package === other.package && one.name === other.name;
}

/** Inside the machine; nothing compares what is there before and after. */
const workshop = '/srv/smoke-traced';
const unpackScript = 'cd -- "$0" && rm -rf tree made && dpkg-deb --raw-extract package.deb tree && cat -- "tree/DEBIAN/$1"';
// Not compressed: it is unpacked a second later.
const packScript = 'cd -- "$0" && cat > "tree/DEBIAN/$1" && mkdir made && dpkg-deb --nocheck -Znone --build tree made/package.deb';

/** Packs it again with a changed script, inside the machine, as it may be hostile. undefined without such a script of a shell. */
async function tracedPackage(
  host: Host,
  machine: Machine,
  { file }: PackageFile,
  name: string,
  folder: string,
): Promise<{ readonly file: string; readonly script: string } | undefined> {
  await using staging = await host.files.temporary('traced');
  await copyFile(file, join(staging.path, 'package.deb'));
  await machine.copyIn(staging.path, workshop);
  const unpacked = await machine.run(['sh', '-c', unpackScript, workshop, name], options);
  const traced = unpacked.exitCode === 0 ? tracedScript(unpacked.stdout) : undefined;
  if (traced === undefined) return undefined;
  const packed = await machine.run(['sh', '-c', packScript, workshop, name], { ...options, stdin: traced });
  if (packed.exitCode !== 0) return undefined;
  await using made = await host.files.temporary('traced');
  await machine.copyOut(`${workshop}/made`, made.path);
  await machine.run(['rm', '-rf', '--', workshop], options);
  await mkdir(folder, { recursive: true });
  const copy = join(folder, basename(file));
  await copyFile(join(made.path, 'package.deb'), copy);
  return { file: copy, script: unpacked.stdout };
}
