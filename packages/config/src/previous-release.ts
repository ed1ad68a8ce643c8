import type { PreviousRelease } from './smoke-config.ts';

/** The one text form of where the previous release is: in `smoke.previous`, and in the input of that name. */
export const previousForms = [
  'none',
  './<folder of packages, or a manifest>',
  'github',
  'github:<tag>',
  'github:<owner>/<name>',
  'github:<owner>/<name>@<tag>',
  'distribution',
  'apt:<source line with keys of its own>',
] as const;

/** For the schema: what `parsePreviousRelease` reads. */
export const previousPattern =
  '^(none|distribution|github(:([A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}(@[A-Za-z0-9._+-]{1,200})?|[A-Za-z0-9._+-]{1,200}))?|apt:[\\s\\S]+|[^:\\n]*/[^:\\n]*)$';

/**
 * Reads the text form. `none`: no upgrade is tried; undefined: it is of no form that is known. A path has a slash in it, so that a
 * misspelt word is not taken for a folder.
 */
export function parsePreviousRelease(text: string): PreviousRelease | 'none' | undefined {
  if (!new RegExp(previousPattern).test(text)) return undefined;
  if (text === 'none') return 'none';
  if (text === 'distribution') return { from: 'distribution' };
  if (text.startsWith('apt:')) {
    const source = text.slice('apt:'.length).trim();
    return source === '' ? undefined : { from: 'apt', source };
  }
  const github = /^github(?::(?:([^/@]+\/[^/@]+)(?:@(.+))?|([^/]+)))?$/.exec(text);
  if (github !== null) return { from: 'github', repository: github[1], tag: github[2] ?? github[3] };
  return { from: 'folder', path: text };
}

/** The text form of what was read, for people. */
export function previousText(previous: PreviousRelease | undefined): string {
  switch (previous?.from) {
    case undefined:
      return 'none';
    case 'distribution':
      return 'distribution';
    case 'folder':
      return previous.path;
    case 'apt':
      return `apt:${previous.source}`;
    case 'github': {
      const { repository, tag } = previous;
      if (repository !== undefined) return `github:${repository}${tag === undefined ? '' : `@${tag}`}`;
      return tag === undefined ? 'github' : `github:${tag}`;
    }
  }
}
