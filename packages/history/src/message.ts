import type { Commit } from './commit.ts';

/**
 * Takes a whole commit message (`%B` of git log) apart. The header is its first line with text, although git joins all
 * lines up to the first blank one to one subject: a footer right below the header is a footer.
 */
export function splitMessage(message: string): Required<Pick<Commit, 'subject' | 'body' | 'bodyLine'>> {
  const text = message.trimStart();
  const end = text.indexOf('\n');
  if (end === -1) return { subject: text.trimEnd(), body: '', bodyLine: 3 };
  const rest = text.slice(end + 1);
  const body = rest.replace(/^(?:[ \t\r]*\n)+/, '');
  if (body.trim() === '') return { subject: text.slice(0, end).trimEnd(), body: '', bodyLine: 3 };
  const blank = rest.length - body.length;
  const skipped = blank === 0 ? 0 : rest.slice(0, blank).split('\n').length - 1;
  return { subject: text.slice(0, end).trimEnd(), body: body.trimEnd(), bodyLine: 2 + skipped };
}
