/** How long it takes from a tag to the complete draft of a release, and how much of that is release-kit's own. */
import { join } from 'node:path';
import { recordingHost } from '@release-kit/action';
import { markdownTable } from '../building/table.ts';
import { runProcess } from '../testing/process.ts';
import { sourceOf, subjects } from './subject.ts';

/** Milliseconds; what is neither compiling nor lintian nor apt is release-kit's own and the trial of the packages. */
export interface StepTime {
  readonly name: string;
  readonly took: number;
  readonly compiling: number;
  readonly lintian: number;
  readonly apt: number;
}

export interface PipelineTime {
  readonly wall: number;
  /** The chain of jobs that decided how long it took. */
  readonly links: readonly { readonly name: string; readonly waited: number; readonly took: number; readonly steps: readonly StepTime[] }[];
  /** Load of the host before and after. */
  readonly before: number;
  readonly after: number;
}

const root = join(import.meta.dirname, '../..');
/** Step of a job in which packages are installed, started, asked and removed. */
const trial = 'Try out';
/** Step in which release and assets are made. */
const draft = 'Draft';

export async function measurePipeline(cache: string, say: (line: string) => void): Promise<string> {
  await using host = await recordingHost({ env: { RELEASE_KIT_CACHE: cache } });
  for (const subject of subjects.filter(({ crosses }) => crosses)) await sourceOf(host, subject);
  say('pipeline: hello and tinyxml2 for amd64 and arm64, twice');
  const program = [
    process.execPath,
    '--conditions=release-kit:source',
    'test/support/pipeline-bench.ts',
    join(cache, 'bench-sources'),
  ] as const;
  const env = { ...process.env, RELEASE_KIT_CACHE: cache };
  const { exitCode, output, stdout } = await runProcess([...program], { cwd: root, env });
  if (exitCode !== 0) throw new Error(`the pipeline ended with exit code ${exitCode}:\n${output.slice(-4000)}`);
  return pipelineSection(JSON.parse(stdout.toString()));
}

/** What is neither a tool's work nor the trial, in milliseconds; waiting for a runner and what the runner itself needs are in it. */
export function ownTime({ wall, links }: PipelineTime): number {
  const steps = links.flatMap((link) => link.steps);
  const work = steps.reduce((sum, { compiling, lintian, apt }) => sum + compiling + lintian + apt, 0);
  return wall - work - trialTime(steps);
}

const trialTime = (steps: readonly StepTime[]): number =>
  steps.filter(({ name }) => name === trial).reduce((sum, { took, compiling, lintian, apt }) => sum + took - compiling - lintian - apt, 0);

export function pipelineSection(time: PipelineTime): string {
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
  const share = (milliseconds: number): string => `${((milliseconds / time.wall) * 100).toFixed(1)} %`;
  const steps = time.links.flatMap((link) => link.steps);
  const sum = (of: (step: StepTime) => number): number => steps.reduce((total, step) => total + of(step), 0);
  const rows = time.links.map(({ name, waited, took, steps: own }) => {
    const of = (key: 'compiling' | 'lintian' | 'apt'): string => seconds(own.reduce((total, step) => total + step[key], 0));
    return [name, seconds(took), of('compiling'), of('lintian'), of('apt'), seconds(trialTime(own)), seconds(waited)];
  });
  const shares = [
    ['Compiling (dpkg-buildpackage)', sum(({ compiling }) => compiling)],
    ['lintian', sum(({ lintian }) => lintian)],
    ['apt and dpkg', sum(({ apt }) => apt)],
    ['The packages at work: systemd boots, services start, answer, stop', trialTime(steps)],
    ["release-kit's own: machines, checks, digests, signatures, uploads, and the runner", ownTime(time)],
    ['of that, the draft: GitHub asks for a second between changes', sum(({ name, took }) => (name === draft ? took : 0))],
  ] as const;
  return `## From a tag to the complete draft

hello and tinyxml2 of Debian 12, each for amd64 and (cross) arm64, by the published release.yml and all its jobs: preflight, key, four builds with lintian and trial,
join, sign, attest, draft. Warm cache, second of two runs, all jobs that may run at once do, on one machine, whose load was ${time.before.toFixed(1)} before and
${time.after.toFixed(1)} after. Every 100 ms it is looked at which programs run below a step: compiling, lintian and apt are the time in which such a program runs,
whoever started it. What remains is split in two: while the packages are tried, and everything else.

${markdownTable([['Critical path', 'Took', 'Compiling', 'lintian', 'apt', 'Trial', 'Waited before'], ...rows])}

${markdownTable([['Of the critical path', 'Time', 'Share'], ...shares.map(([what, milliseconds]) => [what, seconds(milliseconds), share(milliseconds)]), ['Tag to draft', seconds(time.wall), '100 %']])}`;
}
