import { codeSpan, inertMarkdown } from '@release-kit/action';

/** `rolled-back`: to be seen, but nobody should use it. `yanked`: hidden from everybody who may not write. */
export type ReleaseMark = 'rolled-back' | 'yanked';

export interface MarkText {
  readonly mark: ReleaseMark;
  /** The tag of the release to use in its place. */
  readonly instead: string | undefined;
  /** A person's words. */
  readonly reason: string | undefined;
}

const banner = /<!-- release-kit (rolled-back|yanked) -->\r?\n[\s\S]*?<!-- \/release-kit \1 -->(?:\r?\n){0,2}/;
const longestReason = 500;

/** The mark that a release carries in its notes; undefined when it carries none. */
export function markOf(body: string): ReleaseMark | undefined {
  const found = banner.exec(body)?.[1];
  return found === 'rolled-back' || found === 'yanked' ? found : undefined;
}

/** The notes with a banner in front; one that is there is replaced. */
export function markedBody(body: string, { mark, instead, reason }: MarkText): string {
  const use = instead === undefined ? '' : `; use ${codeSpan(instead)} instead`;
  const why =
    reason === undefined || reason.trim() === '' ? '' : ` ${inertMarkdown(reason.trim().replace(/\s+/g, ' ').slice(0, longestReason))}`;
  const what = mark === 'yanked' ? 'This release was withdrawn' : 'This release was rolled back';
  const text = `> [!CAUTION]\n> **${what}.** Do not install it${use}.${why}`;
  return `<!-- release-kit ${mark} -->\n${text}\n<!-- /release-kit ${mark} -->\n\n${unmarkedBody(body)}`;
}

/** The notes with a banner that leads to another release, or to none; what we did not write in this form stays as it is. */
export function bodyLeadingTo(body: string, instead: string | undefined): string {
  const use = instead === undefined ? '' : `; use ${codeSpan(instead)} instead`;
  // A function, since `$` in a replacement means something.
  return body.replace(banner, (text) => text.replace(/(?<=\*\* Do not install it)(?:; use `[^`\n]*` instead)?(?=\.)/, () => use));
}

/** The notes as they were before. */
export function unmarkedBody(body: string): string {
  return body.replace(banner, '');
}
