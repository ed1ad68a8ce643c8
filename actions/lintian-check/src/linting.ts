import { stat } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { basename, join } from 'node:path';
import { cutText, type Host, inertLine, UserError } from '@release-kit/action';
import { type LintianReport, parseDistribution, renamedTags } from '@release-kit/debian';
import {
  type BaseSystem,
  basePackages,
  chooseEngine,
  createMachine,
  type EngineName,
  type Machine,
  ownArchitecture,
  prepareBase,
} from '@release-kit/machine';
import { checkPackageFile, type ManifestFile } from '@release-kit/manifest';
import type { Explanation, Explanations } from './explanation.ts';
import { annotationLevel, rankFindings } from './finding.ts';
import { checkedFiles, type LintBatch, planLint } from './lint-plan.ts';
import { lintProcesses } from './lint-processes.ts';
import type { CheckedFile } from './lint-result.ts';
import { knownTags, linterFor, suppressedTags } from './linter.ts';
import { bringFiles, explainTags, type LintianRun, lintBatch, lintianTags, lintianVersion } from './lintian.ts';
import { listedFiles } from './listed-files.ts';
import { measureUnpacked } from './unpacked-size.ts';

export interface LintRequest {
  readonly files: readonly ManifestFile[];
  /** Absolute; holds the files. */
  readonly folder: string;
  /** `build`, or a distribution: whose lintian checks. */
  readonly lintian: string;
  /** undefined: that of the vendor that the packages are for. */
  readonly profile: string | undefined;
  readonly suppressTags: readonly string[];
  /** Bytes that one file may unpack to. */
  readonly unpackedLimit: number;
  readonly engine: 'auto' | EngineName;
  readonly mirror: string | undefined;
}

/** lintian and dpkg-deb let some archives pass which other programs would read otherwise. */
const debKinds: ReadonlySet<ManifestFile['kind']> = new Set(['deb', 'ddeb', 'udeb']);

/** Characters. */
const longestShown = 500;

const processesFor = (groups: number): number => lintProcesses({ cores: availableParallelism(), memory: freemem() }, groups);

