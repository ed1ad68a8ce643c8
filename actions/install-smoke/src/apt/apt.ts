import { type Argv, CommandError, type ExecResult, inertLine, UserError } from '@release-kit/action';
import type { Category } from '../category.ts';
import type { InstallPlan, MachineRun } from '../package-manager.ts';
import { type Problem, ProblemError } from '../problem.ts';
import { explainApt, parseSimulation, runningScript } from './apt-output.ts';

/** Where the packages lie inside the machine. */
export const debFolder = '/srv/smoke';

const environment = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
// Recommends stay out: what a package needs to work, it must depend on (Debian Policy 7.2).
const options = ['-q', '-y', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0', '-o', 'APT::Sandbox::User=root'] as const;
// The archive may have the very version that is tried: without its lists, apt can take nothing but the files that were given.
const filesOnly = ['-o', 'Dir::Etc::SourceList=/dev/null', '-o', 'Dir::Etc::SourceParts=/dev/null'] as const;

export interface Apt {
  /** Absolute paths of the packages inside the machine. */
  readonly debs: readonly string[];
  /** Their package names. */
  readonly names: readonly string[];
  /** Milliseconds for each command. */
  readonly timeout: number;
}

/** Refuses files that hold other packages than the manifest says: removing and purging go by name. */
export async function checkNames(run: MachineRun, apt: Apt): Promise<void> {
  const script = 'for file; do dpkg-deb --field "$file" Package || exit; done';
  const { exitCode, stdout, stderr } = await call(run, apt, ['/bin/sh', '-c', script, 'names', ...apt.debs]);
  const evidence = `${stdout}${stderr}`.trimEnd();
  if (exitCode !== 0) throw new ProblemError({ category: 'bad-package', message: 'a package file cannot be read', evidence });
  const found = stdout.trimEnd().split('\n');
  const wrong = apt.names.findIndex((name, index) => found[index] !== name);
  if (wrong < 0 && found.length === apt.names.length) return;
  const message = `the file of ${apt.names[wrong] ?? 'a package'} holds the package ${inertLine(found[wrong] ?? 'of another name')}`;
  throw new ProblemError({ category: 'bad-package', message, cure: 'Build again: the manifest and its files do not belong together.' });
}

/**
 * Fetches what the packages depend on, in a machine with the network on; installs nothing. The lists are brought up to
 * date only when the packages cannot be installed with what is there.
 */
export async function downloadDependencies(run: MachineRun, apt: Apt): Promise<InstallPlan> {
  const first = await tryDownload(run, apt);
  if ('plan' in first) return first.plan;
  const update = await call(run, apt, ['apt-get', ...options, 'update']);
  const second = await tryDownload(run, apt);
  if ('plan' in second) return second.plan;
  throw new ProblemError(problemOf('install', update.exitCode === 0 ? second.output : `${update.stdout}${update.stderr}${second.output}`));
}

async function tryDownload(run: MachineRun, apt: Apt): Promise<{ plan: InstallPlan } | { output: string }> {
  const simulated = await call(run, apt, ['apt-get', ...options, '--simulate', 'install', ...apt.debs]);
  if (simulated.exitCode !== 0) return { output: `${simulated.stdout}${simulated.stderr}` };
  const plan = parseSimulation(simulated.stdout, new Set(apt.names));
  if (plan.dependencies.length === 0) return { plan };
  const download = await call(run, apt, ['apt-get', ...options, '--download-only', 'install', ...plan.dependencies]);
  return download.exitCode === 0 ? { plan } : { output: `${download.stdout}${download.stderr}` };
}

/** Installs what was fetched for the packages, marked as automatic, before the system is looked at. */
export async function installDependencies(run: MachineRun, apt: Apt, plan: InstallPlan): Promise<void> {
  if (plan.dependencies.length === 0) return;
  await must(run, apt, 'install', ['apt-get', ...options, 'install', ...plan.dependencies]);
  await must(run, apt, 'install', ['apt-mark', 'auto', ...plan.dependencies]);
}

/** Exactly these files, also over newer versions. */
export async function installPackages(run: MachineRun, apt: Apt): Promise<void> {
  await must(run, apt, 'install', ['apt-get', ...options, ...filesOnly, '--allow-downgrades', 'install', ...apt.debs]);
}

export async function reinstallPackages(run: MachineRun, apt: Apt): Promise<void> {
  await must(run, apt, 'install', ['apt-get', ...options, ...filesOnly, '--reinstall', 'install', ...apt.debs]);
}

/** Removes the packages; configuration stays. */
export async function removePackages(run: MachineRun, apt: Apt): Promise<void> {
  await must(run, apt, 'remove', ['apt-get', ...options, ...filesOnly, 'remove', ...apt.names]);
}

/**
 * Purges the packages; their dependencies stay, so that what is found afterwards was theirs. dpkg does it, since apt no longer
 * knows a package that is gone without a trace.
 */
export async function purgePackages(run: MachineRun, apt: Apt): Promise<void> {
  await must(run, apt, 'remove', ['dpkg', '--purge', '--', ...apt.names]);
}

/** A script that hangs is a finding about the package like any other. */
async function call(run: MachineRun, apt: Apt, argv: Argv): Promise<ExecResult> {
  try {
    return await run(argv, { allow: 'any', timeout: apt.timeout, env: environment });
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_TIMEOUT') throw error;
    const lines = error instanceof CommandError ? error.failure.lastLines : [];
    const script = runningScript(lines);
    const who = script === undefined ? argv[0] : inertLine(`the ${script.name} script of ${script.package}`);
    throw new ProblemError(
      {
        category: 'script-hangs',
        message: `${who} was not done after ${apt.timeout / 1000} s`,
        ...(lines.length === 0 ? {} : { evidence: lines.join('\n') }),
        ...(script === undefined ? {} : { subject: { kind: 'script', ...script } }),
      },
      error,
    );
  }
}

async function must(run: MachineRun, apt: Apt, work: Work, argv: Argv): Promise<void> {
  const { exitCode, stdout, stderr } = await call(run, apt, argv);
  if (exitCode !== 0) throw new ProblemError(problemOf(work, `${stdout}${stderr}`));
}

type Work = 'install' | 'remove';

function problemOf(work: Work, output: string): Problem {
  const known = explainApt(output);
  const evidence = output.trimEnd().split('\n').slice(-30).join('\n');
  const subject = known?.script === undefined ? {} : { subject: { kind: 'script', ...known.script } as const };
  const category: Category = work === 'remove' ? 'removal-failed' : (known?.category ?? 'not-installed');
  return { category, message: known?.message ?? 'apt-get failed', evidence, ...subject };
}
