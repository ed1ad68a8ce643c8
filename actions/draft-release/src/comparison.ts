import { inertLine, UserError } from '@release-kit/action';
import type { PlannedRelease, StoredRelease } from '@release-kit/github';

/** The draft must hold exactly the plan: a missing asset is never a warning. E_ASSET_CONFLICT, E_GITHUB, E_DIGEST. */
export function compareWithPlan(listed: StoredRelease, release: PlannedRelease): void {
  const found = new Map(listed.assets.map((asset) => [asset.name, asset]));
  for (const asset of release.assets) {
    const there = found.get(asset.name);
    if (there === undefined) throw new UserError('E_GITHUB', `${asset.name} is missing in the draft after it was stored`);
    if (there.size !== asset.size || (there.sha256 !== undefined && there.sha256 !== asset.sha256)) {
      throw new UserError(
        'E_DIGEST',
        `${asset.name} in the draft differs from what was signed (${there.size} bytes, planned ${asset.size})`,
      );
    }
    found.delete(asset.name);
  }
  const [extra] = found.keys();
  if (extra !== undefined) {
    throw new UserError('E_ASSET_CONFLICT', `the draft also holds ${JSON.stringify(inertLine(extra))}, which is not part of this release`, {
      cure: 'Look at the draft and remove that asset, then run again.',
    });
  }
}
