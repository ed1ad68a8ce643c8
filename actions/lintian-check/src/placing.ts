import type { Host } from '@release-kit/action';
import type { Finding } from './finding.ts';
import type { Placed } from './placed.ts';
import { candidatesOf } from './placement.ts';
import type { SourceTree } from './source-tree.ts';

/** Finds the place of each finding in the source tree. */
export async function placeAll(findings: readonly Finding[], tree: SourceTree, host: Host): Promise<readonly Placed[]> {
  if (tree.problem !== undefined) host.log.warning(`findings are placed roughly: ${tree.problem}`);
  const placed: Placed[] = [];
  for (const finding of findings)
    placed.push({
      finding,
      location: await tree.locate(candidatesOf(finding.hint, tree.stanzas)),
      standing: undefined,
      changed: undefined,
    });
  return placed;
}
