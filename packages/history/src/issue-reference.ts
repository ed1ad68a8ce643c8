import type { Footer } from './footers.ts';

/** An issue or pull request that a footer names. */
export interface IssueReference {
  /** `close` by one of GitHub's closing words, and by Debian's `Closes:`. */
  readonly action: 'close' | 'mention';
  /** `owner/name`; undefined of the repository itself. */
  readonly repository: string | undefined;
  readonly number: number;
}

const closing = /^(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)$/i;
const mentioning = /^(?:refs?|references?|see|see-also|related(?:-to)?|relates-to|part-of|updates?|issues?|bug)$/i;
const reference = /(?<![^\s,;(])(?:(?:([\w.-]{1,100}\/[\w.-]{1,100})?#)|GH-)(\d{1,10})(?!\w)/g;

/** The issues that footers name by `#12`, `owner/name#12` or `GH-12`, in their order, each once; one that is closed somewhere is closed. */
export function issuesOf(footers: readonly Footer[]): readonly IssueReference[] {
  const found = new Map<string, IssueReference>();
  for (const { token, text } of footers) {
    const action = closing.test(token) ? 'close' : mentioning.test(token) ? 'mention' : undefined;
    if (action === undefined) continue;
    for (const [, repository, digits] of text.matchAll(reference)) {
      const key = `${repository?.toLowerCase() ?? ''}#${Number(digits)}`;
      if (action === 'close' || !found.has(key)) found.set(key, { action, repository, number: Number(digits) });
    }
  }
  return [...found.values()];
}
