import { type ExecResult, type Host, inertLine, UserError } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import { readAppstream } from './appstream.ts';
import { blhcExit, type LoggedBuild, readBlhc } from './build-log.ts';
import { readDesktopFiles } from './desktop-file.ts';
import type { Skipped } from './lint-result.ts';
import { isShellScript } from './maintainer-script.ts';
import { readShellcheck } from './shellcheck.ts';
import { batchesOf, lastLine, logPath, readSubjects, runTool, unpackedFolder } from './side-machine.ts';
import type { ReadSubject, SideReport, SideTool, Subject } from './side-report.ts';
import { lacksOption, missingCommands, readUnitVerification } from './unit-file.ts';

/** What one tool said of everything it was given. */
export interface SideOutcome extends SideReport {
  readonly skipped: readonly Skipped[];
}

/** desktop-file-validate(1): 1 when there is an error. */
export async function validateDesktopFiles(machine: Machine, subjects: readonly Subject[]): Promise<SideOutcome> {
  const reports: SideReport[] = [];
  for (const some of batchesOf(await readSubjects(machine, subjects))) {
    const result = await runTool(machine, ['desktop-file-validate', ...some.map(({ name }) => name)]);
    const report = readDesktopFiles(result.stdout, byName(some));
    const failed = report.hints.some(({ hint }) => hint.severity === 'error');
    requireEnd('desktop-file-validate', result, failed ? [1] : [0]);
    reports.push(report);
  }
  return joined(reports, []);
}

/** appstreamcli(1): its report names files by their last part only, so that each has a call of its own. */
export async function validateAppstream(machine: Machine, subjects: readonly Subject[]): Promise<SideOutcome> {
  const reports: SideReport[] = [];
  for (const subject of subjects) {
    const result = await runTool(machine, ['appstreamcli', 'validate', '--no-net', '--pedantic', '--format=yaml', subject.name]);
    requireEnd('appstreamcli', result, [0, 1, 2, 3]);
    reports.push(await readAppstream(result.stdout, subject));
  }
  return joined(reports, []);
}

/**
 * shellcheck(1): 1 when there is anything to say. Only the scripts themselves are read: what they source belongs to other packages
 * (SC1090, SC1091), and no settings of a package's author are taken from the machine.
 */
export async function checkScripts(machine: Machine, subjects: readonly Subject[]): Promise<SideOutcome> {
  const scripts = await readSubjects(machine, subjects);
  const shell = scripts.filter(({ text }) => isShellScript(text));
  const skipped = scripts
    .filter((script) => !shell.includes(script))
    .map(({ path, file }): Skipped => ({ what: 'shellcheck', reason: inertLine(`${path} of ${file} is not a script for a shell`) }));
  const reports: SideReport[] = [];
  for (const some of batchesOf(shell)) {
    const options = ['--norc', '--format=json1', '--exclude=SC1090,SC1091'];
    const result = await runTool(machine, ['shellcheck', ...options, '--', ...some.map(({ name }) => name)]);
    requireEnd('shellcheck', result, [0, 1]);
    reports.push(readShellcheck(result.stdout, byName(some)));
  }
  return joined(reports, skipped);
}

/**
 * systemd-analyze(1) verify, each package as a root of its own: units of other packages are not there, so that what is said of them is
 * left out (`--recursive-errors=no`, since systemd 250), and the programs they start are looked for elsewhere.
 */
export async function verifyUnits(machine: Machine, subjects: readonly Subject[], distribution: string): Promise<SideOutcome> {
  const reports: SideReport[] = [];
  const units = await readSubjects(machine, subjects);
  for (const number of new Set(units.map(({ name }) => name.slice(0, name.indexOf('/'))))) {
    const own = units.filter(({ name }) => name.startsWith(`${number}/`));
    const root = `${unpackedFolder}/${number}/data`;
    const options = ['--man=no', '--generators=no', '--recursive-errors=no', `--root=${root}`];
    const argv = ['systemd-analyze', 'verify', ...options, ...own.map(({ path }) => `${root}/${path}`)];
    const result = await runTool(machine, ['/bin/sh', '-c', verifyScript, 'verify', ...argv], verifyLog, 'root');
    if (lacksOption(result.stderr))
      return joined(
        [],
        [{ what: 'systemd-analyze', reason: `the systemd of ${distribution} cannot verify units outside a running system` }],
      );
    const missing = missingCommands(result.stderr);
    const report = readUnitVerification(result.stderr, { root, units: own, programs: await programsThere(machine, missing) });
    requireEnd('systemd-analyze', result, [0, 1]);
    // It may have failed for a program alone that only its root lacks.
    if (result.exitCode !== 0 && report.hints.length + missing.length === 0) throw ended('systemd-analyze', result);
    reports.push(report);
  }
  return joined(reports, []);
}

