import { codeSpan, type Host, inertLine, UserError } from '@release-kit/action';
import type { Difference } from './equivalence.ts';

/** What was compared with what, in words. */
export interface Compared {
  /** `cross-compiled` */
  readonly left: string;
  /** `emulated` */
  readonly right: string;
  /** How many packages. */
  readonly packages: number;
}

const shownRows = 40;

/** For the page that people see first. */
export function equivalenceSummary(differences: readonly Difference[], { left, right, packages }: Compared): string {
  const head = '### Equivalent';
  const what = `${packages} ${packages === 1 ? 'package' : 'packages'}, ${left} and ${right}: files, modes, owners, links, fields, scripts, and what others see of programs and libraries`;
  if (differences.length === 0) return `${head}\n\nYes (${what}).\n`;
  const rows = differences
    .slice(0, shownRows)
    .map((each) => `| ${codeSpan(each.package)} | ${each.aspect} | ${codeSpan(each.what)} | ${side(each.left)} | ${side(each.right)} |`);
  const more = differences.length > shownRows ? [`| … | | ${differences.length - shownRows} more | | |`] : [];
  return [
    head,
    '',
    `No, ${differences.length} ${differences.length === 1 ? 'thing differs' : 'things differ'} (${what}).`,
    '',
    `| package | | what | ${left} | ${right} |`,
    '| --- | --- | --- | --- | --- |',
    ...rows,
    ...more,
    '',
  ].join('\n');
}

const side = (text: string | undefined): string => (text === undefined ? '—' : codeSpan(text.slice(0, 200)));

/** Says what was found; with `require` a difference is E_BUILD_EQUIVALENCE. Returns the output: `true` or `false`. */
export function reportEquivalence(
  host: Host,
  differences: readonly Difference[],
  compared: Compared,
  wanted: 'true' | 'require',
): 'true' | 'false' {
  host.summary.add(equivalenceSummary(differences, compared));
  const [first] = differences;
  if (first === undefined) {
    host.log.info(`equivalent: ${compared.packages} packages are the same to their users, ${compared.left} and ${compared.right}`);
    return 'true';
  }
  const more = differences.length === 1 ? '' : `, and ${differences.length - 1} more`;
  const message = inertLine(
    `${first.package} differs ${compared.left} and ${compared.right}: ${first.aspect} ${first.what}: ${first.left ?? 'missing'} and ${first.right ?? 'missing'}${more}`,
  );
  if (wanted === 'require') throw new UserError('E_BUILD_EQUIVALENCE', message);
  host.annotate({ level: 'warning', title: 'not equivalent', message });
  return 'false';
}
