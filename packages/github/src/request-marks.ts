import { createHash } from 'node:crypto';
import type { CommittedFile } from './git-data.ts';
import type { RemoteCommit } from './git-data-answers.ts';

/** What a commit of ours says of itself, so that one that people made or changed is known from it. */
const trailer = /^Release-Request: ([0-9a-f]{40,64}) ([0-9a-f]{64})$/m;
const start = /<!-- release-kit: release request ([\w./@+-]{1,255}) -->/;
const end = '<!-- release-kit: end of the release request -->';

/** A name for what is asked for: the same commit, title and files have the same one. */
export function digestOf(commit: string, title: string, files: readonly CommittedFile[]): string {
  const hash = createHash('sha256');
  const parts = files.map(({ path, bytes, executable }) => [path, executable, createHash('sha256').update(bytes).digest('hex')]);
  return hash.update(JSON.stringify([commit, title, parts])).digest('hex');
}

export function commitMessage(title: string, tree: string, digest: string): string {
  return `${title}\n\nRelease-Request: ${tree} ${digest}\n`;
}

/**
 * The digest in a commit of ours that nobody changed; undefined of every other commit. People who amend it change its tree, and those who
 * commit on top or merge into the branch make a commit without the line, or with a second parent.
 */
export function ownDigest({ message, tree, parents }: RemoteCommit): string | undefined {
  const [, named, digest] = trailer.exec(message) ?? [];
  return named === tree && parents.length === 1 ? digest : undefined;
}

/** The text of a new pull request. `tag` is what is to be set after the merge, `text` GitHub Markdown that is inert. */
export function markedBody(tag: string, text: string): string {
  return `<!-- release-kit: release request ${tag} -->\n\n${text.trim()}\n\n${end}`;
}

/** The tag that a pull request of ours leads to; undefined of one that is not ours. */
export function requestedTag(body: string): string | undefined {
  return start.exec(body)?.[1];
}

/** Puts our part in place of the one that is there. What people wrote above and below stays; undefined when nothing of ours is there. */
export function bodyWith(body: string, ours: string): string | undefined {
  const text = body.replaceAll('\r\n', '\n');
  const from = start.exec(text)?.index;
  const to = from === undefined ? -1 : text.indexOf(end, from);
  if (from === undefined || to === -1) return undefined;
  return text.slice(0, from) + ours + text.slice(to + end.length);
}
