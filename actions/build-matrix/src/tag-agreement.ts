import { join, resolve } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { readStart } from '@release-kit/config';
import { compareVersions, debianVersionOf, parseChangelog, parseTag, parseVersion } from '@release-kit/debian';
import type { Choice } from './selection.ts';

/** The newest entry of a changelog is at its start. */
const limitBytes = 1024 * 1024;

/**
 * What a tag releases is known before anything is built: debian/changelog of each package that is built must be of the tag's version, or older where
 * that is `allowed`. The revision, the epoch and a version suffix are the packages' own. Throws E_TAG, E_CHANGELOG, and E_VERSION with the place.
 */
export async function checkVersions(choices: readonly Choice[], tag: string, allowed: boolean, host: Pick<Host, 'files'>): Promise<void> {
  const wanted = debianVersionOf(parseTag(tag).version, '');
  for (const { package: one, built } of choices) {
    if (!built) continue;
    const file = one.path === '.' ? 'debian/changelog' : `${one.path}/debian/changelog`;
    const [newest] = parseChangelog(await readText(join(resolve(host.files.workspace, one.path), 'debian/changelog'), file), file, {
      newest: 1,
    });
    if (newest === undefined) throw new UserError('E_CHANGELOG', 'the changelog has no entry', { place: { file } });
    const wrong = disagreement(tag, wanted, newest.version, allowed);
    if (wrong !== undefined) throw new UserError('E_VERSION', wrong.message, { place: { file, line: newest.line }, cure: wrong.cure });
  }
}

/** What is wrong between a tag, which means the upstream version `wanted`, and the version that debian/changelog is at; undefined for nothing. */
export function disagreement(
  tag: string,
  wanted: string,
  changelog: string,
  olderAllowed: boolean,
): { readonly message: string; readonly cure: string } | undefined {
  const order = compareVersions(parseVersion(changelog).upstream, wanted);
  if (order === 0 || (order < 0 && olderAllowed)) return undefined;
  return order < 0
    ? {
        message: `the tag is ${tag}, but debian/changelog is at ${changelog}: it has no entry for the release`,
        cure: 'Add the entry before you tag (release-kit bump writes it), or set older-changelog to allowed, and the build adds one.',
      }
    : {
        message: `the tag is ${tag}, but debian/changelog is already at ${changelog}`,
        cure: 'Tag the version of debian/changelog at this commit, and take the wrong tag away.',
      };
}

async function readText(path: string, file: string): Promise<string> {
  const bytes = await readStart(path, limitBytes).catch((cause: unknown) => {
    throw new UserError('E_SOURCE', `${file} cannot be read`, { cause });
  });
  // A changelog that is longer is cut: only its first entry is read.
  return new TextDecoder().decode(bytes.subarray(0, limitBytes));
}
