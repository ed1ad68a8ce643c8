import { UserError } from '@release-kit/action/errors';
import { shown } from './shown.ts';
import { parseVersion } from './version.ts';

export interface ReleaseTag {
  /** As in git: `v1.2.3-rc.1`. */
  readonly tag: string;
  /** The semantic version without the v. */
  readonly version: string;
  readonly prerelease: boolean;
}

interface SemanticVersion {
  /** `1.2.3` */
  readonly core: string;
  /** `rc.1` */
  readonly prerelease: string | undefined;
}

const number = '(?:0|[1-9][0-9]*)';
const identifier = `(?:${number}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)`;
const build = '[0-9A-Za-z-]+';
// The grammar of semver.org 2.0.0, ASCII only; nothing that a shell, a log or a file name could take amiss fits it.
const semantic = new RegExp(
  `^(${number}\\.${number}\\.${number})(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+${build}(?:\\.${build})*)?$`,
);
// As in the reference implementation of semver.org.
const longest = 256;

/** Reads a release tag: v and a semantic version, nothing else. Throws E_TAG. */
export function parseTag(tag: string): ReleaseTag {
  const version = tag.startsWith('v') ? tag.slice(1) : undefined;
  const parsed = version === undefined ? undefined : parseSemantic(version);
  if (version === undefined || parsed === undefined) {
    throw new UserError('E_TAG', `${shown(tag)} is not v followed by a semantic version${semanticHint(tag)}`);
  }
  return { tag, version, prerelease: parsed.prerelease !== undefined };
}

function semanticHint(tag: string): string {
  if (parseSemantic(tag) !== undefined) return `; did you mean v${tag}?`;
  if (/^v?[0-9]{1,9}\.[0-9]{1,9}$/.test(tag)) return `; did you mean v${tag.replace(/^v/, '')}.0?`;
  return '';
}

/**
 * The Debian version of a release: `1.2.3-rc.1` becomes `1.2.3~rc.1-1`, build metadata is dropped because dpkg would compare it.
 * `revision` '' makes the version of a native package.
 *
 * dpkg and semver.org order free pre-release names differently (`rc2` and `rc10`, `a.b` and `ab`), so only a word or a number,
 * followed by dotted numbers, is taken. Throws E_VERSION.
 */
export function debianVersionOf(semverText: string, revision = '1'): string {
  const parsed = parseSemantic(semverText);
  if (parsed === undefined) throw new UserError('E_VERSION', `${shown(semverText)} is not a semantic version such as 1.2.3 or 1.2.3-rc.1`);
  const { core, prerelease } = parsed;
  if (prerelease !== undefined && !/^(?:[A-Za-z]+|[0-9]+)(?:\.[0-9]+)*$/.test(prerelease))
    throw unorderedPrerelease(semverText, core, prerelease);
  const version = `${core}${prerelease === undefined ? '' : `~${prerelease}`}${revision === '' ? '' : `-${revision}`}`;
  if (revision.includes('-')) throw new UserError('E_VERSION', `${shown(revision)} is not a Debian revision: it may not hold a hyphen`);
  parseVersion(version);
  return version;
}

function unorderedPrerelease(semverText: string, core: string, prerelease: string): UserError {
  const dotted = /^([A-Za-z]+)-?([0-9]+)$/.exec(prerelease);
  const hint = dotted === null ? '' : `; write ${core}-${dotted[1] ?? ''}.${Number(dotted[2])}`;
  return new UserError('E_VERSION', `the pre-release part of ${shown(semverText)} would be ordered differently by dpkg${hint}`, {
    cure: 'Use a word and dotted numbers, for example -rc.1, -beta.2 or -alpha.',
  });
}

function parseSemantic(text: string): SemanticVersion | undefined {
  if (text.length > longest) return undefined;
  const match = semantic.exec(text);
  const core = match?.[1];
  if (core === undefined || core.split('.').some((part) => Number(part) > Number.MAX_SAFE_INTEGER)) return undefined;
  return { core, prerelease: match?.[2] };
}
