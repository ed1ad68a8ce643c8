import { UserError } from '@release-kit/action';
import type { Severity } from '@release-kit/debian';
import type { Explanation } from './explanation.ts';
import { hintAt, type SideHint, type SideReport, type Subject } from './side-report.ts';

const severities: readonly Severity[] = ['error', 'warning', 'info', 'pedantic'];

/**
 * Reads the report of `appstreamcli validate --format=yaml` on one file: `Issues[]` with tag, severity, explanation, and line and hint
 * where they apply. Its text is not read, because a file's own words may look like its lines. Throws E_LINT_INCOMPLETE naming the field.
 */
export async function readAppstream(report: string, subject: Subject): Promise<SideReport> {
  const issues = await issuesOf(report);
  const hints: SideHint[] = [];
  const explanations = new Map<string, Explanation>();
  for (const [index, issue] of issues.entries()) {
    const field = (name: string): unknown => (isRecord(issue) ? issue[name] : undefined);
    const [tag, said, line, note, meaning] = [field('tag'), field('severity'), field('line'), field('hint'), field('explanation')];
    const severity = severities.find((known) => known === said);
    if (typeof tag !== 'string' || !/^[a-z0-9][a-z0-9-]*$/.test(tag)) throw broken(`Issues[${index}].tag`);
    if (severity === undefined) throw broken(`Issues[${index}].severity`);
    if (line !== undefined && !(typeof line === 'string' && /^[1-9][0-9]{0,8}$/.test(line))) throw broken(`Issues[${index}].line`);
    if (note !== undefined && typeof note !== 'string') throw broken(`Issues[${index}].hint`);
    const remark = { tag, severity, note: (note ?? '').trim(), line: line === undefined ? undefined : Number(line) };
    const hint = hintAt('appstreamcli', subject, remark);
    hints.push(hint);
    if (typeof meaning === 'string') explanations.set(hint.hint.tag, { meaning: meaning.trim(), references: [specification] });
  }
  return { hints, unread: [], explanations };
}

const specification = 'https://www.freedesktop.org/software/appstream/docs/';

async function issuesOf(report: string): Promise<readonly unknown[]> {
  const { parseDocument } = await import('yaml');
  // The failsafe schema knows only texts: a file whose name is `no` must not become a boolean.
  const document = parseDocument(report, { schema: 'failsafe', logLevel: 'silent' });
  if (document.errors.length > 0) throw new UserError('E_LINT_INCOMPLETE', 'the report of appstreamcli is not YAML');
  const content: unknown = document.toJS({ maxAliasCount: 0 });
  if (!isRecord(content) || (content['Passed'] !== 'yes' && content['Passed'] !== 'no')) throw broken('Passed');
  const issues = content['Issues'] ?? [];
  if (issues === '') return [];
  if (!Array.isArray(issues)) throw broken('Issues');
  return issues;
}

function broken(where: string): UserError {
  return new UserError('E_LINT_INCOMPLETE', `the report of appstreamcli cannot be used: ${where} is not what it must be`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
