import type { ReleaseStep, VersionRules } from '@release-kit/history';
import { type DrawnCommit, type DrawnHistory, reach } from './random-history.test-support.ts';

/** What the rules of docs/decisions/0024 say of a history, worked out in the slowest and plainest way. */
export interface NaiveRelease {
  readonly version: string;
  readonly bump: string;
  /** Version of what it is compared with. */
  readonly previous: string | undefined;
  /** How many commits came since, with what was taken back. */
  readonly count: number;
  /** What lasts of them. */
  readonly lasting: ReadonlySet<number>;
}

interface Version {
  readonly text: string;
  readonly core: string;
  /** Numbers that compare as the version does: the core, then 1 for a stable one, else 0, channel and number. */
  readonly key: readonly [number, number, number, number, string, number];
}

/** The release that the commit `end` would be; 'E_HISTORY' where there can be none. `tagged`: its own tag, when that is asked for. */
export function naiveRelease(
  history: DrawnHistory,
  end: number,
  tagged: string | undefined,
  step: ReleaseStep,
  rules: VersionRules,
): NaiveRelease | 'E_HISTORY' {
  const { commits } = history;
  const have = reach(commits, [end]);
  const tags = [...history.tags].map(([text, place]) => ({ ...versionOf(text), place }));
  const lower = tagged === undefined ? tags : tags.filter((tag) => compare(tag, versionOf(tagged)) < 0);
  const before = lower.filter(({ place }) => have.has(place));
  const elsewhere = lower.filter(({ place }) => !have.has(place));
  const since = (version: Version | undefined): ReadonlySet<number> => {
    const place = version === undefined ? undefined : history.tags.get(version.text);
    const old = reach(commits, place === undefined ? [] : [place]);
    return new Set([...have].filter((index) => !old.has(index)));
  };
  const told = (version: Version, bump: string, previous: Version | undefined): NaiveRelease => {
    const range = since(previous);
    return { version: version.text, bump, previous: previous?.text, count: range.size, lasting: lastingOf(commits, range) };
  };
  const most = (start: Version | undefined): DrawnCommit['asks'] => {
    const asked = [...lastingOf(commits, since(start))].map((index) => commits[index]?.asks);
    return order.find((each) => asked.includes(each)) ?? 'none';
  };

  const stable = greatest(before.filter(isStable));
  if (tagged !== undefined) {
    const version = versionOf(tagged);
    return told(version, bumpFrom(stable, version), baseline(version, before));
  }
  const newest = greatest(before);
  const announced = newest !== undefined && !isStable(newest) ? newest : undefined;
  const asked = most(stable);
  const counted = stable === undefined ? undefined : versionOf(grown(stable, asked, rules));
  const promised = announced === undefined ? undefined : versionOf(announced.core);
  const core = greatest([counted, promised].filter((each) => each !== undefined)) ?? versionOf(rules.first);
  const idle = (version: Version): NaiveRelease => told(version, 'none', version);
  const plan = (version: Version): NaiveRelease | 'E_HISTORY' => {
    if (newest !== undefined && compare(version, newest) <= 0) return 'E_HISTORY';
    if (elsewhere.some(({ text }) => text === version.text || text === version.core)) return 'E_HISTORY';
    return told(version, bumpFrom(stable, version), baseline(version, before));
  };

  if (step.kind === 'promotion') return promised === undefined || promised.text !== core.text ? 'E_HISTORY' : plan(promised);
  if (step.kind === 'stable') return stable !== undefined && asked === 'none' ? idle(stable) : plan(core);
  const goesOn = announced?.core === core.text && announced.key[4] === step.channel;
  if (goesOn && most(announced) === 'none') return idle(announced);
  if (stable !== undefined && announced === undefined && asked === 'none') return idle(stable);
  const numbers = [...before, ...elsewhere].filter((tag) => tag.core === core.text && tag.key[4] === step.channel).map(({ key }) => key[5]);
  return plan(versionOf(`${core.text}-${step.channel}.${Math.max(0, ...numbers) + 1}`));
}

/**
 * All releases of the commit `end`: each commit is in the lowest release that has it, where a release counts as low as the lowest one that has it. `order`: the
 * versions in the order of the log, the last one first where they count the same. `next`: the versions that `end` gets; `newest`: the greatest stable
 * version, below which no candidate is told; `previous`: what commits without a release are compared with.
 */
