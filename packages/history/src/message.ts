import type { Commit } from './commit.ts';
import { ownCopy } from './own-copy.ts';

/**
 * Takes a whole commit message (`%B` of git log) apart. The header is its first line with text, although git joins all
 * lines up to the first blank one to one subject: a footer right below the header is a footer.
 */
export function splitMessage(message: string): Required<Pick<Commit, 'subject' | 'body' | 'bodyLine'>> {
  const text = message.trimStart();
  const end = text.indexOf('\n');
  if (end === -1) return { subject: text.trimEnd(), body: '', bodyLine: 3 };
  let start = end + 1;
  let bodyLine = 2;
  for (let next = text.indexOf('\n', start); next !== -1 && text.slice(start, next).trim() === ''; next = text.indexOf('\n', start)) {
    start = next + 1;
    bodyLine += 1;
  }
  const body = text.slice(start).trimEnd();
  // Whoever keeps the subject does not keep the body.
  return { subject: ownCopy(text.slice(0, end).trimEnd()), body, bodyLine: body === '' ? 3 : bodyLine };
}
