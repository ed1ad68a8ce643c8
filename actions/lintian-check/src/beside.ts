import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Host, inertLine } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import {
  basePackages,
  chooseEngine,
  createMachine,
  type EngineChoice,
  type Machine,
  ownArchitecture,
  prepareBase,
} from '@release-kit/machine';
import type { ManifestFile } from '@release-kit/manifest';
import { type LoggedBuild, loggedBuild } from './build-log.ts';
import type { Explanation } from './explanation.ts';
import type { Finding } from './finding.ts';
import type { Skipped } from './lint-result.ts';
import { bringSubjects, unpackPackages, withTools } from './side-machine.ts';
import type { SideTool, Subject } from './side-report.ts';
import { subjectsOf } from './side-subjects.ts';
import {
  checkBuildLog,
  checkScripts,
  type SideOutcome,
  tellUnread,
  validateAppstream,
  validateDesktopFiles,
  verifyUnits,
} from './side-tool.ts';

export interface BesideRequest {
  readonly tools: readonly SideTool[];
  readonly files: readonly ManifestFile[];
  /** Absolute; holds the files. */
  readonly folder: string;
  /** Absolute paths of build logs. */
  readonly logs: readonly string[];
  readonly engine: Parameters<typeof chooseEngine>[1];
  readonly mirror: string | undefined;
}

/** What the tools beside lintian found, in its terms. */
export interface Beside {
  readonly findings: readonly Finding[];
  readonly explanations: ReadonlyMap<string, Explanation>;
  readonly skipped: readonly Skipped[];
  /** How many lines could not be read. */
  readonly unread: number;
}

/**
 * Runs the tools that were asked for on the packages of each distribution, in a clean machine of it, and blhc on the build logs.
 * E_LINT_INCOMPLETE when one of them does not come to its end; what there was nothing to look at for is in `skipped`.
 */
export async function lintBeside(host: Host, request: BesideRequest): Promise<Beside> {
  const outcomes: { tool: SideTool; distribution: string; outcome: SideOutcome }[] = [];
  const engine = await chooseEngine(host, request.engine);
  for (const [index, distribution] of [...new Set(request.files.map((file) => file.distribution))].sort().entries()) {
    // A log does not say what it was built in, and blhc is about the same in all.
    const tools = index === 0 ? request.tools : request.tools.filter((tool) => tool !== 'blhc');
    if (tools.length > 0) outcomes.push(...(await besideIn(host, distribution, engine, { ...request, tools })));
  }
  for (const { tool, outcome } of outcomes) {
    tellUnread(host, tool, outcome.unread);
    for (const { what, reason } of outcome.skipped) host.log.info(`${what} left out: ${reason}`);
  }
  return {
    findings: outcomes.flatMap(({ tool, distribution, outcome }) =>
      outcome.hints.map(({ hint, file }): Finding => ({ tool, hint, file, distribution, status: hint.masked ? 'masked' : 'open' })),
    ),
    explanations: new Map(outcomes.flatMap(({ outcome }) => [...outcome.explanations])),
    skipped: outcomes.flatMap(({ outcome }) => outcome.skipped),
    unread: outcomes.reduce((sum, { outcome }) => sum + outcome.unread.length, 0),
  };
}

async function besideIn(host: Host, distribution: string, { engine }: EngineChoice, request: BesideRequest) {
  const { tools, folder, logs, mirror } = request;
  const files = request.files.filter((file) => file.distribution === distribution);
  const packages = files.filter(isUnpacked);
  const base = await prepareBase(host, {
    distribution: parseDistribution(distribution),
    architecture: ownArchitecture(),
    packages: basePackages.lint,
    ...(mirror === undefined ? {} : { mirror }),
  });
  await using machine = await createMachine(host, await withTools(host, base, engine, tools), engine);
  await bringSubjects(host, machine, folder, packages, logs);
  const listing = tools.some((tool) => tool !== 'blhc') ? await unpackPackages(machine, packages) : [];
  const outcomes: { tool: SideTool; distribution: string; outcome: SideOutcome }[] = [];
  for (const tool of tools) {
    host.progress.update(`${tool} on ${distribution}`);
    const outcome = tool === 'blhc' ? await checkLogs(machine, logs, files) : await runOn(machine, tool, listing, packages, distribution);
    outcomes.push({ tool, distribution, outcome });
  }
  return outcomes;
}

/** Packages of debugging symbols hold nothing that any of the tools looks at, and are large. */
function isUnpacked({ kind, package: name }: ManifestFile): boolean {
  return (kind === 'deb' || kind === 'udeb') && !name.endsWith('-dbgsym');
}

async function runOn(
  machine: Machine,
  tool: Exclude<SideTool, 'blhc'>,
  listing: readonly string[],
  packages: readonly ManifestFile[],
  distribution: string,
): Promise<SideOutcome> {
  const { subjects, skipped } = subjectsOf(tool, listing, packages);
  if (subjects.length === 0) return { hints: [], unread: [], explanations: new Map(), skipped };
  const outcome = await runs[tool](machine, subjects, distribution);
  return { ...outcome, skipped: [...skipped, ...outcome.skipped] };
}

const runs: Readonly<
  Record<Exclude<SideTool, 'blhc'>, (machine: Machine, subjects: readonly Subject[], distribution: string) => Promise<SideOutcome>>
> = {
  'desktop-file-validate': validateDesktopFiles,
  appstreamcli: validateAppstream,
  shellcheck: checkScripts,
  'systemd-analyze': verifyUnits,
};

async function checkLogs(machine: Machine, logs: readonly string[], files: readonly ManifestFile[]): Promise<SideOutcome> {
  const outcomes: SideOutcome[] = [];
  const skipped: Skipped[] = [];
  for (const [index, log] of logs.entries()) {
    const build = await readLoggedBuild(log);
    if (build === undefined) skipped.push({ what: 'blhc', reason: inertLine(`${log} is not a log of dpkg-buildpackage`) });
    else outcomes.push(await checkBuildLog(machine, index, build, sourceSubject(build, files)));
  }
  if (logs.length === 0)
    skipped.push({
      what: 'blhc',
      reason: 'there is no build log: no logs/build.log beside the manifest, and the input build-log names none',
    });
  return {
    hints: outcomes.flatMap(({ hints }) => hints),
    unread: outcomes.flatMap(({ unread }) => unread),
    explanations: new Map(outcomes.flatMap(({ explanations }) => [...explanations])),
    skipped: [...skipped, ...outcomes.flatMap((outcome) => outcome.skipped)],
  };
}

/** Flags come from debian/rules, whatever command they are missing in. */
function sourceSubject({ source, architecture }: LoggedBuild, files: readonly ManifestFile[]): Subject {
  const changes = files.filter(({ kind, package: name }) => (kind === 'changes' || kind === 'dsc') && name === source);
  const file = changes.find((each) => each.architecture === architecture) ?? changes[0] ?? files[0];
  return { file: file?.path ?? '', package: source, type: 'source', index: 'patched', path: 'debian/rules', name: 'debian/rules' };
}

/** A log may be larger than memory; only what it says of itself is kept. */
async function readLoggedBuild(log: string): Promise<LoggedBuild | undefined> {
  const said: string[] = [];
  const lines = createInterface({ input: createReadStream(log), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) if (line.startsWith('dpkg-buildpackage: info: ') && said.length < 100) said.push(line);
  return loggedBuild(said);
}
