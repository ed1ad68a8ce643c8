import { UserError } from '@release-kit/action';
import type { Hint, HintType, Pointer } from '@release-kit/debian';
import { type Finding, type Severity, type Status, tools } from './finding.ts';

/** The findings of an earlier run. */
export interface PastReport {
  readonly findings: readonly Finding[];
}

/**
 * Reads the JSON report of an earlier run, as far as findings are recognised by it; fields that it does not know are let pass, so that a newer
 * report can be compared with. Throws E_BASELINE naming the field.
 */
export function readPastReport(value: unknown, file: string): PastReport {
  const broken = (where: string, what: string): UserError =>
    new UserError('E_BASELINE', `the report cannot be used: ${where} ${what}`, {
      place: { file },
      cure: 'Name a JSON report that lintian-check wrote (input report), or packages.',
    });
  const field = (record: unknown, name: string): unknown =>
    typeof record === 'object' && record !== null && Object.hasOwn(record, name) ? Reflect.get(record, name) : undefined;
  const text = (record: unknown, name: string, where: string): string => {
    const found = field(record, name);
    if (typeof found !== 'string') throw broken(`${where}.${name}`, 'must be a text');
    return found;
  };
  const word = <const T extends string>(record: unknown, name: string, where: string, known: readonly T[]): T => {
    const found = text(record, name, where);
    const match = known.find((one) => one === found);
    if (match === undefined) throw broken(`${where}.${name}`, `must be one of ${known.join(', ')}`);
    return match;
  };
  const pointerOf = (record: unknown, where: string): Pointer | undefined => {
    const pointer = field(record, 'pointer');
    return pointer === undefined || pointer === null
      ? undefined
      : { path: text(pointer, 'path', `${where}.pointer`), index: undefined, line: undefined };
  };
  const findingOf = (record: unknown, where: string): Finding => {
    const status = word(record, 'status', where, statuses);
    const pointer = pointerOf(record, where);
    const hint: Hint = {
      tag: text(record, 'tag', where),
      package: text(record, 'package', where),
      type: word(record, 'type', where, types),
      severity: word(record, 'severity', where, severities),
      experimental: field(record, 'experimental') === true,
      overridden: status === 'overridden',
      masked: status === 'masked',
      note: text(record, 'note', where),
      ...(pointer === undefined ? {} : { pointer }),
    };
    const tool = field(record, 'tool') === undefined ? 'lintian' : word(record, 'tool', where, tools);
    // Reports of the first days do not name the file: then all of a package count as one.
    const name = field(record, 'file');
    return { tool, hint, status, distribution: text(record, 'distribution', where), file: typeof name === 'string' ? name : '' };
  };
  if (field(value, 'schema') !== 1) throw broken('schema', 'must be 1');
  const findings = field(value, 'findings');
  if (!Array.isArray(findings)) throw broken('findings', 'must be a list');
  return { findings: findings.map((one: unknown, index) => findingOf(one, `findings[${index}]`)) };
}

const statuses = ['open', 'overridden', 'masked'] as const satisfies readonly Status[];
const types = ['binary', 'udeb', 'source', 'changes', 'buildinfo'] as const satisfies readonly HintType[];
const severities = ['error', 'warning', 'info', 'pedantic', 'classification'] as const satisfies readonly Severity[];
