import { type Host, UserError } from '@release-kit/action';
import { type BaselineFile, readBaseline } from './baseline-file.ts';
import { type Before, openBefore } from './before.ts';
import { countedFindings, type Known } from './comparison.ts';
import type { FailOn, Finding } from './finding.ts';
import type { RenamedTags } from './past-finding.ts';

/** All that the findings are compared with. */
export interface Past {
  readonly baseline: BaselineFile;
  readonly before: Before | undefined;
}

export interface PastQuestion {
  /** Absolute: the source tree. */
  readonly source: string;
  /** Absolute: the inputs baseline and compare-with, and the baseline of the configuration. */
  readonly baseline: string | undefined;
  readonly configured: string | undefined;
  readonly compareWith: string | undefined;
  readonly failOnNew: FailOn;
  /** The baseline is to be written: then there need be none. */
  readonly updateBaseline: boolean;
}

/**
 * Opens what is compared with, before anything expensive, so that a mistake shows at once. A baseline that somebody named has to be there.
 * Throws E_BASELINE, E_PATH, E_MANIFEST, E_DIGEST.
 */
export async function openPast(question: PastQuestion, host: Host, stack: AsyncDisposableStack): Promise<Past> {
  const { source, baseline: input, configured, compareWith, failOnNew, updateBaseline } = question;
  const baseline = await readBaseline(source, host.files.workspace, { input, configured });
  if (baseline.entries === undefined && (input ?? configured) !== undefined && !updateBaseline)
    throw new UserError('E_BASELINE', `the baseline ${baseline.shown} does not exist`, {
      place: { file: baseline.shown },
      cure: 'Write it with release-kit lint --update-baseline, or name none.',
    });
  const before = compareWith === undefined ? undefined : await openBefore(compareWith, host, stack);
  if (failOnNew !== 'never' && baseline.entries === undefined && before === undefined)
    host.log.info(`there is no baseline ${baseline.shown}, and nothing to compare with: every finding counts as new`);
  return { baseline, before };
}

/**
 * The findings of before, by source.
 *
 * @param packages what lintian says today of the packages of before, where they are what is compared with
 */
export function knownOf({ baseline, before }: Past, packages: readonly Finding[], renamed: RenamedTags): readonly Known[] {
  const findings = findingsBefore(before, packages);
  return [
    ...(baseline.entries === undefined ? [] : [{ name: `the baseline ${baseline.shown}`, entries: baseline.entries }]),
    ...(before === undefined || findings === undefined ? [] : [{ name: before.name, entries: countedFindings(findings, renamed) }]),
  ];
}

/** All findings of the input compare-with, hidden ones as well; undefined when it names nothing. */
export function findingsBefore(before: Before | undefined, packages: readonly Finding[]): readonly Finding[] | undefined {
  switch (before?.kind) {
    case undefined:
      return undefined;
    case 'report':
      return before.report.findings;
    case 'packages':
      return packages;
  }
}
