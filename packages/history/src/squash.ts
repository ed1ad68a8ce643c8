import type { Commit } from './commit.ts';
import { fencedLines } from './fenced-lines.ts';
import { linesOf, ruler } from './footers.ts';
import { type Header, knownTypes, parseHeader } from './header.ts';
import { azureTitle, parseMerge, pullRequestOf } from './merge-header.ts';
import { isGitRevert } from './revert-target.ts';

interface Part {
  readonly subject: string;
  /** Of the body, from 0. */
  readonly line: number;
  readonly column: number;
  /** The first line after it that is not its own. */
  end: number;
}

/**
 * The commits that a squash lists in its body: GitHub's list (`* feat: a`, its text, a dashed line before the co-authors),
 * a plain list, or whole messages one after the other. Only parts with a conventional header of a known type, and reverts, become
 * commits; all other lines stay in the body of the squash, and so do the lines of a part that says the same as the title
 * or as another part. Newest first, as git lists commits: the squash itself, then its parts from the last to the first.
 *
 * `types`: further types that a project knows, in lower case. Linear time; a commit without parts is returned as it is,
 * and so is a merge, whose commits are in the history.
 */
export function expandSquash(commit: Commit, types: ReadonlySet<string> = knownTypes): readonly Commit[] {
  if (commit.body === '' || commit.part !== undefined || parseMerge(commit.subject.trim(), commit.body) !== undefined) return [commit];
  const lines = linesOf(commit.body);
  const parts = findParts(lines, types);
  if (parts.length === 0) return [commit];

  const seen = new Set([sameness(commit.subject)]);
  const left: string[] = [...lines];
  const own: Commit[] = [];
  const pullRequest = pullRequestOf(commit.subject.trim()) ?? azureTitle(commit.subject.trim())?.pullRequest;
  const bodyLine = commit.bodyLine ?? 3;
  for (const { subject, line, column, end } of parts) {
    // Emptied lines keep the places of all others, for warnings.
    left[line] = '';
    const key = sameness(subject);
    if (seen.has(key)) continue;
    seen.add(key);
    left.fill('', line, end);
    const text = lines.slice(line + 1, end);
    const begin = text.findIndex((textLine) => textLine.trim() !== '');
    own.push({
      ...commit,
      subject,
      body: begin === -1 ? '' : text.slice(begin).join('\n').trimEnd(),
      bodyLine: bodyLine + line + 1 + Math.max(begin, 0),
      part: { number: own.length + 1, pullRequest, line: bodyLine + line, column },
    });
  }
  return [{ ...commit, body: left.join('\n').trimEnd() }, ...own.reverse()];
}

function findParts(lines: readonly string[], types: ReadonlySet<string>): readonly Part[] {
  const fenced = fencedLines(lines);
  const parts: Part[] = [];
  let bullet: string | undefined;
  let open: Part | undefined;
  // An entry begins after a blank line or right after another one.
  let mayBegin = true;
  for (const [line, text] of lines.entries()) {
    const mark: string | undefined = mayBegin && /^[*-] /.test(text) ? text.slice(0, 1) : undefined;
    const subject: string = mark === undefined ? text.trim() : text.slice(2).trim();
    const isOurs: boolean =
      mayBegin && fenced[line] !== 1 && (bullet === undefined || mark === bullet) && isPart(subject, types, mark !== undefined);
    if (isOurs) {
      bullet ??= mark;
      open = { subject, line, column: mark === undefined ? 1 : 3, end: line + 1 };
      parts.push(open);
    } else if (ruler.test(text) || (mark !== undefined && mark === bullet)) {
      open = undefined;
    } else if (open !== undefined) {
      open.end = line + 1;
    }
    mayBegin = isOurs || mark !== undefined || text.trim() === '';
  }
  return parts;
}

/** Without a bullet, prose and footers look much like headers: then the type is in lower case, and more than numbers follow. */
function isPart(subject: string, types: ReadonlySet<string>, hasBullet: boolean): boolean {
  const header = parseHeader(subject);
  if (header === undefined) return hasBullet && isGitRevert(subject);
  if (!types.has(header.type) && !knownTypes.has(header.type)) return false;
  return hasBullet || (subject.startsWith(header.type) && !/^#?\d+$/.test(header.description));
}

/** What two headers that say the same have in common: letters without case, blanks, and no number of a pull request. */
function sameness(subject: string): string {
  const text = subject.trim().replace(/ \([#!]\d{1,10}\)$/, '');
  const header: Header | undefined = parseHeader(text);
  const words = header === undefined ? text : `${header.type}(${header.scope ?? ''})${header.bang ? '!' : ''}: ${header.description}`;
  return words.replace(/\s+/g, ' ').toLowerCase();
}
