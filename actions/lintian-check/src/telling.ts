import { type Host, sourceLinks, UserError } from '@release-kit/action';
import { repositoryPaths } from '@release-kit/git';
import { type PullRequest, pullRequestOf, reportCheck, runPageOf } from '@release-kit/github';
import { annotationOf, chooseAnnotated, rankShown, restAnnotation } from './annotations.ts';
import { checkNameOf, checkReportOf } from './check-report.ts';
import type { Explanations } from './explanation.ts';
import { lineOf } from './finding-text.ts';
import type { LintResult } from './lint-result.ts';
import { comparisonLine, countLine, lintSummary } from './lint-summary.ts';
import type { Placed } from './placed.ts';
import { placementLine } from './placement-share.ts';
import { acceptedNotices, tellAccepted } from './telling-accepted.ts';

/** What a workflow asked for, and what a check is named after. */
export interface Telling {
  readonly annotations: 'auto' | 'checks' | 'commands' | 'none';
  readonly githubToken: string | undefined;
  /** Root of the source tree, absolute. */
  readonly source: string;
  readonly sourcePackage: string;
}

/** More are no help at a glance; the summary has them all. */
const mostCures = 20;

/** Each finding once, where it is seen best: on its line by a check, or by a command of the runner, or else in the log. */
export async function tell(result: LintResult, explanations: Explanations, how: Telling, host: Host): Promise<void> {
  const ranked = rankShown(result.placed);
  const pull = await pullRequestOf(host);
  const pathOf = await repositoryPaths(how.source, host.files.workspace);
  const summary = lintSummary(result, explanations, sourceLinks(host.github, pathOf));
  // First of all, so that a fault of GitHub's takes away nothing else.
  host.summary.add(summary);
  const wanted = wantedWay(how, pull, host);
  const way = wanted.way === 'check' ? await makeCheck(result, explanations, { ...how, ...wanted, ranked, summary }, host) : wanted.way;
  const notices = way === 'log' && how.annotations === 'none' ? [] : acceptedNotices(result);
  for (const notice of notices) host.annotate(notice);
  switch (way) {
    case 'log':
      await listFindings(`lintian: ${countWords(ranked)}`, ranked, host);
      break;
    case 'commands':
      await annotate(ranked, explanations, { page: runPageOf(host, pull), notices: notices.length }, host);
      break;
    case 'terminal':
      annotateAll(ranked, explanations, host);
      listCures(ranked, explanations, host);
      break;
  }
  tellAccepted(result, host);
  for (const line of [countLine(result), comparisonLine(result), placementLine(result.placed)]) if (line !== undefined) host.log.info(line);
}

type Way =
  | { readonly way: 'log' | 'commands' | 'terminal' }
  | { readonly way: 'check'; readonly repository: string; readonly headSha: string };

/** How findings are told. A check only where nothing that is known beforehand stands against it. */
function wantedWay({ annotations, githubToken }: Telling, pull: PullRequest | undefined, host: Host): Way {
  const headSha = pull?.headSha ?? host.github.sha;
  const { repository } = host.github;
  const possible = repository !== undefined && headSha !== undefined;
  if (annotations === 'none') return { way: 'log' };
  if (annotations === 'checks') {
    if (possible) return { way: 'check', repository, headSha };
    throw new UserError(
      'E_INPUT',
      'annotations is checks, but this is no run of GitHub Actions: the commit and its repository are not known',
      {
        cure: 'Leave annotations out, or run it on GitHub.',
      },
    );
  }
  if (host.env('GITHUB_ACTIONS') !== 'true') return { way: 'terminal' };
  if (annotations === 'commands' || !possible || githubToken === undefined || githubToken === '') return { way: 'commands' };
  if (pull?.fromFork === true) {
    host.log.info('findings go out as commands of the runner: the token of a pull request from a fork may only read');
    return { way: 'commands' };
  }
  return { way: 'check', repository, headSha };
}

interface Check extends Telling {
  readonly repository: string;
  readonly headSha: string;
  readonly ranked: readonly Placed[];
  readonly summary: string;
}

/** Makes the check, or says why not and what is done instead. */
async function makeCheck(result: LintResult, explanations: Explanations, check: Check, host: Host): Promise<'log' | 'commands'> {
  const { repository, headSha, summary, ranked, githubToken: token } = check;
  const pathOf = await repositoryPaths(check.source, host.files.workspace);
  const facts = { name: checkNameOf(check.sourcePackage, result.files), headSha, summary, pathOf };
  try {
    const { url, written } = await reportCheck(host, { repository, token }, checkReportOf(result, ranked, explanations, facts));
    host.log.info(`${written === 0 ? 'the check is there already' : 'all findings are in a check of their own'}: ${url}`);
    return 'log';
  } catch (error) {
    const isRefused = error instanceof UserError && ['E_TOKEN', 'E_GITHUB', 'E_RATE'].includes(error.code);
    if (check.annotations === 'checks' || !isRefused) throw error;
    // Few workflows grant it, and they lose little: no reason to warn.
    const say = error.code === 'E_TOKEN' ? host.log.info : host.log.warning;
    say(`findings go out as commands of the runner: ${error.message}`);
    return 'commands';
  }
}

/** Within GitHub's limits: the first of each level, and how many more there are. `notices`: so many went out before. */
async function annotate(
  ranked: readonly Placed[],
  explanations: Explanations,
  { page, notices }: { readonly page: string | undefined; readonly notices: number },
  host: Host,
): Promise<void> {
  const { chosen, rest } = chooseAnnotated(ranked, notices);
  await listFindings(`lintian: ${countWords(rest)} without an annotation`, rest, host);
  annotateAll(chosen, explanations, host);
  const more = restAnnotation(rest, page);
  if (more !== undefined) host.annotate(more);
}

function annotateAll(ranked: readonly Placed[], explanations: Explanations, host: Host): void {
  for (const placed of ranked) {
    const annotation = annotationOf(placed, explanations);
    if (annotation !== undefined) host.annotate(annotation);
  }
}

/** A terminal shows one line a finding; what to do about it is told once a tag. */
function listCures(ranked: readonly Placed[], explanations: Explanations, host: Host): void {
  const tags = [...new Set(ranked.map(({ finding }) => finding.hint.tag))];
  const cures = tags.flatMap((tag) => {
    const cure = explanations.get(tag)?.cure;
    return cure === undefined ? [] : [`  ${tag}: ${cure}`];
  });
  if (cures.length > 0) host.log.info(['How to mend them:', ...cures.slice(0, mostCures)].join('\n'));
}

async function listFindings(title: string, placed: readonly Placed[], host: Host): Promise<void> {
  if (placed.length === 0) return;
  await host.log.group(title, async () => {
    for (const { finding, location } of placed) {
      const where = location === undefined ? '' : `${location.shown}: `;
      host.log.info(`${where}${finding.hint.severity}: ${lineOf(finding)}`);
    }
  });
}

const countWords = ({ length }: readonly Placed[]): string => (length === 1 ? 'one finding' : `${length} findings`);
