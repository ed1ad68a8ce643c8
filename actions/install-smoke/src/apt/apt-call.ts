import { type Argv, CommandError, type ExecResult, inertLine } from '@release-kit/action';
import type { Category } from '../category.ts';
import type { MachineRun } from '../package-manager.ts';
import { type Problem, ProblemError } from '../problem.ts';
import { explainApt, isAnnouncement, runningScript } from './apt-output.ts';
import { networkWishes } from './network-wish.ts';

/** Lines of output that go with a problem. */
const mostLines = 30;
// With it debconf tells what it is asked, on lines of its own.
const environment = { DEBIAN_FRONTEND: 'noninteractive', DEBCONF_DEBUG: 'developer', LC_ALL: 'C.UTF-8' };

/**
 * Runs apt or dpkg. `timeout`: milliseconds. A script that hangs, that uses up what there is, or that kills what runs it, is a finding
 * about the package like any other.
 */
export async function callApt(run: MachineRun, argv: Argv, timeout: number): Promise<ExecResult> {
  // The last one of all: a script may print more than anybody keeps.
  let announced = '';
  const onLine = (line: string): void => {
    if (isAnnouncement(line)) announced = line;
  };
  const ended = (category: Category, how: string, lines: readonly string[], cause?: unknown): ProblemError => {
    const script = runningScript(announced === '' ? lines : [announced]);
    const who = script === undefined ? argv[0] : inertLine(`the ${script.name} script of ${script.package}`);
    const evidence = withoutQuestions(lines).slice(-mostLines).join('\n');
    const subject = script === undefined ? {} : { subject: { kind: 'script', ...script } as const };
    return new ProblemError({ category, message: `${who} ${how}`, ...(evidence === '' ? {} : { evidence }), ...subject }, cause);
  };
  try {
    // Both streams in one: what a script says belongs to the line that announced it.
    const result = await run(['/bin/sh', '-c', 'exec "$@" 2>&1', argv[0], ...argv], { allow: 'any', timeout, env: environment, onLine });
    if (result.exitCode !== null) return result;
    throw ended('script-failed', 'ended what it ran in: it kills processes that are not its own', result.stdout.trimEnd().split('\n'));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const { lastLines } = error.failure;
    if (error.code === 'E_TIMEOUT') throw ended('script-hangs', `was not done after ${timeout / 1000} s`, lastLines, error);
    if (error.code === 'E_COMMAND') throw ended('resource-limit', `was ended: ${error.message}`, lastLines, error);
    throw error;
  }
}

/** The same; an end with another exit code than 0 is a ProblemError. Returns the output. */
export async function mustApt(run: MachineRun, work: Work, argv: Argv, timeout: number): Promise<string> {
  const { exitCode, stdout, stderr } = await callApt(run, argv, timeout);
  const output = `${stdout}${stderr}`;
  if (exitCode !== 0) throw new ProblemError(problemOf(work, output));
  return output;
}

export type Work = 'install' | 'remove';

/** What the output of a failed apt or dpkg is about. */
export function problemOf(work: Work, output: string): Problem {
  const lines = withoutQuestions(output.trimEnd().split('\n'));
  const known = explainApt(lines.join('\n'));
  const evidence = lines.slice(-mostLines).join('\n');
  const subject = known?.script === undefined ? {} : { subject: { kind: 'script', ...known.script } as const };
  const { script } = known ?? {};
  const wish = networkWishes(lines).find((each) => each.script.package === script?.package && each.script.name === script.name);
  if (wish !== undefined && known?.category === 'script-failed')
    return { category: 'needs-network', message: `${known.message}; it wants the network: ${wish.line}`, evidence, ...subject };
  const category: Category = work === 'remove' ? 'removal-failed' : (known?.category ?? 'not-installed');
  return { category, message: known?.message ?? 'apt-get failed', evidence, ...subject };
}

/** Without what debconf says of itself. */
export const withoutQuestions = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => !line.startsWith('debconf (developer): '));
