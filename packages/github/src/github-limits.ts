import { UserError } from '@release-kit/action';
import type { PlannedRelease } from './release-store.ts';

/** Assets of one release (GitHub, "About releases"). */
const maxAssets = 1000;
/** Each asset must be under 2 GiB; exactly 2 GiB fails. */
const maxAssetBytes = 2 * 1024 ** 3 - 1;
/** Characters of a release's text; GitHub cuts or refuses longer ones. */
const maxBodyCharacters = 125_000;

/** Refuses before the first call what GitHub would refuse after half of the upload. E_INPUT, E_NAME. */
export function refuseAboveLimits(release: PlannedRelease, body: string): void {
  if (body.length > maxBodyCharacters) {
    throw new UserError('E_INPUT', `the notes have ${body.length} characters; GitHub keeps ${maxBodyCharacters}`, {
      cure: 'Shorten the notes, or link to a longer text.',
    });
  }
  if (release.assets.length > maxAssets)
    throw new UserError('E_INPUT', `the release has ${release.assets.length} assets; GitHub allows ${maxAssets}`, {
      cure: 'Split the release, or leave files out.',
    });
  for (const { name, size } of release.assets) {
    if (size > maxAssetBytes)
      throw new UserError('E_INPUT', `${name} has ${size} bytes; GitHub allows less than 2 GiB`, {
        cure: 'Make the package smaller, or split it.',
      });
    if (size === 0)
      throw new UserError('E_INPUT', `${name} is empty; GitHub refuses empty assets`, {
        cure: 'Build again: no file of a release is empty.',
      });
  }
}
