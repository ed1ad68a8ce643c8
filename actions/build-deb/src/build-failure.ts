import { CommandError, inertLine } from '@release-kit/action';
import {
  type BuildProblem,
  buildCategories,
  type DebianFile,
  type FailureId,
  type FoundProblem,
  findBuildProblem,
  knownFailure,
  packagingPlace,
} from '@release-kit/debian';
import { emptySubmodules } from './empty-submodules.ts';
import { type LogPlace, sourcePlace, type TreePlaces } from './source-place.ts';
import { debianFiles } from './tree-files.ts';
import { treePlace } from './tree-place.ts';
import { dependencyLine } from './unmet.ts';

/** Failures that mean that something is not there, or may mean it. */
const ofMissing: ReadonlySet<FailureId> = new Set<FailureId>([
  'missing-header',
  'missing-file',
  'make-target',
  'makefile',
  'cmake',
  'meson',
  'configure',
  'dh-install',
  'make-rule',
  'tool-failed',
]);
const linesShown = 15;
/** Of those, what comes after the line that states the problem, when that is far from the end. */
const linesAfterProblem = 10;

export interface BuildFailure {
  /** Stands at the source line where one is known. */
  readonly error: CommandError;
  /** undefined when nothing in the log is recognised. */
  readonly problem: BuildProblem | undefined;
}

/** Reads from the log why a build failed. */
export async function buildFailure(
  lines: readonly string[],
  exitCode: number | null,
  argv: readonly string[],
  where: TreePlaces,
): Promise<BuildFailure> {
  const problem = findBuildProblem(lines);
  const failure = { argv, exitCode, signal: null, lastLines: usefulLines(lines, problem?.at).map(inertLine) };
  if (problem === undefined)
    return { error: new CommandError('E_BUILD', `dpkg-buildpackage ended with exit code ${exitCode}`, failure), problem };
  const found = await treePlace(problem, lines, where);
  const stated = found ?? statedPlace(problem, where.source === undefined ? [] : await debianFiles(where.source));
  const place = stated === undefined ? undefined : await sourcePlace(stated, lines, where);
  // A place that is not in the checkout is still worth words, unless it is only the rule that ran the tool.
  const prefix = place !== undefined || problem.file === undefined || problem.byRule === true ? '' : `${placeWords(problem)}: `;
  const details = {
    ...(place === undefined ? {} : { place }),
    cure: `${await submoduleCure(problem, where)}${knownFailure(problem.failure).cure}`,
  };
  return {
    error: new CommandError(buildCategories[problem.category].code, inertLine(`${prefix}${problem.message}`), failure, details),
    problem,
  };
}

/** A submodule that was not fetched may be why something is missing, and the log never names it. */
async function submoduleCure({ failure }: BuildProblem, { source, workspace }: TreePlaces): Promise<string> {
  const [first, ...more] = source === undefined || !ofMissing.has(failure) ? [] : await emptySubmodules(source, workspace);
  if (first === undefined) return '';
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return `The submodule ${inertLine(first)}${others} is empty: check out with submodules: recursive, or run git submodule update --init --recursive. If that is not it: `;
}

/** Where the tool says the problem is; else the line of debian/ it is about; else the rule that ran the tool. */
function statedPlace(problem: FoundProblem, files: readonly DebianFile[]): LogPlace | undefined {
  const { file, line, column } = problem;
  const own = file === undefined ? undefined : { file, line, column };
  if (own !== undefined && problem.byRule !== true) return own;
  if (problem.failure === 'unmet-dependencies') return dependencyPlace(problem.message, files) ?? own;
  return packagingPlace(problem.message, files) ?? own;
}

/** `Unmet build dependencies: libnosuch-dev (>= 2) more` */
function dependencyPlace(message: string, files: readonly DebianFile[]): LogPlace | undefined {
  const name = /: (?:builddeps:\S+ : Depends: )?([a-z0-9][a-z0-9+.-]+)/.exec(message)?.[1];
  const control = files.find(({ path }) => path === 'debian/control');
  if (name === undefined || control === undefined) return undefined;
  const line = dependencyLine(control.text, name);
  return line === undefined ? undefined : { file: control.path, line };
}

function placeWords({ file = '', line }: BuildProblem): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** The end of the log, and of a problem far above it what is around it: tools like to print whole files after their reason. */
export function usefulLines(lines: readonly string[], at: number | undefined): readonly string[] {
  const end = lines.slice(-linesShown);
  if (at === undefined || at >= lines.length - linesShown) return end;
  const around = lines.slice(Math.max(0, at - 1), at + linesAfterProblem);
  const rest = lines.slice(at + linesAfterProblem).slice(-(linesShown - around.length - 1));
  return [...around, '…', ...rest];
}
