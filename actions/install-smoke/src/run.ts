import { writeFile } from 'node:fs/promises';
import { type Host, type InputsOf, inertLine, type OutputsOf, UserError } from '@release-kit/action';
import { findConfig, loadConfig, parseArchitecture } from '@release-kit/config';
import { chooseEngine, ownArchitecture } from '@release-kit/machine';
import { openPackages } from '@release-kit/manifest';
import { codeOfProblem, cureOfProblem, detailsOf, isFailure, type Problem } from './problem.ts';
import { smokeReport, smokeSummary } from './report/smoke-result.ts';
import { placeOf } from './report/source-place.ts';
import type { spec } from './spec.ts';
import type { TargetResult } from './target.ts';
import { runTarget, type TargetRun } from './targets/target-run.ts';
import { chooseTargets } from './targets/targets.ts';

type Inputs = InputsOf<typeof spec>;

/** Takes the packages through their whole life in clean machines with systemd running, and tells what it saw. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  await using packages = await openPackages(inputs.manifest, inputs.manifestDigest, host);
  const configFile = inputs.config ?? (await findConfig(inputs.source)) ?? (await findConfig(host.files.workspace));
  const config = await loadConfig(configFile, host.files.workspace);
  const own = ownArchitecture();
  const targets = chooseTargets(packages.manifest.files, {
    distributions: inputs.distributions,
    architectures: inputs.architectures.map(parseArchitecture),
    own,
    image: inputs.image,
  });
  for (const { builtFor, distribution, architecture } of targets) {
    if (distribution !== builtFor) host.log.info(`Packages built for ${builtFor} are installed on ${distribution}`);
    if (architecture !== own) host.log.info(`Packages for ${architecture} are tried in a machine of that architecture`);
  }
  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.debug(`engine ${engine}: ${reason}`);
  const { mirror, timeout } = inputs;
  const running: TargetRun = { host, config, engine, mirror, folder: packages.folder, timeout, several: targets.length > 1 };
  const results: TargetResult[] = [];
  for (const target of targets) results.push(await placed(await runTarget(running, target), inputs.source, host));
  for (const result of results) host.summary.add(smokeSummary(result));
  if (inputs.report !== undefined) await writeFile(inputs.report, smokeReport(results));
  const outputs = outputsOf(results);
  failOnProblems(results, outputs, host);
  return outputs;
}

/** The result with the places of its problems in the source tree. */
async function placed(result: TargetResult, source: string, host: Host): Promise<TargetResult> {
  const place = async (problem: Problem): Promise<Problem> => {
    const found = problem.subject === undefined ? undefined : await placeOf(problem.subject, source, host.files.workspace);
    return found === undefined ? problem : { ...problem, place: found };
  };
  const tracks = [];
  for (const track of result.tracks) tracks.push({ ...track, problems: await Promise.all(track.problems.map(place)) });
  return { ...result, tracks };
}

const problemsOf = (results: readonly TargetResult[]): readonly Problem[] =>
  results.flatMap((result) => [...result.problems, ...result.tracks.flatMap((track) => track.problems)]);

function outputsOf(results: readonly TargetResult[]): OutputsOf<typeof spec> {
  const tracks = results.flatMap((result) => result.tracks);
  const up = tracks.flatMap(({ units }) => units.filter((unit) => unit.outcome === 'up').map((unit) => inertLine(unit.unit)));
  const left = tracks.flatMap(({ leftovers }) => leftovers.found.map((leftover) => inertLine(leftover.what)));
  const failed = problemsOf(results).some(isFailure);
  return { result: failed ? 'failed' : 'passed', services: [...new Set(up)].join('\n'), leftover: [...new Set(left)].join('\n') };
}

/** The first problem is the error, as it is the likeliest cause of the others, which are annotated beside it. */
function failOnProblems(results: readonly TargetResult[], outputs: OutputsOf<typeof spec>, host: Host): void {
  const [first, ...others] = problemsOf(results).filter(isFailure);
  if (first === undefined) return;
  // The error that ends the step carries no evidence, so that of the first problem goes out beside it.
  if (first.evidence !== undefined)
    host.annotate({ level: 'notice', title: `install-smoke: what was seen`, message: first.evidence, ...first.place });
  for (const problem of others) {
    const text = `${problem.message}. ${cureOfProblem(problem)}`;
    host.annotate({
      level: 'error',
      title: `install-smoke: ${codeOfProblem(problem)}`,
      message: problem.evidence === undefined ? text : `${text}\n${problem.evidence}`,
      ...problem.place,
    });
  }
  const codes = [...new Set(others.map(codeOfProblem))].join(', ');
  const more = others.length === 0 ? '' : ` (and ${others.length} more: ${codes})`;
  throw new UserError(codeOfProblem(first), `${first.message}${more}`, { ...detailsOf(first), outputs });
}