export function naiveReleases(
  { commits, tags }: DrawnHistory,
  end: number,
  next: readonly string[],
  newest: string | undefined,
  previous: string | undefined,
  order: readonly (string | undefined)[],
): readonly (Pick<NaiveRelease, 'count' | 'lasting' | 'previous'> & { readonly version: string | undefined })[] {
  const have = reach(commits, [end]);
  const told = [...tags, ...next.map((text) => [text, end] as const)]
    .map(([text, place]) => ({ ...versionOf(text), place }))
    .filter((tag) => have.has(tag.place) && (newest === undefined || isStable(tag) || compare(tag, versionOf(newest)) > 0))
    .sort(compare)
    .map((tag) => ({ ...tag, closure: reach(commits, [tag.place]) }));
  const lowness = (tag: { readonly place: number }): number => told.findIndex(({ closure }) => closure.has(tag.place));
  const first = [...told].sort((a, b) => lowness(a) - lowness(b) || order.indexOf(b.text) - order.indexOf(a.text));
  const left = new Set(have);
  const releases = first.map((tag) => {
    const { closure } = tag;
    const range = new Set([...closure].filter((index) => left.delete(index)));
    const before = told.filter(({ place }) => closure.has(place));
    return { version: tag.text, previous: baseline(tag, before)?.text, count: range.size, lasting: lastingOf(commits, range) };
  });
  return left.size === 0 ? releases : [...releases, { version: undefined, previous, count: left.size, lasting: lastingOf(commits, left) }];
}

const order = ['major', 'minor', 'patch', 'none'] as const;

/**
 * Each commit is taken back once at most, so reverts form chains: a commit, its revert, the revert of that, and so on. Of the links of a chain that are in the
 * range an even number of reverts leaves the commit alone; an odd number leaves nothing, or the last revert when the commit came earlier.
 */
function lastingOf(commits: readonly DrawnCommit[], range: ReadonlySet<number>): ReadonlySet<number> {
  const left = new Set<number>();
  for (const index of range) {
    if (commits[index]?.reverts !== undefined) continue;
    if (
      chainOf(commits, index)
        .slice(1)
        .filter((link) => range.has(link)).length %
        2 ===
      0
    )
      left.add(index);
  }
  for (const [index, { reverts }] of commits.entries()) {
    if (reverts !== undefined || range.has(index)) continue;
    const links = chainOf(commits, index).filter((link) => range.has(link));
    const last = links.at(-1);
    if (last !== undefined && links.length % 2 === 1) left.add(last);
  }
  return left;
}

function chainOf(commits: readonly DrawnCommit[], index: number): readonly number[] {
  const next = commits.findIndex(({ reverts }) => reverts === index);
  return next === -1 ? [index] : [index, ...chainOf(commits, next)];
}

function baseline(version: Version, before: readonly Version[]): Version | undefined {
  const lower = before.filter((tag) => compare(tag, version) < 0);
  const stable = greatest(lower.filter(isStable));
  if (isStable(version)) return stable;
  const candidates = lower.filter((tag) => !isStable(tag));
  return greatest(candidates.filter(({ core }) => core === version.core)) ?? stable ?? greatest(candidates);
}

function grown({ key: [major, minor, patch], text }: Version, asked: DrawnCommit['asks'], { zero }: VersionRules): string {
  const part = major > 0 ? asked : asked === 'major' ? zero.breaking : asked === 'minor' ? zero.feature : asked;
  if (part === 'major') return `${major + 1}.0.0`;
  if (part === 'minor') return `${major}.${minor + 1}.0`;
  return part === 'patch' ? `${major}.${minor}.${patch + 1}` : text;
}

function bumpFrom(previous: Version | undefined, version: Version): string {
  if (previous === undefined) return 'initial';
  return (['major', 'minor', 'patch'] as const).find((_, part) => previous.key[part] !== version.key[part]) ?? 'none';
}

function versionOf(text: string): Version {
  const [core = '', pre = ''] = text.split('-');
  const [channel = '', number = '0'] = pre.split('.');
  const [major = 0, minor = 0, patch = 0] = core.split('.').map(Number);
  return { text, core, key: [major, minor, patch, pre === '' ? 1 : 0, channel, Number(number)] };
}

const isStable = ({ key }: Version): boolean => key[3] === 1;

function compare(a: Version, b: Version): number {
  for (const [part, own] of a.key.entries()) {
    const other = b.key[part] ?? 0;
    if (own !== other) return own < other ? -1 : 1;
  }
  return 0;
}

function greatest(versions: readonly Version[]): Version | undefined {
  return versions.reduce<Version | undefined>((most, each) => (most === undefined || compare(each, most) > 0 ? each : most), undefined);
}
