import type { Host } from '@release-kit/action';
import type { Finding } from './finding.ts';
import type { Placed } from './placed.ts';
import type { SourceTree } from './source-tree.ts';

/** Finds the place of each finding in the source tree. */
export async function placeAll(findings: readonly Finding[], tree: SourceTree, host: Host): Promise<readonly Placed[]> {
  if (tree.problem !== undefined) host.log.warning(`some findings may be placed roughly: ${tree.problem}`);
  // The rules are half of the action; a run that is refused needs none of them.
  const { placeOf } = await import('./placement/place.ts');
  const placed: Placed[] = [];
  for (const finding of findings) {
    placed.push({ finding, location: await placeOf(finding.hint, tree), standing: undefined, changed: undefined });
  }
  return placed;
}
