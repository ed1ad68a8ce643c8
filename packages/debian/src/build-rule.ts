import { plainLine } from './compiler-message.ts';
import { type BuildCategory, type FailureId, type KnownFailure, knownFailure } from './known-failure.ts';

export type { BuildCategory, FailureId } from './known-failure.ts';

export interface LogPosition {
  /** As in the log: relative to the folder the tool ran in, or absolute. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface BuildProblem {
  /** Its entry in the table of known failures. */
  readonly failure: FailureId;
  readonly category: BuildCategory;
  /** One line, raw. */
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The place is not the tool's: it is the rule of make that ran it. */
  readonly byRule?: true;
}

/** A problem in a log. */
export interface FoundProblem extends BuildProblem {
  /** Index of the line that states it. */
  readonly at: number;
}

const longestMessage = 1000;

/** Trimmed, and cut at 1000 characters. */
export function shortMessage(text: string): string {
  return text.trim().slice(0, longestMessage);
}

/** A problem of the table; a place without a file is none. */
export function problemOf(failure: FailureId, message: string, { file, line, column }: LogPosition = {}): BuildProblem {
  return {
    failure,
    category: knownFailure(failure).category,
    message: shortMessage(message),
    ...(file === undefined ? {} : { file }),
    ...(file === undefined || line === undefined ? {} : { line }),
    ...(file === undefined || column === undefined ? {} : { column }),
  };
}

/** Says which of some known failures a line of a log states. */
export type Matcher = (lines: readonly string[], index: number) => BuildProblem | undefined;

/** Tries the patterns of a part of the table in their order. */
export function matcherOf(failures: Readonly<Partial<Record<FailureId, KnownFailure>>>): Matcher {
  const rules = Object.keys(failures)
    .filter((id): id is FailureId => Object.hasOwn(failures, id))
    .flatMap((id) => (failures[id]?.patterns ?? []).map((pattern) => ({ id, pattern })));
  return (lines, index) => {
    const line = plainLine(lines[index] ?? '');
    for (const { id, pattern } of rules) {
      const match = pattern.exec(line);
      if (match === null) continue;
      const { message = line, file, line: at, column } = match.groups ?? {};
      return problemOf(id, continued(message, lines[index + 1]), { file, line: numberOf(at), column: numberOf(column) });
    }
    return undefined;
  };
}

/** A message that ends with a colon goes on in the next line, where that is indented. */
function continued(message: string, next: string | undefined): string {
  const more = plainLine(next ?? '');
  return message.endsWith(':') && /^\s+\S/.test(more) ? `${message} ${more.trim()}` : message;
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
