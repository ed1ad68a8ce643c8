import { CommandError, type ErrorCode, UserError } from './errors.ts';
import { inertLine, inertText } from './inert.ts';

export interface Report {
  readonly code: ErrorCode | 'BUG';
  /** `debian/control:12:3: what is wrong` */
  readonly headline: string;
  /** What follows: last lines of a command, the cure, where to read more. Inert, several lines. */
  readonly details: string;
}

/** Turns any error into what a user reads: a mistake gets its place and cure and no stack, a bug its stack. */
export function reportError(error: unknown): Report {
  if (!(error instanceof UserError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      code: 'BUG',
      headline: `this is a bug of release-kit: ${inertLine(error instanceof Error ? error.message : String(error))}`,
      details: `${inertText(stack)}\nPlease report it with the lines above: see SECURITY.md for anything secret, the issue tracker for the rest.`,
    };
  }
  const place =
    error.place === undefined
      ? ''
      : `${[error.place.file, error.place.line, error.place.column]
          .filter((part) => part !== undefined)
          .map((part) => inertLine(String(part)))
          .join(':')}: `;
  const lines: string[] = [];
  if (error instanceof CommandError && error.failure.lastLines.length > 0) {
    lines.push(
      `The last lines of ${inertLine(error.failure.argv[0] ?? 'the command')}:`,
      ...error.failure.lastLines.map((line) => `  ${line}`),
    );
  }
  for (const cause of causesOf(error)) lines.push(`Because: ${inertLine(cause)}`);
  lines.push(`What to do: ${inertText(error.cure)}`);
  return { code: error.code, headline: `${place}${inertText(error.message)}`, details: lines.join('\n') };
}

function causesOf(error: Error): string[] {
  const causes: string[] = [];
  let cause: unknown = error.cause;
  while (cause instanceof Error && causes.length < 5) {
    causes.push(cause.message);
    cause = cause.cause;
  }
  return causes;
}
