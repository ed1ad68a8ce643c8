import type { Host } from '@release-kit/action';
import { annotationOf, chooseAnnotated, lineOf } from './annotations.ts';
import type { Explanations } from './explanation.ts';
import type { LintResult } from './lint-result.ts';
import { countLine, lintSummary } from './lint-summary.ts';
import { placementLine } from './placement-share.ts';
import { sourceLinks } from './source-link.ts';

/** Each finding once: an annotation is a line of the log as well, so only the others are listed. */
export async function tell(result: LintResult, explanations: Explanations, host: Host): Promise<void> {
  const chosen = new Set(chooseAnnotated(result.placed.map(({ finding }) => finding)));
  const others = result.placed.filter(({ finding }) => finding.status === 'open' && !chosen.has(finding));
  if (others.length > 0) {
    await host.log.group(
      `lintian: ${others.length === 1 ? 'one finding' : `${others.length} findings`} without an annotation`,
      async () => {
        for (const { finding } of others) host.log.info(`${finding.hint.severity.padEnd(8)} ${lineOf(finding)}`);
      },
    );
  }
  for (const placed of result.placed) {
    const annotation = chosen.has(placed.finding) ? annotationOf(placed, explanations) : undefined;
    if (annotation !== undefined) host.annotate(annotation);
  }
  host.log.info(countLine(result));
  const line = placementLine(result.placed);
  if (line !== undefined) host.log.info(line);
  host.summary.add(lintSummary(result, explanations, sourceLinks(host.github)));
}
