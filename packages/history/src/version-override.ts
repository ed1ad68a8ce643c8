import { type ErrorCode, UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import semver from 'semver';
import type { ParsedCommit } from './commit.ts';

/** A version that somebody named. */
export interface VersionOverride {
  readonly version: string;
  /** In words: who named it. */
  readonly source: string;
}

/** Where a version may be named; the first that names one counts. */
export interface OverrideSources {
  readonly input: string | undefined;
  /** The version that a file of the project holds. The version released last, left as it is, names nothing. */
  readonly file: { readonly path: string; readonly version: string } | undefined;
  /** Newest first, without what was reverted, and only those of the package: its newest `Release-As` counts. */
  readonly commits: Iterable<ParsedCommit>;
}

/**
 * The version that was asked for by name, checked to be a semantic one without build data.
 *
 * @param previous the release before it, whose version in a file names nothing
 * @throws UserError E_INPUT for the input, E_HISTORY for a file or a trailer
 */
export function versionOverride({ input, file, commits }: OverrideSources, previous: string | undefined): VersionOverride | undefined {
  if (input !== undefined)
    return { version: plainVersion(input, 'the version named by the input', 'E_INPUT'), source: 'named by the input' };
  if (file !== undefined && file.version.trim() !== previous) {
    const source = inertLine(file.path);
    return { version: plainVersion(file.version.trim(), `the version in ${source}`, 'E_HISTORY'), source: `named by ${source}` };
  }
  for (const { sha, releaseAs } of commits) {
    if (releaseAs === undefined) continue;
    const source = `Release-As of ${sha.slice(0, 7)}`;
    return { version: plainVersion(releaseAs.trim().replace(/^v(?=\d)/, ''), source, 'E_HISTORY'), source: `named by ${source}` };
  }
  return undefined;
}

/** Build data counts for nothing in an order of versions, and Debian and git mean other things by a plus. */
function plainVersion(text: string, what: string, code: ErrorCode): string {
  const parsed = semver.parse(text);
  if (parsed !== null && parsed.version === text) return text;
  const why = parsed !== null && parsed.build.length > 0 ? 'has build metadata, which no release may have' : 'is not a semantic version';
  throw new UserError(code, `${what}, ${JSON.stringify(inertLine(text.slice(0, 100)))}, ${why}`, {
    cure: 'Write three numbers, such as 1.2.3, or a pre-release, such as 1.2.3-rc.1; a newer commit or the input can name another one.',
  });
}
