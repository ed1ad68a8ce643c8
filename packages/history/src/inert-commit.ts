import { inertMarkdown } from '@release-kit/action/inert';

/**
 * Text of a commit inside a list entry: inert as any stranger's text, and besides no reference to an issue (`#12`,
 * `GH-12`: GitHub links them whatever is escaped, since it looks at the rendered text) and no start of a list, heading
 * or rule. One line, cut to `limit` characters.
 */
export function inertCommit(text: string, limit: number): string {
  const line = text
    .slice(0, limit * 2 + 2)
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  const cut = [...line].length > limit ? `${[...line].slice(0, limit - 1).join('')}…` : line;
  return inertMarkdown(cut)
    .replace(/#(?=\d)/g, '#\u200b')
    .replace(/\b(GH)-(?=\d)/gi, '$1-\u200b')
    .replace(/\b(ftp|mailto|xmpp)(?=:)/gi, '$1\u200b')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2');
}
