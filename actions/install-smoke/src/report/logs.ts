import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Artifacts, artifactName, type Host, inertLine, innerFolder, UserError, writeWhole } from '@release-kit/action';
import type { Manifest } from '@release-kit/manifest';
import { codeOfProblem, cureOfProblem, type Problem } from '../problem.ts';
import type { Target, TargetResult, TrackResult } from '../target.ts';
import { smokeReport } from './smoke-report.ts';
import { placeText } from './told-problem.ts';
import { logFolder } from './track-log.ts';

/** What inputs say of logs. */
export interface LogWishes {
  /** Absolute folder; undefined: none that stays. */
  readonly logs: string | undefined;
  /** Name of an artifact, or `auto`. */
  readonly artifact: string | undefined;
}

/** Where the logs of a run go. Disposed of when nothing needs them any more. */
export interface Logs extends AsyncDisposable {
  /** undefined: nobody wants logs. */
  readonly folder: string | undefined;
  readonly artifact: { readonly name: string; readonly artifacts: Pick<Artifacts, 'upload'> } | undefined;
}

/** Decides before anything runs; E_INPUT where there is no place for artifacts, or for a name that GitHub does not take. */
export async function openLogs({ logs, artifact }: LogWishes, automaticName: string, host: Host): Promise<Logs> {
  const { artifacts } = host;
  if (artifact !== undefined && artifacts === undefined)
    throw new UserError('E_INPUT', 'input artifact: artifacts can be uploaded on GitHub only', {
      cure: 'Leave the input artifact out; the input logs names a folder for the same files.',
    });
  const name = artifact === undefined ? undefined : artifactName(artifact === 'auto' ? automaticName : artifact);
  const plan = name === undefined || artifacts === undefined ? undefined : { name, artifacts };
  if (logs !== undefined || plan === undefined) return { folder: logs, artifact: plan, [Symbol.asyncDispose]: async () => undefined };
  const temporary = await host.files.temporary('smoke-logs');
  return { folder: temporary.path, artifact: plan, [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose]() };
}

/** Unique for each leg of a matrix, as each tries other systems: `hello-smoke-debian-12-amd64`. */
export function artifactNameOf({ sources }: Pick<Manifest, 'sources'>, [target]: readonly Target[]): string {
  return [
    sources[0]?.package ?? 'packages',
    'smoke',
    ...(target === undefined ? [] : [target.name.replace(/[^A-Za-z0-9.+~]+/g, '-')]),
  ].join('-');
}

/** Writes what is known at the end beside what was kept on the way, and uploads all of it when a target failed. */
export async function finishLogs({ folder, artifact }: Logs, results: readonly TargetResult[], host: Host): Promise<void> {
  if (folder === undefined) return;
  for (const { target, tracks } of results)
    for (const track of tracks) await writeWhole(join(await logFolder(folder, target.name, track.name), 'steps.log'), stepsText(track));
  await writeWhole(join(await innerFolder(folder), 'report.json'), smokeReport(results));
  if (artifact === undefined || results.every(({ outcome }) => outcome !== 'failed')) return;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  try {
    await artifact.artifacts.upload(artifact.name, files.sort(), folder);
    host.log.info(`artifact ${artifact.name}: the logs, ${files.length} files`);
  } catch (error) {
    // It must not hide why the packages failed.
    host.log.warning(`the logs were not uploaded: ${inertLine(error instanceof Error ? error.message : String(error))}`);
  }
}

const signs = { passed: '✓', failed: '✗', skipped: '–' } as const;

/** What the log of the run says of a track, with all of the evidence. */
export function stepsText({ name, outcome, reason, steps }: TrackResult): string {
  const lines = steps.flatMap((step) => [
    `${signs[step.result]} ${step.name} (${(step.milliseconds / 1000).toFixed(1)} s): ${step.note}`,
    ...step.problems.flatMap(problemLines),
  ]);
  return `${[`${name}: ${outcome}${reason === undefined ? '' : `: ${reason}`}`, ...lines].join('\n')}\n`;
}

function problemLines(problem: Problem): readonly string[] {
  const place = placeText(problem.place);
  const evidence = problem.evidence === undefined ? [] : problem.evidence.split('\n').map((line) => `  | ${line}`);
  return [
    `  ${codeOfProblem(problem)} ${problem.category}: ${place === undefined ? '' : `${place}: `}${problem.message}`,
    `  ${cureOfProblem(problem)}`,
    ...evidence,
  ];
}
