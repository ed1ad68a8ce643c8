import { CommandError, type ErrorCode, firstErrorOf, laterErrorsOf, UserError } from './errors.ts';
import { inertLine, inertText } from './inert.ts';

export interface Report {
  readonly code: ErrorCode | 'BUG';
  /** `debian/control:12:3: what is wrong`; inert. */
  readonly headline: string;
  /** What follows: last lines of a command, the cure, where to read more. Inert, several lines. */
  readonly details: string;
  /** What to do next; inert, one line. */
  readonly cure: string;
}

/** Turns any error into what a user reads: a mistake gets its place and cure and no stack, a bug its stack. */
export function reportError(thrown: unknown): Report {
  const error = firstErrorOf(thrown);
  const later = laterErrorsOf(thrown).map((problem) => `Afterwards, while cleaning up: ${inertLine(messageOf(problem))}`);
  return error instanceof UserError ? reportMistake(error, later) : reportBug(error, later);
}

function reportMistake(error: UserError, later: readonly string[]): Report {
  const lines: string[] = [];
  if (error instanceof CommandError && error.failure.lastLines.length > 0) {
    lines.push(
      `The last lines of ${inertLine(error.failure.argv[0] ?? 'the command')}:`,
      ...error.failure.lastLines.map((line) => `  ${inertLine(line)}`),
    );
  }
  // A message that was made of its cause holds it: that says nothing more.
  const causes = causesOf(error).filter((cause) => !error.message.includes(inertLine(cause)));
  for (const cause of causes) lines.push(`Because: ${inertLine(cause)}`);
  const cure = inertLine(error.cure);
  lines.push(...later, `What to do: ${cure}`);
  return { code: error.code, headline: `${placeWords(error)}${inertText(error.message)}`, details: lines.join('\n'), cure };
}

function reportBug(error: unknown, later: readonly string[]): Report {
  const cure = 'Please report it with the lines above: see SECURITY.md for anything secret, the issue tracker for the rest.';
  return {
    code: 'BUG',
    headline: `this is a bug of release-kit: ${inertLine(messageOf(error))}`,
    details: [inertText(stackOf(error)), ...causesOf(error).map((cause) => `Because: ${inertLine(cause)}`), ...later, cure].join('\n'),
    cure,
  };
}

function placeWords({ place }: UserError): string {
  if (place === undefined) return '';
  const parts = [inertLine(place.file), place.line, place.line === undefined ? undefined : place.column];
  return `${parts.filter((part) => part !== undefined).join(':')}: `;
}

// By shape, not by class: errors of Node may come from another realm.
function textField(error: unknown, field: 'message' | 'stack'): string | undefined {
  if (typeof error !== 'object' || error === null || !(field in error)) return undefined;
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : undefined;
}

function messageOf(error: unknown): string {
  return textField(error, 'message') ?? String(error);
}

function stackOf(error: unknown): string {
  return textField(error, 'stack') ?? messageOf(error);
}

function causesOf(error: unknown): string[] {
  const causes: string[] = [];
  let at: unknown = error;
  while (typeof at === 'object' && at !== null && 'cause' in at && at.cause !== undefined && causes.length < 5) {
    causes.push(messageOf(at.cause));
    at = at.cause;
  }
  return causes;
}
