import type { MergeSource } from './commit.ts';

interface Merge extends MergeSource {
  readonly pullRequest: number | undefined;
}

// Of git itself, GitHub and Bitbucket; `Merge the two parsers` is prose.
const general = /^Merge (?:branch(?:es)?|pull request|remote-tracking branch(?:es)?|tags?|commits?|changes) (?:'([^']{1,300})')?/;
const gitHub = /^Merge pull request #(\d{1,10}) (?:in \S{1,300} )?from (\S{1,300})/;
const bitbucket = /^Merged in (\S{1,300}) \(pull request #(\d{1,10})\)$/;
const bors = /^(?:(?:Auto|Rollup) merge of #(\d{1,10}) - (\S{1,300}),|Merge #(\d{1,10})(?: #\d{1,10})*$)/;
const gerrit = /^Merge "(.{1,1000})"(?: into \S{1,300})?$/;
const gitLabNumber = /^See merge request \S{0,300}!(\d{1,10})[ \t\r]*$/m;

/**
 * Reads the merge headers of git, GitHub, GitLab, Bitbucket, Gerrit and bors; undefined for other subjects. Forges put the
 * title of the pull request into the body.
 */
export function parseMerge(subject: string, body: string): Merge | undefined {
  if (!isMerge(subject)) return undefined;
  const hub = gitHub.exec(subject);
  if (hub !== null) return { pullRequest: Number(hub[1]), source: hub[2], title: titleIn(body) };
  const bucket = bitbucket.exec(subject);
  if (bucket !== null) return { pullRequest: Number(bucket[2]), source: bucket[1], title: titleIn(body) };
  const bot = bors.exec(subject);
  if (bot !== null) return { pullRequest: Number(bot[1] ?? bot[3]), source: bot[2], title: titleIn(body)?.replace(/^\d{1,10}: /, '') };
  const change = gerrit.exec(subject);
  if (change !== null) return { pullRequest: undefined, source: undefined, title: change[1] };
  const plain = general.exec(subject);
  if (plain === null) return undefined;
  const number = body.includes('See merge request ') ? gitLabNumber.exec(body)?.[1] : undefined;
  return {
    pullRequest: number === undefined ? undefined : Number(number),
    source: plain[1],
    title: number === undefined ? undefined : titleIn(body),
  };
}

function isMerge(subject: string): boolean {
  return (
    subject.startsWith('Merge ') ||
    subject.startsWith('Merged ') ||
    subject.startsWith('Auto merge ') ||
    subject.startsWith('Rollup merge ')
  );
}

/** The first line with text, unless it begins a list of commits. */
function titleIn(body: string): string | undefined {
  const line = body.trimStart().split('\n', 1)[0]?.trim() ?? '';
  return line === '' || line.startsWith('* ') || line.startsWith('See merge request ') ? undefined : line;
}

/** The number of a subject that ends in `(#12)` or GitLab's `(!12)`, as forges write it when they squash; undefined without one. */
export function pullRequestOf(subject: string): number | undefined {
  if (!subject.endsWith(')')) return undefined;
  const number = /(?:^|\s)\([#!](\d{1,10})\)$/.exec(subject.slice(-16))?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Azure DevOps puts `Merged PR 12: ` before the title, of squashes as well, so what follows is the header. */
export function azureTitle(subject: string): { readonly pullRequest: number; readonly title: string } | undefined {
  if (!subject.startsWith('Merged PR ')) return undefined;
  const [start, number] = /^Merged PR (\d{1,10}): /.exec(subject) ?? [];
  return start === undefined ? undefined : { pullRequest: Number(number), title: subject.slice(start.length).trim() };
}
