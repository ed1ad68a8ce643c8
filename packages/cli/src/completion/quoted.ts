/** One word for sh, bash and zsh, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** One word for fish, in which a backslash escapes inside single quotes too. */
export const quotedForFish = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** The first sentence, for a list in which each line describes one thing. */
export function firstSentence(text: string): string {
  const [first = text] = text.split(/[.;] |, which | \(/, 1);
  return first.replace(/\.$/, '');
}
