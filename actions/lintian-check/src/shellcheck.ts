import { UserError } from '@release-kit/action';
import type { Severity } from '@release-kit/debian';
import { generatedLines } from './maintainer-script.ts';
import { shellcheckExplanation } from './shellcheck-rule.ts';
import { hintAt, type ReadSubject, type SideHint, type SideReport } from './side-report.ts';

/** shellcheck(1), SEVERITY. */
const severityOf: ReadonlyMap<unknown, Severity> = new Map([
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'info'],
  ['style', 'pedantic'],
]);

/**
 * Reads the report of `shellcheck --format=json1`: `comments[]` with file, line, level, code, message. What it says of lines that
 * debhelper wrote is masked: no author can act on it. Throws E_LINT_INCOMPLETE naming the field.
 *
 * @param subjects by the name that shellcheck was given
 */
export function readShellcheck(json: string, subjects: ReadonlyMap<string, ReadSubject>): SideReport {
  const generated = new Map([...subjects].map(([name, { text }]) => [name, generatedLines(text)]));
  const hints: SideHint[] = [];
  for (const [index, comment] of commentsOf(json).entries()) {
    const field = (name: string): unknown => (isRecord(comment) ? comment[name] : undefined);
    const [file, line, code, message] = [field('file'), field('line'), field('code'), field('message')];
    const severity = severityOf.get(field('level'));
    const subject = typeof file === 'string' ? subjects.get(file) : undefined;
    if (subject === undefined) throw broken(`comments[${index}].file`);
    if (!isCount(line)) throw broken(`comments[${index}].line`);
    if (!isCount(code)) throw broken(`comments[${index}].code`);
    if (typeof message !== 'string') throw broken(`comments[${index}].message`);
    if (severity === undefined) throw broken(`comments[${index}].level`);
    const cited = citedLine(subject.text, line);
    const note = cited === '' ? message : `${message} “${cited}”`;
    const masked = generated.get(subject.name)?.has(line) === true;
    hints.push(hintAt('shellcheck', subject, { tag: `SC${code}`, severity, note, line, masked }));
  }
  return { hints, unread: [], explanations: new Map(hints.map(({ hint: { tag } }) => [tag, shellcheckExplanation(tag)])) };
}

/**
 * The line itself, without blanks around it: it tells findings with the same words apart when lines move, and is found again in the
 * script that debhelper put its own lines into. '' for one that is too long to be shown.
 */
function citedLine(text: string, line: number): string {
  const cited = text.split('\n')[line - 1]?.trim() ?? '';
  return cited.length > 120 ? '' : cited;
}

function commentsOf(json: string): readonly unknown[] {
  try {
    const report: unknown = JSON.parse(json);
    const comments = isRecord(report) ? report['comments'] : undefined;
    if (Array.isArray(comments)) return comments;
  } catch (cause) {
    throw new UserError('E_LINT_INCOMPLETE', 'the report of shellcheck is not JSON', { cause });
  }
  throw broken('comments');
}

function broken(where: string): UserError {
  return new UserError('E_LINT_INCOMPLETE', `the report of shellcheck cannot be used: ${where} is not what it must be`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
