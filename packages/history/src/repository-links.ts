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
 * E_INPUT for an address that is no plain one of the web, since it would stand raw inside Markdown.
 */
export function repositoryLinks(address: string, patterns: LinkPatterns = githubPatterns): RepositoryLinks {
  const base = address.replace(/\/$/, '').replace(/\.git$/, '');
  const fill = (pattern: string, values: Readonly<Record<string, string>>): string => {
    const filled = pattern.replace(/\{([a-z]+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? whole : urlPart(value);
    });
    return base + filled;
  };
  for (const text of [base, ...Object.values(patterns)]) {
    if (/[^\w.:/{}~%?&=#+-]/.test(text)) throw wrongAddress(text);
  }
  if (!/^https?:\/\/[\w.-]+(?::\d+)?(?:\/|$)/.test(base)) throw wrongAddress(base);
  return {
    commit: (sha) => fill(patterns.commit, { sha }),
    number: (number) => fill(patterns.number, { number }),
    compare: (from, to) => fill(patterns.compare, { from, to }),
    history: (tag) => fill(patterns.history, { tag }),
  };
}

function wrongAddress(text: string): UserError {
  return new UserError('E_INPUT', `${inertLine(text)} is not the address of a repository's pages`, {
    cure: 'Name it as https://host/owner/name.',
  });
}

/** A name inside of an address: slashes stay, what Markdown or HTML could take for its own does not. */
function urlPart(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
