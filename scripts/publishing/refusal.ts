/** Why nothing was published. Tests and the page on publishing name them. */
export type RefusalCode =
  /** An option is missing, unknown or cannot be read. */
  | 'usage'
  /** Not a release tag. */
  | 'version'
  /** What is to be published is not what is committed. */
  | 'dirty'
  /** The sources are not there as a commit with its history. */
  | 'source'
  /** dist/ is not what a tag may hold. */
  | 'tree'
  /** A workflow or action.yml uses something that a caller would not get, or not at one commit. */
  | 'reference'
  /** A bundle does not start, or holds an import that nobody resolves. */
  | 'bundle'
  /** Two builds, or a build and its digest, differ. */
  | 'not-reproducible'
  /** The version is published already, with other content. */
  | 'tag-taken'
  /** The floating tag is where nobody of us put it. */
  | 'floating-tag'
  /** Others changed the tags again and again meanwhile. */
  | 'contended'
  /** The repository did not take the tags. */
  | 'push'
  /** What the repository gives back is not what was pushed. */
  | 'read-back'
  /** Releases of the repository can be changed afterwards. */
  | 'mutable-releases'
  | 'git';

/** A reason to stop that a maintainer can do something about: what, and the cure. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly cure: string | undefined;

  constructor(code: RefusalCode, message: string, cure?: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.cure = cure;
  }
}

/** Text that a program or another host wrote, as lines that neither a terminal nor a runner obeys. */
export function plainText(text: string): string {
  return text
    .replace(/[^\x20-\x7e\n]/g, '?')
    .replace(/##\[/g, '## [')
    .replace(/^(?=\s*::)/gm, '|')
    .trim();
}
