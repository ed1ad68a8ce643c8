import { type Annotation, CommandError, type ErrorCode, type Host, inertLine } from '@release-kit/action';
import { type BuildProblem, findBuildProblem, findCompilerMessages } from '@release-kit/debian';
import { sourcePlace, type TreePlaces } from './source-place.ts';

/** GitHub shows ten of a kind per step; the error itself is one of them. */
const annotationsPerLevel = 9;

type Category = BuildProblem['category'];

export function codeOf(category: Category): ErrorCode {
  switch (category) {
    case 'compile':
      return 'E_BUILD_COMPILE';
    case 'depends':
      return 'E_BUILD_DEPENDS';
    case 'test':
      return 'E_BUILD_TEST';
    case 'network':
      return 'E_BUILD_NETWORK';
    case 'disk':
    case 'other':
      return 'E_BUILD';
  }
}

function cureOf(category: Category): string | undefined {
  return category === 'disk' ? 'Free space on the disk that holds temporary files and the cache, then build again.' : undefined;
}

/** Reads from the log why a build failed; the error stands at the source line where one is known. */
export async function buildFailure(
  lines: readonly string[],
  exitCode: number | null,
  argv: readonly string[],
  where: TreePlaces,
): Promise<CommandError> {
  const failure = { argv, exitCode, signal: null, lastLines: lines.slice(-15).map(inertLine) };
  const problem = findBuildProblem(lines);
  if (problem === undefined) return new CommandError('E_BUILD', `dpkg-buildpackage ended with exit code ${exitCode}`, failure);
  const { category, message } = problem;
  const { file, line, column } = problem.file === undefined ? makeRule(message) : problem;
  const place = file === undefined ? undefined : await sourcePlace({ file, line, column }, lines, where);
  const cure = cureOf(category);
  // A place that is not in the checkout is still worth words.
  const prefix = problem.file !== undefined && place === undefined ? `${file}${line === undefined ? '' : `:${line}`}: ` : '';
  return new CommandError(codeOf(category), inertLine(`${prefix}${message}`), failure, {
    ...(place === undefined ? {} : { place }),
    ...(cure === undefined ? {} : { cure }),
  });
}

/** `make[1]: *** [debian/rules:13: build] Error 1` names the rule that failed, which is better than no place. */
function makeRule(message: string): { readonly file?: string; readonly line?: number; readonly column?: number } {
  const [, file, line] = /^\S*make(?:\[\d+\])?: \*\*\* \[([^\s:\]]+):(\d{1,7}): /.exec(message) ?? [];
  return file === undefined ? {} : { file, line: Number(line) };
}

/**
 * Shows what the compiler said at its source lines, each once. `except` is the place that an error of ours already stands at.
 * Returns how many there were of each level.
 */
export async function annotateCompilerMessages(
  lines: readonly string[],
  where: TreePlaces,
  host: Host,
  except?: CommandError,
): Promise<{ readonly error: number; readonly warning: number }> {
  const count = { error: 0, warning: 0 };
  const seen = new Set<string>();
  for (const { level, file, line, column, message } of findCompilerMessages(lines)) {
    const key = `${level} ${file}:${line} ${message}`;
    if (seen.has(key)) continue;
    seen.add(key);
    count[level]++;
    if (count[level] > annotationsPerLevel) continue;
    const place = await sourcePlace({ file, line, column }, lines, where);
    if (place === undefined || isSamePlace(place, except)) continue;
    host.annotate({ level, title: `compiler ${level}`, message: inertLine(message), ...place } satisfies Annotation);
  }
  return count;
}

function isSamePlace(place: { readonly file: string; readonly line?: number }, error: CommandError | undefined): boolean {
  return error?.place?.file === place.file && error.place.line === place.line;
}
