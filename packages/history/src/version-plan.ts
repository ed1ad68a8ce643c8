import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import semver from 'semver';
import { coreOf } from './baseline.ts';
import type { ParsedCommit } from './commit.ts';
import { greatestTag, type ReleaseTag } from './release-tag.ts';
import { type Bump, bumpBetween } from './version-bump.ts';
import { explainAsked, explainGrown } from './version-explained.ts';
import type { VersionOverride } from './version-override.ts';
import { type Asked, askedByAll, grownPart, type VersionRules } from './version-rules.ts';

/** What is to be released: a stable version, the next pre-release of a channel (`rc`), or the newest pre-release as stable. */
export type ReleaseStep =
  | { readonly kind: 'stable' }
  | { readonly kind: 'pre-release'; readonly channel: string }
  | { readonly kind: 'promotion' };

export interface VersionRequest {
  readonly step: ReleaseStep;
  /** Tags of the family on the commit and its ancestors. */
  readonly before: readonly ReleaseTag[];
  /** All other tags of the family: their versions are taken. */
  readonly elsewhere: readonly ReleaseTag[];
  /** Since the greatest stable release of `before` (`findBaseline(undefined, before)`), newest first, without what was reverted in there. */
  readonly commits: readonly ParsedCommit[];
  /** The same since `newestPreRelease(before)`; not looked at when there is none. */
  readonly commitsSincePreRelease: readonly ParsedCommit[];
  readonly override: VersionOverride | undefined;
  readonly rules: VersionRules;
}

export interface VersionPlan {
  readonly version: string;
  /** Between the stable release before and the version; `none`: nothing asks for a release, and the version is the newest that exists. */
  readonly bump: Bump | 'initial';
  /** The greatest stable version before. */
  readonly previous: string | undefined;
  /** How it came about, a line each; strangers' text is inert. */
  readonly explain: readonly string[];
}

/** The greatest pre-release above all stable releases: what it announces is still to come. */
export function newestPreRelease(before: readonly ReleaseTag[]): ReleaseTag | undefined {
  const newest = greatestTag(before);
  return newest?.prerelease === true ? newest : undefined;
}

/**
 * The version that comes next, by Semantic Versioning 2.0.0 and the rules of the project:
 *
 * 1. Counted from the greatest stable release before, by the most that a commit since asks for; the first release has the version of the rules.
 * 2. Not below what a pre-release since has announced; above it when commits ask for more.
 * 3. A version named by somebody stands instead; of a pre-release step it is the core (`2.0.0` gives `2.0.0-rc.1`), unless it is a pre-release itself.
 * 4. A pre-release gets the number after the greatest one of its core and channel, wherever that is.
 * 5. Without a commit that asks for anything there is nothing to release, since the pre-release of the channel as well.
 * 6. It is higher than all releases before, and no tag elsewhere has it, or the stable version that it leads to.
 *
 * @throws UserError E_HISTORY when that cannot be, E_INPUT for a channel that is no word
 */
export function planVersion(request: VersionRequest): VersionPlan {
  const { step, before, rules, override } = request;
  const previous = greatestTag(before.filter(({ prerelease }) => !prerelease))?.version;
  const announced = newestPreRelease(before);
  const asked = askedByAll(request.commits, rules);
  const since = announced === undefined ? asked : askedByAll(request.commitsSincePreRelease, rules);
  const core = nextCore(previous, announced, asked, rules);
  const explain = [
    previous !== undefined
      ? `Counted from ${previous}`
      : `No release is stable yet${announced === undefined ? `: the first version is ${rules.first}` : ''}`,
    ...explainAsked(asked),
    ...(previous === undefined ? [] : explainGrown(previous, asked.most, rules)),
    ...(announced === undefined ? [] : [`${announced.version} has announced ${coreOf(announced.version)}`]),
  ];
  const plan = (version: string, ...more: readonly string[]): VersionPlan => {
    refuseImpossible(version, request);
    const bump = previous === undefined ? 'initial' : bumpBetween(previous, version);
    return { version, bump, previous, explain: [...explain, ...more, `So the version is ${version}`] };
  };
  const idle = (version: string): VersionPlan => ({
    version,
    bump: 'none',
    previous,
    explain: [...explain, `Nothing since ${version} asks for a release`],
  });

  const overridden =
    override === undefined
      ? []
      : [`${override.version} is ${override.source}${semver.lt(override.version, core) ? `, less than the ${core} that was counted` : ''}`];

  if (step.kind === 'promotion') return plan(...promoted(announced, since, core, override));
  if (step.kind === 'pre-release') {
    const channel = channelName(step.channel);
    const wanted = override?.version ?? core;
    if (semver.prerelease(wanted) !== null) return plan(wanted, ...overridden);
    const goesOn = announced !== undefined && isOfChannel(announced.version, channel) && coreOf(announced.version) === wanted;
    if (goesOn && since.most === 'none') return idle(announced.version);
    if (override === undefined && previous !== undefined && announced === undefined && asked.most === 'none') return idle(previous);
    return plan(numbered(wanted, channel, request), ...overridden);
  }
  if (override !== undefined) return plan(override.version, ...overridden);
  if (previous !== undefined && asked.most === 'none') return idle(previous);
  return plan(core);
}

