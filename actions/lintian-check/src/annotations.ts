import { type Annotation, type AnnotationLevel, maxPerLevel } from '@release-kit/action';
import type { Explanations } from './explanation.ts';
import { annotationLevel, severityRank } from './finding.ts';
import { messageOf, titleOf } from './finding-text.ts';
import type { Placed } from './placed.ts';

/** What is shown as annotations: new before old, lines that the pull request changed before others, then the gravest, else in order. */
export function rankShown(placed: readonly Placed[]): readonly Placed[] {
  return placed.filter((one) => shownLevel(one) !== undefined).toSorted(compareShown);
}

function compareShown(a: Placed, b: Placed): number {
  return age(a) - age(b) || distance(a) - distance(b) || severityRank(a.finding) - severityRank(b.finding);
}

const age = ({ standing }: Placed): number => (standing === 'existing' ? 1 : 0);
const distance = ({ changed }: Placed): number => (changed === true ? 0 : 1);

/** As loud as its severity; but nobody is blamed for what was there before, unless the step fails for it. */
function shownLevel({ finding, standing, fails }: Placed): AnnotationLevel | undefined {
  const level = annotationLevel(finding);
  return level !== undefined && standing === 'existing' && fails !== true ? 'notice' : level;
}

export interface Choice {
  readonly chosen: readonly Placed[];
  /** For these GitHub has no room: it drops what is above ten of a level in one step, without a word. */
  readonly rest: readonly Placed[];
}

/**
 * The first of each level. One error is kept for the sentence that ends the step, and when something is left over one notice, which says so.
 *
 * @param ranked as `rankShown` gives them
 * @param notices how many notices went out before
 */
export function chooseAnnotated(ranked: readonly Placed[], notices = 0): Choice {
  const choice = choose(ranked, maxPerLevel - notices);
  return choice.rest.length === 0 ? choice : choose(ranked, maxPerLevel - notices - 1);
}

function choose(ranked: readonly Placed[], notices: number): Choice {
  const room: Record<AnnotationLevel, number> = { error: maxPerLevel - 1, warning: maxPerLevel, notice: notices };
  const chosen = ranked.filter((placed) => {
    const level = shownLevel(placed);
    if (level === undefined || room[level] <= 0) return false;
    room[level] -= 1;
    return true;
  });
  const taken = new Set(chosen);
  return { chosen, rest: ranked.filter((placed) => !taken.has(placed)) };
}

/** The annotation of one finding; undefined for what is not shown. */
export function annotationOf(placed: Placed, explanations: Explanations): Annotation | undefined {
  const { finding, location } = placed;
  const level = shownLevel(placed);
  if (level === undefined) return undefined;
  return { level, title: titleOf(finding), message: messageOf(placed, explanations.get(finding.hint.tag)), ...location?.place };
}

/** `12 more findings (2 errors, 10 notices) are in the summary: https://…`; the page is known on a runner. */
export function restAnnotation(rest: readonly Placed[], page: string | undefined): Annotation | undefined {
  if (rest.length === 0) return undefined;
  const levels = (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const count = rest.filter((one) => shownLevel(one) === level).length;
    return count === 0 ? [] : [`${count} ${level}${count === 1 ? '' : 's'}`];
  });
  const count = rest.length === 1 ? 'one more finding' : `${rest.length} more findings`;
  const where = page === undefined ? 'in the log and in the summary' : `in the summary: ${page}`;
  return { level: 'notice', title: `lintian: ${count}`, message: `${levels.join(', ')} more ${rest.length === 1 ? 'is' : 'are'} ${where}` };
}
