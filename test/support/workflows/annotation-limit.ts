import type { LoggedAnnotation } from '../runner/index.ts';

/** GitHub shows so many annotations of each level of a step. */
export const mostOfLevel = 10;

/** What is shown of a step's annotations, and how many are not. */
export function shownAnnotations(all: readonly LoggedAnnotation[]): {
  readonly annotations: readonly LoggedAnnotation[];
  readonly hiddenAnnotations: number;
} {
  const seen = new Map<string, number>();
  const annotations = all.filter(({ level }) => {
    const count = (seen.get(level) ?? 0) + 1;
    seen.set(level, count);
    return count <= mostOfLevel;
  });
  return { annotations, hiddenAnnotations: all.length - annotations.length };
}
