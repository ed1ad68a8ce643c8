import { inertMarkdown } from '@release-kit/action/inert';

/** Text of a commit inside a list entry: inert as any stranger's text, one line, cut to `limit` characters. */
export function inertCommit(text: string, limit: number): string {
  const line = oneLine(text, limit);
  if (!isPlain(line)) return inertMarkdown(line);
  return line.includes('#') ? line.replace(/#(?=\d)/g, '#\u200b') : line;
}

/** One line of at most `limit` characters; not inert yet. */
export function oneLine(text: string, limit: number): string {
  // A character takes two units at most; looking at more would cost time for nothing.
  const start = text.length > limit * 2 + 2 ? text.slice(0, limit * 2 + 2) : text;
  const line = (oddBlank.test(start) ? start.replace(/\s+/g, ' ') : start).trim();
  if (line.length <= limit) return line;
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}

const oddBlank = /[^\S ]| {2}/;

// Most texts hold nothing that Markdown or a log could take for its own, and looking for each such thing would be most of
// the time that a full changelog takes. What follows `www.` or `https:` is a link, `GH-12` and `#12` are references, and `!` at the end stands before a link of ours.
const plain = /^[A-Za-z][A-Za-z0-9 ,.'"/?%():;=+!#-]*$/;
const linked = /(?:https?|ftp|mailto|www)[:.]|gh-\d/i;

function isPlain(line: string): boolean {
  return plain.test(line) && !line.endsWith('!') && !linked.test(line);
}
