import { inertLine, UserError } from '@release-kit/action';
import { greatestRelease, type KnownRelease, releaseVersion } from '@release-kit/github';

/** The published pre-release that becomes the stable release of the tag: the one that is named, else the greatest of the same version. E_INPUT. */
export function chooseCandidate(tag: string, named: string | undefined, releases: readonly KnownRelease[]): KnownRelease {
  const candidates = releases.filter((one) => one.tag !== tag && isOfSameCore(one.tag, tag) && !one.draft && one.mark === undefined);
  if (named === undefined) {
    const greatest = greatestRelease(candidates.filter((one) => (releaseVersion(one.tag)?.prerelease ?? []).length > 0));
    if (greatest !== undefined) return greatest;
    throw new UserError('E_INPUT', `no pre-release of ${inertLine(tag)} is published that could be promoted`, {
      cure: `Publish one first, for example ${inertLine(tag)}-rc.1.`,
    });
  }
  const found = candidates.find((one) => one.tag === named);
  if (found !== undefined) return found;
  const same = releases.find((one) => one.tag === named);
  throw new UserError('E_INPUT', `${inertLine(named)} cannot become ${inertLine(tag)}: ${problemOf(named, tag, same)}`, {
    cure: 'Name a published pre-release of the same version, for example v1.2.0-rc.2 for v1.2.0.',
  });
}

function problemOf(named: string, tag: string, release: KnownRelease | undefined): string {
  if (named === tag) return 'it is the same';
  if (release === undefined) return 'there is no such release';
  if (release.mark !== undefined) return `it was ${release.mark === 'yanked' ? 'yanked' : 'rolled back'}`;
  return release.draft ? 'it is not published' : 'it is of another version';
}

/** `v1.2.0-rc.2` and `v1.2.0`. */
function isOfSameCore(a: string, b: string): boolean {
  const [one, other] = [releaseVersion(a), releaseVersion(b)];
  return one !== undefined && other !== undefined && one.major === other.major && one.minor === other.minor && one.patch === other.patch;
}