/** Rules 1 and 2: the stable version that is next, or that pre-releases lead to. */
function nextCore(previous: string | undefined, announced: ReleaseTag | undefined, asked: Asked, rules: VersionRules): string {
  const announcedCore = announced === undefined ? undefined : coreOf(announced.version);
  if (previous === undefined) return announcedCore ?? firstOf(rules);
  const part = grownPart(previous, asked.most, rules);
  const counted = part === 'none' ? previous : new semver.SemVer(previous).inc(part).version;
  return announcedCore !== undefined && semver.gt(announcedCore, counted) ? announcedCore : counted;
}

function firstOf({ first }: VersionRules): string {
  if (semver.valid(first) === first && semver.prerelease(first) === null) return first;
  throw new UserError(
    'E_CONFIG',
    `the first version, ${JSON.stringify(inertLine(first.slice(0, 100)))}, is not three numbers such as 0.1.0`,
  );
}

function promoted(announced: ReleaseTag | undefined, since: Asked, core: string, override: VersionOverride | undefined): [string, string] {
  if (announced === undefined)
    throw new UserError('E_HISTORY', 'there is no pre-release to promote above the last stable release', {
      cure: 'Make a pre-release first, or release a stable version from the commits.',
    });
  const version = coreOf(announced.version);
  const higher = override !== undefined && override.version !== version ? override.version : core;
  if (semver.neq(higher, version))
    throw new UserError('E_HISTORY', `${announced.version} cannot become ${version}, since the next version is ${higher} by now`, {
      cure: `Make a pre-release of ${higher}, or promote at the commit of ${announced.version}.`,
    });
  const untried = since.counts.patch + since.counts.minor + since.counts.major;
  return [
    version,
    untried === 0
      ? `${announced.version} is promoted as it is`
      : `${announced.version} is promoted with ${untried === 1 ? '1 commit that was' : `${untried} commits that were`} in no pre-release`,
  ];
}

function channelName(channel: string): string {
  if (/^[A-Za-z][A-Za-z-]{0,30}$/.test(channel)) return channel;
  throw new UserError('E_INPUT', `the channel ${JSON.stringify(inertLine(channel.slice(0, 100)))} is no word of letters`, {
    cure: 'Name it alpha, beta or rc; the number is added.',
  });
}

function isOfChannel(version: string, channel: string): boolean {
  const [name, number, ...more] = semver.prerelease(version) ?? [];
  return name === channel && typeof number === 'number' && more.length === 0;
}

/** `1.3.0` -> `1.3.0-rc.2`; dotted, as only then Semantic Versioning and dpkg order the numbers the same way. */
function numbered(core: string, channel: string, { before, elsewhere }: VersionRequest): string {
  let last = 0;
  for (const tags of [before, elsewhere]) {
    for (const { version, prerelease } of tags) {
      const number = prerelease && coreOf(version) === core && isOfChannel(version, channel) ? semver.prerelease(version)?.[1] : undefined;
      if (typeof number === 'number' && number > last) last = number;
    }
  }
  return `${core}-${channel}.${last + 1}`;
}

function refuseImpossible(version: string, { before, elsewhere }: VersionRequest): void {
  const newest = greatestTag(before);
  if (newest !== undefined && semver.lte(version, newest.version))
    throw new UserError('E_HISTORY', `the next version would be ${version}, which is not higher than ${newest.version} before it`);
  const core = coreOf(version);
  const taken = elsewhere.find((tag) => tag.version === version || tag.version === core);
  if (taken !== undefined)
    throw new UserError('E_HISTORY', `the next version would be ${version}, but ${inertLine(taken.name)} exists on another branch`, {
      cure: 'Merge that release, or name the version yourself; on a branch for backports, commit only what its line may get.',
    });
}
