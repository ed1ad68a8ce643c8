import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';
import { evidenceOf } from './evidence.ts';
import type { FileFault } from './file-rules.ts';

/** A problem for each category and level, errors first; it is about its first path, and lists all. */
export function problemsOfFaults(faults: readonly FileFault[]): readonly Problem[] {
  const groups = new Map<string, FileFault[]>();
  for (const fault of faults.toSorted((a, b) => (a.level === b.level ? 0 : a.level === 'error' ? -1 : 1))) {
    const key = `${fault.level} ${fault.category}`;
    groups.set(key, [...(groups.get(key) ?? []), fault]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return [
      {
        category: first.category,
        message: `${inertLine(first.path)}: ${inertLine(first.how)}${more}`,
        cure: first.cure,
        ...(first.path.startsWith('/') ? { subject: { kind: 'path', path: first.path } } : {}),
        evidence: evidenceOf(group.map(({ path, how, cure }) => ({ line: `${inertLine(path)}: ${inertLine(how)}`, cure }))),
        ...(first.level === 'warning' ? { level: 'warning' } : {}),
      } as const,
    ];
  });
}
