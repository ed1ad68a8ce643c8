import type { Leg } from './leg.ts';

/** More of them would be no sentence any more. */
const namedProblems = 3;

/** Whether everything was built and passed its checks. */
export function isComplete(legs: readonly Leg[]): boolean {
  return legs.every(({ digest, failed, stage }) => digest !== undefined && failed.length === 0 && stage === 'success');
}

/** One sentence on all jobs, for people. `versions` are source packages and versions, known when everything was built. */
export function sentenceOf(legs: readonly Leg[], versions: readonly string[] = []): string {
  const problems = legs.flatMap((leg) => problemOf(leg) ?? []);
  if (problems.length === 0 && !isComplete(legs)) return 'A job failed after its checks had passed: look at its last steps.';
  if (problems.length === 0) return `Built, linted and tried: ${shortList(versions, 'packages')} for ${targetsOf(legs)}.`;
  const more = problems.length - namedProblems;
  const named = problems.slice(0, namedProblems).join('; ');
  const rest = more > 0 ? `; and ${more} more` : '';
  const passed = legs.length - problems.length;
  return `${named}${rest}${legs.length === 1 ? '' : `; ${passed} of ${legs.length} jobs passed`}.`;
}

/** undefined when it built, and its checks passed. */
function problemOf({ package: name, distribution, architecture, digest, failed, stage }: Leg): string | undefined {
  const place = `${name} for ${distribution} ${architecture}`;
  if (digest !== undefined) return failed.length === 0 ? undefined : `${place}: ${failed.join(' and ')} failed`;
  if (stage === 'skipped') return `${place} was not built, since a package before it failed`;
  if (stage === 'cancelled') return `${place} was cancelled`;
  return `${place} did not build`;
}

/** `debian:12 amd64 and arm64, ubuntu:22.04 amd64` */
function targetsOf(legs: readonly Leg[]): string {
  const groups = Map.groupBy(legs, ({ distribution }) => distribution);
  return shortList(
    [...groups].map(
      ([distribution, group]) => `${distribution} ${[...new Set(group.map(({ architecture }) => architecture))].sort().join(' and ')}`,
    ),
    'distributions',
  );
}

function shortList(items: readonly string[], what: string): string {
  return items.length > 4 ? `${items.length} ${what}` : items.join(', ');
}
