import { type Host, inertText } from '@release-kit/action';
import { codeOfProblem, isFailure, machineProblem, type Problem, ProblemError } from './problem.ts';

/** Lines of evidence of a problem in the log. */
const mostLines = 100;

/** Characters of a line of evidence in the log. */
const mostOfLine = 2000;

export interface Step {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly milliseconds: number;
  /** One line, inert: what was found, or why it was skipped. */
  readonly note: string;
  /** What it found wrong: those of `Steps.problems` that are its own. */
  readonly problems: readonly Problem[];
}

/** What a step hands back. */
export interface Finding {
  readonly note: string;
  readonly problems?: readonly Problem[];
  /** The step had nothing to look at, or could not; the note says why. */
  readonly skipped?: true;
}

/** A step that runs beside others. */
export interface Begun<F extends Finding> {
  /** What it found, as `Steps.run` hands it back; nothing has been told or kept by then. */
  readonly found: Promise<F | undefined>;
  /** Waits for its end, and makes it the next step: its problems are told and kept. */
  tell(): Promise<F | undefined>;
}

/** The steps of a run in order, with their times and all problems found. */
export interface Steps {
  readonly list: readonly Step[];
  readonly problems: readonly Problem[];
  /** Runs a step; its problems are told at once and kept. undefined when a ProblemError or its machine ended it; other errors pass through. */
  run<F extends Finding>(name: string, body: () => Promise<F>): Promise<F | undefined>;
  /** Starts a step that is told later, so that the order of the steps does not depend on how long each of them takes. */
  begin<F extends Finding>(name: string, body: () => Promise<F>): Begun<F>;
  /** Steps that are not run after all, in their order. `why`: one line, inert. */
  leaveOut(names: readonly string[], why: string): void;
}

/** `failed` is called after each step that failed, when everything about it has been told. */
export function startSteps(host: Host, failed?: (step: Step) => Promise<void>): Steps {
  const list: Step[] = [];
  const problems: Problem[] = [];
  const begin = <F extends Finding>(name: string, body: () => Promise<F>): Begun<F> => {
    const started = host.clock.now();
    const ended = outcomeOf(body, host.signal).then((outcome) => ({ outcome, milliseconds: host.clock.now() - started }));
    const found = ended.then(({ outcome }) => (outcome instanceof Ended ? undefined : outcome));
    found.catch(() => {}); // whoever waits for the step hears of it
    return {
      found,
      async tell() {
        const { outcome, milliseconds } = await ended;
        const { note, problems: wrong = [], skipped }: Finding = outcome;
        problems.push(...wrong);
        const result = wrong.some(isFailure) ? 'failed' : skipped === true ? 'skipped' : 'passed';
        const step: Step = { name, result, milliseconds, note, problems: wrong };
        list.push(step);
        const say = result === 'passed' && wrong.length === 0 && routine.has(name) ? host.log.detail : host.log.info;
        say(`${stepSigns[result]} ${name} (${(milliseconds / 1000).toFixed(1)} s): ${note}`);
        for (const problem of wrong) tell(host, problem);
        if (result === 'failed') await failed?.(step);
        return await found;
      },
    };
  };
  return {
    list,
    problems,
    begin,
    run: (name, body) => {
      host.progress.update(name);
      return begin(name, body).tell();
    },
    leaveOut(names, why) {
      const note = `not run: ${why}`;
      for (const name of names) list.push({ name, result: 'skipped', milliseconds: 0, note, problems: [] });
      if (names.length > 0) host.log.detail(`${stepSigns.skipped} ${names.join(', ')}: ${note}`);
    },
  };
}

/** Steps that go well nearly always, and that the lines of others speak for: somebody at a terminal sees them when they do not, or asks for more. */
const routine: ReadonlySet<string> = new Set([
  'dependencies',
  'boot',
  'unit files',
  'still up',
  'reinstall',
  'install again',
  'purge',
  'install without systemd',
  'purge without systemd',
]);

const stepSigns = { passed: '✓', failed: '✗', skipped: '–' } as const;

/** What a step that could not go on leaves. */
class Ended implements Finding {
  readonly note: string;
  readonly problems: readonly Problem[];

  constructor(problem: Problem, more: readonly Problem[]) {
    this.note = `${problem.message}${more.length === 0 ? '' : `, and ${more.length} more`}`;
    this.problems = [problem, ...more];
  }
}

async function outcomeOf<F extends Finding>(body: () => Promise<F>, interrupt: AbortSignal): Promise<F | Ended> {
  try {
    return await body();
  } catch (error) {
    // A machine that was interrupted is no finding.
    if (interrupt.aborted) throw error;
    const problem = error instanceof ProblemError ? error.problem : machineProblem(error);
    if (problem === undefined) throw error;
    return new Ended(problem, error instanceof ProblemError ? error.more : []);
  }
}

/** Evidence stands below the problem it proves, so that nobody has to look for it. */
function tell(host: Host, problem: Problem): void {
  host.log.info(`  ${codeOfProblem(problem)}: ${problem.message}`);
  const lines = problem.evidence === undefined ? [] : inertText(problem.evidence).split('\n');
  for (const line of lines.slice(0, mostLines)) host.log.info(`  | ${shortened(line)}`);
  if (lines.length > mostLines) host.log.info(`  | (and ${lines.length - mostLines} more lines)`);
}

/** A line of a megabyte helps nobody, and slows down the page it is shown on. */
function shortened(line: string): string {
  return line.length <= mostOfLine ? line : `${line.slice(0, mostOfLine)} (and ${line.length - mostOfLine} more characters)`;
}
