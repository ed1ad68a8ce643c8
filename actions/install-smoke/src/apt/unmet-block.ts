import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';

/** A line of apt's list of what excludes an installation. */
export interface Unmet {
  readonly package: string;
  /** `Depends`, `Conflicts`, `Breaks`, … */
  readonly field: string;
  readonly text: string;
}

/**
 * Reads what apt prints after `The following packages have unmet dependencies:`, in all versions from 2.2 to 3.3:
 * ` hello : Depends: libfoo (>= 2) but it is not installable or`, whose further lines are indented.
 */
export function unmetBlock(output: string): readonly Unmet[] {
  const lines = output.split('\n');
  const start = lines.findIndex((line) => line.includes('have unmet dependencies'));
  if (start < 0) return [];
  const found: Unmet[] = [];
  let owner = '';
  for (const line of lines.slice(start + 1)) {
    if (!line.startsWith(' ')) break;
    const [, name, field, text] = /^ +(?:(\S+) : )?(?:([A-Z][A-Za-z-]*): )?(.*)$/.exec(line) ?? [];
    if (name !== undefined) owner = name.replace(/:[a-z0-9-]+$/, '');
    const last = found.at(-1);
    if (field !== undefined) found.push({ package: owner, field, text: text?.trim() ?? '' });
    else if (last !== undefined) found[found.length - 1] = { ...last, text: `${last.text} ${text?.trim() ?? ''}` };
  }
  return found;
}

/** The list as problems, where the control files of our packages alone do not explain it; `own`: their names. */
export function blockProblems(list: readonly Unmet[], own: ReadonlySet<string>): readonly Problem[] {
  return list.map(({ package: name, field, text }) => {
    const excludes = field === 'Conflicts' || field === 'Breaks';
    const word = /^[a-z0-9][a-z0-9+.-]*/.exec(text)?.[0];
    return {
      category: excludes ? 'conflict' : 'missing-dependency',
      message: inertLine(`dependencies cannot be satisfied: ${name} has ${field}: ${text}`),
      ...(own.has(name) && word !== undefined ? { subject: { kind: 'field', package: name, field, word } as const } : {}),
    };
  });
}
