import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';

/** Addresses of a repository's pages. */
export interface RepositoryLinks {
  readonly commit: (sha: string) => string;
  /** Of an issue or a pull request. */
  readonly number: (number: string) => string;
  readonly compare: (from: string, to: string) => string;
  /** Of all commits up to a tag. */
  readonly history: (tag: string) => string;
}

/** Where the pages of a repository are; each pattern stands behind its address. */
export interface LinkPatterns {
  /** Has `{sha}`. */
  readonly commit: string;
  /** Has `{number}`. */
  readonly number: string;
  /** Has `{from}` and `{to}`. */
  readonly compare: string;
  /** Has `{tag}`. */
  readonly history: string;
}

/** GitHub leads from the page of an issue to that of the pull request with its number. */
export const githubPatterns: LinkPatterns = {
  commit: '/commit/{sha}',
  number: '/issues/{number}',
  compare: '/compare/{from}...{to}',
  history: '/commits/{tag}',
};

/**
 * Links for the repository at `address` (`https://host/owner/name`, with or without `/` or `.git` at the end). Throws
 * E_INPUT for an address that is no plain one of the web, since it would stand raw inside Markdown, and for a pattern
 * with a name that it cannot have.
 */
export function repositoryLinks(address: string, patterns: LinkPatterns = githubPatterns): RepositoryLinks {
  const base = address.replace(/\/$/, '').replace(/\.git$/, '');
  if (unsafe.test(base) || !/^https?:\/\/[\w.-]+(?::\d+)?(?:\/|$)/.test(base)) throw wrongAddress(base);
  const one = (pattern: string, name: string) => filler(base, pattern, [name]);
  const compare = filler(base, patterns.compare, ['from', 'to']);
  return {
    commit: one(patterns.commit, 'sha'),
    number: one(patterns.number, 'number'),
    compare: (from, to) => compare(from, to),
    history: one(patterns.history, 'tag'),
  };
}

const unsafe = /[^\w.:/~%?&=#+-]/;

/** Made once, since a full changelog has two addresses for each commit. */
function filler(base: string, pattern: string, names: readonly string[]): (...values: readonly string[]) => string {
  const parts = pattern.split(/\{([a-z]+)\}/);
  const wanted = parts.map((part, index) => (index % 2 === 1 ? names.indexOf(part) : -1));
  if (parts.some((part, index) => (index % 2 === 1 ? wanted[index] === -1 : unsafe.test(part)))) throw wrongAddress(pattern);
  return (...values) => {
    let text = base;
    for (let index = 0; index < parts.length; index += 1)
      text += index % 2 === 1 ? urlPart(values[wanted[index] ?? 0] ?? '') : (parts[index] ?? '');
    return text;
  };
}

function wrongAddress(text: string): UserError {
  return new UserError('E_INPUT', `${inertLine(text)} is not the address of a repository's pages`, {
    cure: 'Name it as https://host/owner/name.',
  });
}

/** A name inside of an address: slashes stay, what Markdown or HTML could take for its own does not. */
function urlPart(text: string): string {
  if (/^[\w.-]*$/.test(text)) return text;
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