/** What lintian said, all of it. */
export interface Linted {
  /** One of each distribution that packages were built for, its files by name. */
  readonly reports: readonly { readonly distribution: string; readonly report: LintianReport }[];
  readonly files: readonly CheckedFile[];
  readonly explanations: Explanations;
  /** Of all that took part: `2.116.3+deb12u1 and 2.122.0`. */
  readonly version: string;
  /** How many lines or entries of the reports could not be read; they are in the log. */
  readonly unread: number;
  /** Former name of a tag -> present name, as those lintians know them. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * Runs lintian on packages: each distribution's own, or the one that is asked for, in clean machines. E_LINT_INCOMPLETE when any file
 * was not looked at, E_BOMB when one would unpack beyond its limit, E_DEB when an archive breaks the rules of its format.
 */
export async function lintPackages(host: Host, request: LintRequest): Promise<Linted> {
  const { files, folder } = request;
  const plan = planLint(files, await listedFiles(files, folder), processesFor);
  if (plan.batches.length === 0) throw new UserError('E_LINT_INCOMPLETE', 'the manifest lists no package that lintian could check');
  for (const note of plan.notes) host.log.info(inertLine(note));

  const done: LinterResult[] = [];
  const linters = new Map(plan.batches.map(({ distribution }) => [distribution, linterFor(request.lintian, distribution)]));
  for (const linter of new Set(linters.values())) {
    const batches = plan.batches.filter(({ distribution }) => linters.get(distribution) === linter);
    done.push(await runLinter(host, request, linter, batches));
  }
  for (const { path } of files.filter((file) => debKinds.has(file.kind))) await checkPackageFile(join(folder, path));
  const reports = mergedReports(done.flatMap((each) => each.reports));
  return {
    reports,
    files: checkedFiles(plan.batches),
    explanations: new Map(done.flatMap((each) => [...each.explanations])),
    version: done.map((each) => each.version).join(' and '),
    unread: tellUnread(host, reports),
    renamed: new Map(done.flatMap((each) => [...each.renamed])),
  };
}

interface LinterResult {
  readonly reports: Linted['reports'];
  readonly explanations: ReadonlyMap<string, Explanation>;
  readonly version: string;
  readonly renamed: Linted['renamed'];
}

/** lintian's rules change with the release, so each one has machines of its own. */
async function runLinter(host: Host, request: LintRequest, linter: string, batches: readonly LintBatch[]): Promise<LinterResult> {
  const suppressed = suppressedTags(request.suppressTags);
  const { base, engine } = await lintBase(host, request, linter);
  await using stack = new AsyncDisposableStack();
  const machines: Machine[] = [];
  const lanes = Math.min(batches.length, processesFor(batches.reduce((sum, { subjects }) => sum + subjects.length, 0)));
  for (let lane = 0; lane < lanes; lane++) {
    const machine = stack.use(await createMachine(host, base, engine));
    await bringFiles(
      host,
      machine,
      request.folder,
      filesOf(request.files, batches).map(({ path }) => path),
    );
    machines.push(machine);
  }
  const [first] = machines;
  if (first === undefined) throw new Error('a linter without packages');
  const version = await lintianVersion(first);
  const facts = await lintianTags(first);
  const damaged = await measureUnpacked(first, await sizesOf(request, batches), request.unpackedLimit);
  const run: LintianRun = {
    options: { profile: request.profile, suppressed: knownTags(suppressed, facts, version, host) },
    facts,
  };
  const lane = async (machine: Machine, index: number): Promise<Linted['reports']> => {
    const reports: Linted['reports'][number][] = [];
    for (const batch of batches.filter((_, at) => at % lanes === index)) {
      host.progress.update(`lintian on ${batch.subjects.map(inertLine).join(', ')}`);
      reports.push({ distribution: batch.distribution, report: await lintBatch(host, machine, batch, run) });
    }
    return reports;
  };
  const reports = (await Promise.all(machines.map(lane))).flat();
  // lintian, which is asked first as it says more, takes some of them for empty.
  if (damaged.length > 0)
    throw new UserError(
      'E_LINT_INCOMPLETE',
      `lintian could not look into ${damaged.map(inertLine).join(', ')}: not to be decompressed to the end`,
    );
  return { reports, explanations: await explainTags(host, first, linter, shownTags(reports)), version, renamed: renamedTags(facts) };
}

async function lintBase(host: Host, request: LintRequest, linter: string): Promise<{ base: BaseSystem; engine: EngineName }> {
  const { engine, reason } = await chooseEngine(host, request.engine);
  host.log.debug(`engine ${engine}: ${reason}`);
  host.progress.update(`preparing ${linter} with lintian`);
  const base = await prepareBase(host, {
    distribution: parseDistribution(linter),
    architecture: ownArchitecture(),
    packages: basePackages.lint,
    ...(request.mirror === undefined ? {} : { mirror: request.mirror }),
  });
  return { base, engine };
}

const filesOf = (files: readonly ManifestFile[], batches: readonly LintBatch[]): readonly ManifestFile[] =>
  files.filter((file) => batches.some(({ distribution }) => distribution === file.distribution));

/** As they are on the disk: not every list of files knows them. */
function sizesOf({ files, folder }: LintRequest, batches: readonly LintBatch[]): Promise<readonly { path: string; size: number }[]> {
  return Promise.all(filesOf(files, batches).map(async ({ path }) => ({ path, size: (await stat(join(folder, path))).size })));
}

/** One report of each distribution, its files by name: the same packages give the same, however many calls there were. */
function mergedReports(reports: Linted['reports']): Linted['reports'] {
  const distributions = [...new Set(reports.map(({ distribution }) => distribution))].sort();
  return distributions.map((distribution) => {
    const parts = reports.filter((each) => each.distribution === distribution).map(({ report }) => report);
    const files = parts.flatMap((part) => part.files).toSorted((a, b) => (basename(a.path) < basename(b.path) ? -1 : 1));
    const { version } = parts.find((part) => part.version !== undefined) ?? { version: undefined };
    return { distribution, report: { version, files, notices: [], unread: parts.flatMap((part) => part.unread).sort() } };
  });
}

/** Shows what could not be read, each line; returns how many. */
function tellUnread(host: Host, reports: Linted['reports']): number {
  const unread = reports.flatMap(({ report }) => report.unread);
  if (unread.length > 0)
    host.log.warning(
      `${unread.length === 1 ? 'one line' : `${unread.length} lines`} of lintian's report cannot be read, as they are of an unknown form:`,
    );
  for (const line of unread) host.log.info(inertLine(cutText(line, longestShown)));
  return unread.length;
}

/** Each once, sorted: lintian takes about as long for one as for all. */
function shownTags(reports: Linted['reports']): readonly string[] {
  const shown = rankFindings(reports).filter((finding) => annotationLevel(finding) !== undefined);
  return [...new Set(shown.map(({ hint }) => hint.tag))].sort();
}
