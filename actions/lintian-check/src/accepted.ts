import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, inertLine, innerPath, UserError } from '@release-kit/action';
import { findCheckout, type Git, openGit, pullRequestBase } from '@release-kit/git';
import { pullRequestOf } from '@release-kit/github';
import { type BaselineEntry, parseBaseline } from './baseline.ts';
import type { BaselineFile } from './baseline-file.ts';
import type { Finding } from './finding.ts';
import type { Override } from './lint-result.ts';
import type { GivenOverride } from './override-file.ts';
import { newlyHidden, newOverrides, overridesAt, overridesOf } from './overrides.ts';
import { keyOf, pastOf, type RenamedTags } from './past-finding.ts';
import type { SourceTree } from './source-tree.ts';

export interface AcceptedQuestion {
  /** Absolute: the source tree. */
  readonly source: string;
  readonly tree: SourceTree;
  readonly findings: readonly Finding[];
  readonly baseline: BaselineFile;
  /** Findings of an earlier run, hidden ones as well; undefined when there is none. */
  readonly before: readonly Finding[] | undefined;
  readonly renamed: RenamedTags;
}

/**
 * What a change newly accepts: override lines and lines of the baseline that the pull request's base has not, and findings that an earlier
 * result did not hide. A change could otherwise silence what it breaks (H24). Where the base cannot be known, the reason is told once.
 */
export async function newlyAccepted(question: AcceptedQuestion, host: Host): Promise<readonly Override[]> {
  const { source, tree, findings, baseline, before, renamed } = question;
  const lines = await overridesOf(tree);
  const base = await acceptedAtBase(source, baseline, host);
  const added = base === undefined ? [] : await newOverrides(lines, base.overrides, findings, tree, renamed);
  const hidden = before === undefined ? [] : await newlyHidden(findings, hiddenIn(before, renamed), lines, added, tree, renamed);
  return [...added, ...hidden, ...(base === undefined ? [] : addedEntries(baseline.entries ?? [], base.baseline))];
}

function hiddenIn(before: readonly Finding[], renamed: RenamedTags): (hint: Finding['hint']) => boolean {
  const keys = new Set(before.filter(({ status }) => status === 'overridden').map(({ hint }) => keyOf(pastOf(hint, renamed))));
  return (hint) => keys.has(keyOf(pastOf(hint, renamed)));
}

interface AcceptedAtBase {
  readonly overrides: readonly GivenOverride[];
  readonly baseline: readonly BaselineEntry[];
}

/** undefined outside pull requests, and where git does not know the base. */
async function acceptedAtBase(source: string, baseline: BaselineFile, host: Host): Promise<AcceptedAtBase | undefined> {
  const pull = await pullRequestOf(host);
  if (pull === undefined) return undefined;
  const unknown = (reason: string): undefined => {
    host.log.info(`which overrides the pull request adds is not known: ${reason}`);
  };
  try {
    await using git = await openGit(host, await findCheckout(source));
    const base = await pullRequestBase(git, pull);
    if (base.kind === 'unknown') return unknown(base.reason);
    const folder = innerPath(git.checkout, await realpath(source));
    if (folder === undefined) return unknown('the source tree is outside of its checkout');
    return {
      overrides: await overridesAt(git, base.commit, folder),
      baseline: await baselineAt(git, base.commit, innerPath(git.checkout, join(await realpath(host.files.workspace), baseline.shown))),
    };
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_GIT') throw error;
    return unknown(error.message);
  }
}

/** None where the base had no such file, or one that cannot be read: then all of it is new. */
async function baselineAt(git: Git, commit: string, path: string | undefined): Promise<readonly BaselineEntry[]> {
  if (path === undefined) return [];
  const { stdout, exitCode } = await git.run(['cat-file', 'blob', `${commit}:${path}`], { allow: [0, 128] });
  if (exitCode !== 0) return [];
  try {
    return parseBaseline(stdout, path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [];
  }
}

/** Lines of a baseline that accept more than they did. */
export function addedEntries(now: readonly BaselineEntry[], before: readonly BaselineEntry[]): readonly Override[] {
  const counts = new Map(before.map(({ past, count }) => [keyOf(past), count]));
  return now.flatMap(({ past, count, place }) => {
    const more = count - (counts.get(keyOf(past)) ?? 0);
    if (more <= 0) return [];
    const shown = inertLine(`${place.file}:${place.line ?? 1}`);
    return [
      {
        ...{ package: past.package, tag: past.tag, context: past.context },
        location: { shown, place, exact: true, reason: 'this line of the baseline accepts it' },
        remark: `the baseline accepts ${more === 1 ? 'one' : more} more of it, as an old finding`,
      },
    ];
  });
}
