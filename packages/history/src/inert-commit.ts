import { inertMarkdown } from '@release-kit/action/inert';

/** Text of a commit inside a list entry: inert as any stranger's text, one line, cut to `limit` characters. */
export function inertCommit(text: string, limit: number): string {
  return inertMarkdown(oneLine(text, limit));
}

/** One line of at most `limit` characters; not inert yet. */
export function oneLine(text: string, limit: number): string {
  // A character takes two units at most; looking at more would cost time for nothing.
  const line = text
    .slice(0, limit * 2 + 2)
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}
