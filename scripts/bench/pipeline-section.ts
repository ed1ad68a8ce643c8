import { usualLimits } from '@release-kit/github';
import { markdownTable } from '../building/table.ts';

/** Milliseconds. What is neither compiling nor lintian nor apt is the action's own, or that of the packages which it tries. */
export interface StepTime {
  readonly name: string;
  /** An action of release-kit, or one of GitHub's that stands between two of them. */
  readonly by: 'release-kit' | 'github';
  readonly took: number;
  readonly compiling: number;
  readonly lintian: number;
  readonly apt: number;
  /** What the log of a trial says of its parts; some of them run at the same time. */
  readonly parts: readonly { readonly name: string; readonly took: number }[];
}

export interface LinkTime {
  readonly name: string;
  /** From the end of the job before to its own start. */
  readonly waited: number;
  readonly took: number;
  readonly steps: readonly StepTime[];
}

export interface PipelineTime {
  /** From the start of the run to the end of the job that makes the draft. */
  readonly wall: number;
  /** The chain of jobs that decided how long it took. */
  readonly links: readonly LinkTime[];
  /** Requests to GitHub that change something: the draft and its assets. */
  readonly changes: number;
  /** Load of the host before and after. */
  readonly before: number;
  readonly after: number;
}

/** Step of a job in which packages are installed, started, asked and removed. */
const trial = 'Try out';
/** Step in which the draft and its assets are made. */
const draft = 'Draft';
const { changesAMinute } = usualLimits;

const tools = ['compiling', 'lintian', 'apt'] as const;
type Tool = (typeof tools)[number];

/** Where the time of the critical path went; the parts are all of `wall`. */
export interface Shares extends Readonly<Record<Tool, number>> {
  /** Of trying the packages, without apt: systemd boots, services start, answer and stop; everything is looked at before and after. */
  readonly trial: number;
  /** Minutes waited for because a release has more changes than one may have. */
  readonly limit: number;
  /** Checkouts and artifacts, done by stand-ins for GitHub's own actions. */
  readonly github: number;
  /** Of the runner: finding jobs, setting them up, and what is between two steps. */
  readonly runner: number;
  /** All else that release-kit's actions do. */
  readonly own: number;
}

export function sharesOf({ wall, links, changes }: PipelineTime): Shares {
  const steps = links.flatMap((link) => link.steps);
  const sum = (list: readonly StepTime[], of: (step: StepTime) => number): number => list.reduce((total, step) => total + of(step), 0);
  const [compiling = 0, lintian = 0, apt = 0] = tools.map((tool) => sum(steps, (step) => step[tool]));
  const drafting = sum(
    steps.filter(({ name }) => name === draft),
    ({ took }) => took,
  );
  const known = {
    ...{ compiling, lintian, apt },
    trial: trialTime(steps),
    limit: Math.min(drafting, Math.floor(Math.max(0, changes - 1) / changesAMinute) * 60_000),
    github: sum(
      steps.filter(({ by }) => by === 'github'),
      ({ took }) => took,
    ),
    runner: wall - sum(steps, ({ took }) => took),
  };
  return { ...known, own: wall - Object.values(known).reduce((total, part) => total + part, 0) };
}

const withoutTools = ({ took, compiling, lintian, apt }: StepTime): number => took - compiling - lintian - apt;

const trialTime = (steps: readonly StepTime[]): number =>
  steps.filter(({ name }) => name === trial).reduce((sum, step) => sum + withoutTools(step), 0);

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

export function pipelineSection(pairs: readonly { readonly title: string; readonly time: PipelineTime }[]): string {
  return `## From a tag to the complete draft

Two source packages of Debian 12, each for amd64 and (cross) arm64, by the published release.yml and the jobs that a draft needs: preflight, key, four builds with lintian and
trial, join, sign, attest, draft. Warm cache: the first run that adds nothing to it; all jobs that may run at once do, on one machine, so the four builds share its processors. What was built for
arm64 is tried on an emulated system. Every 100 ms it is looked at which programs run below a step: compiling (dpkg-buildpackage), lintian and apt (dpkg, too) are the time in which such a
program runs, whoever started it. The goal is that all else is below 10 %. Much of that is not release-kit's to save: the packages' own services and scripts while they are
tried, and the runner with checkouts and artifacts, played by stand-ins here. It hardly depends on what is built, so its share says above all how long building takes: packages that are
compiled in a minute cannot reach the goal, those with a test suite of minutes do.

${pairs.map(({ title, time }) => pairSection(title, time)).join('\n\n')}`;
}

function pairSection(title: string, time: PipelineTime): string {
  const shares = sharesOf(time);
  const row = (what: string, milliseconds: number): readonly string[] => [
    what,
    seconds(milliseconds),
    `${((milliseconds / time.wall) * 100).toFixed(1)} %`,
  ];
  const links = time.links.map(({ name, waited, took, steps }) => {
    const of = (tool: Tool): string => seconds(steps.reduce((total, step) => total + step[tool], 0));
    return [name, seconds(took), of('compiling'), of('lintian'), of('apt'), seconds(trialTime(steps)), seconds(waited)];
  });
  const { compiling, lintian, apt, trial: tried, limit, github, runner, own } = shares;
  const table = markdownTable([
    ['Of the critical path', 'Time', 'Share'],
    row('Compiling', compiling),
    row('lintian', lintian),
    row('apt and dpkg', apt),
    row('All else', time.wall - compiling - lintian - apt),
    row('— the trial: systemd boots, services start, answer and stop, all is looked at', tried),
    row(`— GitHub's limit of changes in a minute, ${time.changes} of them`, limit),
    row("— GitHub's own actions: checkouts and artifacts", github),
    row('— the runner: waiting, setting up, between the steps', runner),
    row("— release-kit's actions: machines, checks, digests, signatures, requests", own),
    row('Tag to draft', time.wall),
  ]);
  return `### ${title}

The load of the machine was ${time.before.toFixed(1)} before and ${time.after.toFixed(1)} after.

${markdownTable([['Critical path', 'Took', 'Compiling', 'lintian', 'apt', 'Trial', 'Waited before'], ...links])}

${table}

Steps of release-kit on it, without the tools and GitHub's limit: ${stepsText(time, limit)}.${trialText(time)}`;
}

/** Milliseconds below which a step is no news. */
const worthTelling = 100;

function stepsText({ links }: PipelineTime, limit: number): string {
  const steps = links.flatMap((link) => link.steps).filter(({ by }) => by === 'release-kit');
  const times = steps.map((step) => ({ name: step.name, time: withoutTools(step) - (step.name === draft ? limit : 0) }));
  return times
    .filter(({ time }) => time >= worthTelling)
    .map(({ name, time }) => `${name} ${seconds(time)}`)
    .join(', ');
}

/** As its log says; apt is in these. */
function trialText({ links }: PipelineTime): string {
  const parts = links.flatMap((link) => link.steps).flatMap((step) => step.parts);
  const told = parts.filter(({ took }) => took >= worthTelling).map(({ name, took }) => `${name} ${seconds(took)}`);
  return told.length === 0 ? '' : ` Parts of the trial, apt included, some of them at the same time: ${told.join(', ')}.`;
}
