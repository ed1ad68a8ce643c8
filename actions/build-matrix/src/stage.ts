import type { Job } from './job.ts';
import type { SourcePackage } from './source-package.ts';

/** The order between packages of one plan. */
export interface Stages {
  /** From 1; a package is built in a later stage than every one it is built with. */
  readonly stageOf: ReadonlyMap<SourcePackage, number>;
  /** The packages that one is built with, directly or by others. */
  readonly neededBy: ReadonlyMap<SourcePackage, ReadonlySet<SourcePackage>>;
  /** Sentences: orders that cannot be kept. */
  readonly skipped: readonly string[];
}

/**
 * Each package after those whose binary packages it is built with. Where packages need each other in a circle, the one with the fewest
 * open needs goes first with what the archive has, and that is said. The order of the list does not matter.
 */
export function stagesOf(packages: readonly SourcePackage[]): Stages {
  const waiting = new Map(byName(packages).map((one) => [one, new Set(packages.filter((other) => other !== one && uses(one, other)))]));
  const stageOf = new Map<SourcePackage, number>();
  const neededBy = new Map<SourcePackage, ReadonlySet<SourcePackage>>();
  const skipped: string[] = [];
  for (let stage = 1; waiting.size > 0; stage++) {
    const ready = [...waiting].filter(([, needs]) => [...needs].every((other) => stageOf.has(other)));
    const next = ready.length > 0 ? ready : broken(waiting, stageOf, skipped);
    for (const [one, needs] of next) {
      const built = [...needs].filter((other) => stageOf.has(other));
      neededBy.set(one, new Set(built.flatMap((other) => [...(neededBy.get(other) ?? []), other])));
    }
    for (const [one] of next) {
      stageOf.set(one, stage);
      waiting.delete(one);
    }
  }
  return { stageOf, neededBy, skipped };
}

type Waiting = ReadonlyMap<SourcePackage, ReadonlySet<SourcePackage>>;

function broken(
  waiting: Waiting,
  done: ReadonlyMap<SourcePackage, number>,
  skipped: string[],
): readonly (readonly [SourcePackage, ReadonlySet<SourcePackage>])[] {
  const open = (needs: ReadonlySet<SourcePackage>): SourcePackage[] => byName([...needs].filter((other) => !done.has(other)));
  const [first] = [...waiting].sort(([, a], [, b]) => open(a).length - open(b).length);
  if (first === undefined) return [];
  const [one, needs] = first;
  skipped.push(
    `that ${one.name} is built after ${open(needs)
      .map(({ name }) => name)
      .join(' and ')}: they need each other, so its build takes what the archive has`,
  );
  return [first];
}

const uses = (one: SourcePackage, other: SourcePackage): boolean => one.buildDepends.some((name) => other.binaries.includes(name));

const byName = (packages: readonly SourcePackage[]): SourcePackage[] =>
  packages.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

/** What a job builds is in the fields that `stagedJobs` adds to it. */
export type UnstagedJob = Omit<Job, 'stage' | 'smoke' | 'needs'>;

/** The jobs with their stages, and the artifacts of earlier jobs that each needs. */
export function stagedJobs(jobs: readonly UnstagedJob[], { stageOf, neededBy }: Stages): readonly Job[] {
  const packages = new Map([...stageOf.keys()].map((one) => [one.name, one]));
  const used = jobs.map((job) => {
    const own = packages.get(job.package);
    const needed = new Set([...((own && neededBy.get(own)) ?? [])].map(({ name }) => name));
    return { job, own, others: jobs.filter((other) => needed.has(other.package) && isUsedBy(other, job)) };
  });
  return used.map(({ job, own, others }) => {
    const triedWith = used.some((later) => later.others.includes(job) && isTriedWith(job, later.job));
    return {
      ...job,
      stage: (own && stageOf.get(own)) ?? 1,
      smoke: !triedWith,
      needs: patternOf(others.map(({ artifact }) => artifact).sort()),
    };
  });
}

/** What the configuration says of trying packages is about all that are installed together, so what others need is tried with these. */
const isTriedWith = (job: UnstagedJob, later: UnstagedJob): boolean =>
  job.distribution === later.distribution && job.architecture === later.architecture;

/** Libraries of the architecture, packages for every one, and for a cross build, which happens on amd64, tools that run there. */
function isUsedBy(other: UnstagedJob, job: UnstagedJob): boolean {
  if (other.distribution !== job.distribution) return false;
  const crosses = job.strategy === 'cross' || job.strategy === 'auto';
  return other.architecture === job.architecture || other['build-all'] || (crosses && other.architecture === 'amd64');
}

/** As actions/download-artifact takes it: braces around a single name would be read as they are. */
function patternOf(names: readonly string[]): string {
  return names.length > 1 ? `{${names.join(',')}}` : (names[0] ?? '');
}