/** Root only makes a folder that systemd-analyze wants to be there, in a /run that is new for each command. */
const verifyScript =
  'mkdir -p /run/systemd && exec setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs --inh-caps=-all -- "$@"';
const verifyLog = { SYSTEMD_LOG_TARGET: 'console-prefixed', SYSTEMD_LOG_LEVEL: 'notice' };

const lookScript = 'for path; do for root in "" */data; do if [ -x "$root$path" ]; then printf "%s\\000" "$path"; break; fi; done; done';

/** Of these absolute paths, what a minimal system or any package of the run has; Debian's /bin is /usr/bin. */
async function programsThere(machine: Machine, commands: readonly string[]): Promise<ReadonlySet<string>> {
  if (commands.length === 0) return new Set();
  const twinOf = (path: string): string => (path.startsWith('/usr/') ? path.slice('/usr'.length) : `/usr${path}`);
  const wanted = new Set(commands.flatMap((path) => [path, twinOf(path)]));
  const { stdout } = await runTool(machine, ['/bin/sh', '-c', lookScript, 'look', ...wanted]);
  const there = new Set(stdout.split('\u0000'));
  return new Set(commands.filter((path) => there.has(path) || there.has(twinOf(path))));
}

/** One log. `source` is the source package, as far as a finding needs it. */
export async function checkBuildLog(machine: Machine, index: number, log: LoggedBuild, source: Subject): Promise<SideOutcome> {
  const architecture = log.architecture === undefined ? [] : ['--arch', log.architecture];
  const result = await runTool(machine, ['blhc', '--debian', '--line-numbers', ...architecture, logPath(index)]);
  if (result.exitCode !== blhcExit(result.stdout)) throw ended('blhc', result);
  const none = /^No compiler commands!$/m.test(result.stdout);
  return joined(
    [readBlhc(result.stdout, source)],
    none ? [{ what: 'blhc', reason: inertLine(`the build log of ${log.source} holds no compiler command`) }] : [],
  );
}

/** A report counts when the tool came to its end. */
function requireEnd(tool: SideTool, result: ExecResult, allowed: readonly number[]): void {
  if (result.exitCode === null || !allowed.includes(result.exitCode)) throw ended(tool, result);
}

function ended(tool: SideTool, { exitCode, stdout, stderr }: ExecResult): UserError {
  const how = exitCode === null ? 'by a signal' : `with exit code ${exitCode}`;
  return new UserError(
    'E_LINT_INCOMPLETE',
    inertLine(`${tool} ended ${how} before it was done: ${lastLine(stderr.trim() === '' ? stdout : stderr)}`),
  );
}

function byName(subjects: readonly ReadSubject[]): ReadonlyMap<string, ReadSubject> {
  return new Map(subjects.map((subject) => [subject.name, subject]));
}

function joined(reports: readonly SideReport[], skipped: readonly Skipped[]): SideOutcome {
  return {
    hints: reports.flatMap(({ hints }) => hints),
    unread: reports.flatMap(({ unread }) => unread),
    explanations: new Map(reports.flatMap(({ explanations }) => [...explanations])),
    skipped,
  };
}

/** What could not be read is shown, since it may be a finding. */
export function tellUnread(host: Host, tool: SideTool, unread: readonly string[]): void {
  const most = 20;
  for (const line of unread.slice(0, most)) host.log.warning(`${tool} says what cannot be read: ${inertLine(line.slice(0, 500))}`);
  if (unread.length > most) host.log.warning(`${tool} says ${unread.length - most} more lines that cannot be read`);
}
