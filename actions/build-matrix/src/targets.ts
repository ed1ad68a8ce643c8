import { matches, nearest, UserError } from '@release-kit/action';
import type { Config, MatrixChoice, MatrixInclude } from '@release-kit/config';
import { parseDistribution } from '@release-kit/debian';
import { covers, missingFrom } from './architecture-choice.ts';
import type { SourcePackage } from './source-package.ts';

/** One combination that is to be built. */
export interface Target {
  readonly package: SourcePackage;
  readonly distribution: string;
  readonly architecture: string;
  /** The last entry of `matrix.include` that is about it. */
  readonly include: MatrixInclude | undefined;
}

export interface TargetRequest {
  readonly packages: readonly SourcePackage[];
  /** Names as `parseDistribution` gives them; undefined leaves it to the configuration. */
  readonly distributions: readonly string[] | undefined;
  readonly architectures: readonly string[] | undefined;
  readonly config: Config;
}

export interface Targets {
  readonly targets: readonly Target[];
  /** Sentences: what was asked for but cannot be, and why. */
  readonly skipped: readonly string[];
}

/**
 * Every package for each of its distributions and architectures, without the excluded ones and with the included ones. A choice of the
 * configuration that is about nothing is E_CONFIG: it was written for a name that has changed, or is mistyped.
 */
export function targetsOf(request: TargetRequest): Targets {
  const { packages, config } = request;
  const listed = packages.flatMap((one) => combinations(one, request));
  const known = { ...request, distributions: undefined, architectures: undefined };
  const all = [...listed, ...packages.flatMap((one) => combinations(one, known))];
  for (const [index, choice] of config.matrix.exclude.entries()) refuseIdle(choice, `matrix.exclude[${index}]`, all, config);
  for (const [index, choice] of config.matrix.include.entries()) {
    const added = packages.flatMap((one) => addedBy(choice, one, known));
    refuseIdle(choice, `matrix.include[${index}]`, [...all, ...added], config);
  }

  const targets = new Map<string, Target>();
  const keyOf = ({ package: one, distribution, architecture }: Target): string => `${one.name} ${distribution} ${architecture}`;
  for (const target of listed) if (!config.matrix.exclude.some((choice) => chosen(choice, target))) targets.set(keyOf(target), target);
  for (const include of config.matrix.include) {
    for (const target of packages.flatMap((one) => addedBy(include, one, request))) {
      // Several entries add up: one may name the runner, another the strategy.
      const before = targets.get(keyOf(target))?.include;
      const both = { ...include, strategy: include.strategy ?? before?.strategy, runner: include.runner ?? before?.runner };
      targets.set(keyOf(target), { ...target, include: both });
    }
  }
  return possible([...targets.values()]);
}

function combinations(one: SourcePackage, { distributions, architectures, config }: TargetRequest): readonly Target[] {
  const builtFor = architectures ?? one.config?.architectures ?? config.architectures;
  return (distributions ?? one.config?.distributions ?? config.distributions).flatMap((distribution) =>
    builtFor.map((architecture) => ({ package: one, distribution, architecture, include: undefined })),
  );
}

/** Names are taken as they are, wildcards from what is listed. What the inputs name limits both. */
function addedBy(choice: MatrixInclude, one: SourcePackage, request: TargetRequest): readonly Target[] {
  if (!matches(choice.package, one.name)) return [];
  const { config } = request;
  const names = (pattern: string, asked: readonly string[] | undefined, listed: readonly string[]): readonly string[] =>
    !isPattern(pattern) && asked === undefined ? [pattern] : (asked ?? listed).filter((name) => matches(pattern, name));
  const builtFor = names(choice.architecture, request.architectures, one.config?.architectures ?? config.architectures);
  return names(choice.distribution, request.distributions, one.config?.distributions ?? config.distributions).flatMap((distribution) =>
    builtFor.map((architecture) => ({ package: one, distribution, architecture, include: choice })),
  );
}

const isPattern = (text: string): boolean => /[*?]/.test(text);

function chosen(choice: MatrixChoice, { package: one, distribution, architecture }: Target): boolean {
  return matches(choice.package, one.name) && matches(choice.distribution, distribution) && matches(choice.architecture, architecture);
}

const keys = ['package', 'distribution', 'architecture'] as const;

function refuseIdle(choice: MatrixChoice, name: string, all: readonly Target[], config: Config): void {
  if (all.some((target) => chosen(choice, target))) return;
  const namesOf = (key: (typeof keys)[number]): readonly string[] => [
    ...new Set(all.map((target) => (key === 'package' ? target.package.name : target[key]))),
  ];
  const wrong = keys.find((key) => !namesOf(key).some((text) => matches(choice[key], text)));
  const place = config.place(wrong === undefined ? name : `${name}.${wrong}`) ?? config.place(name);
  const where = place === undefined ? {} : { place };
  if (wrong === undefined) throw new UserError('E_CONFIG', `${name} matches nothing: no job is for all that it names`, where);
  const near = nearest(choice[wrong], namesOf(wrong));
  const hint = near === undefined ? `there are ${namesOf(wrong).slice(0, 20).join(', ')}` : `did you mean ${near}?`;
  throw new UserError('E_CONFIG', `${name} matches nothing: no job is for the ${wrong} ${JSON.stringify(choice[wrong])}; ${hint}`, where);
}

/** Leaves out what a package or a distribution does not have, with one sentence for each. */
function possible(targets: readonly Target[]): Targets {
  const skipped = new Set<string>();
  const left = targets.filter((target) => {
    const sentence = whyNot(target);
    if (sentence !== undefined) skipped.add(sentence);
    return sentence === undefined;
  });
  return { targets: left, skipped: [...skipped].sort() };
}

function whyNot({ package: one, distribution, architecture }: Target): string | undefined {
  const words = one.architectures;
  const independent = words.every((word) => word === 'all');
  if (!independent && !words.some((word) => covers(word, architecture)))
    return `${one.name} for ${architecture}: its packages are for ${words.join(', ')}`;
  const reason = missingFrom(parseDistribution(distribution), architecture);
  return reason === undefined ? undefined : `${one.name} for ${distribution} ${architecture}: ${reason}`;
}
