import { Refusal } from './refusal.ts';

/** Where the tree is published. */
export interface Home {
  /** `owner/name`. */
  readonly repository: string;
  /** Names of the actions in the tree. */
  readonly actions: readonly string[];
}

/** One commit of the home, by its full name, and the release that it belongs to. */
export interface Pin {
  readonly commit: string;
  readonly tag: string;
}

const repositoryName = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/;

/** @throws Refusal usage */
export function checkedRepositoryName(text: string): string {
  if (repositoryName.test(text) && !/\/\.{1,2}$/.test(text)) return text;
  throw new Refusal('usage', `${JSON.stringify(text)} is no name of a repository`, 'Name it as owner/name.');
}

const usesLine = /^(\s*(?:-\s+)?uses:\s*)(["']?)([^\s"'#]+)\2\s*(#.*)?$/;

/**
 * A workflow or the root action.yml as callers get it: each of our actions at exactly one commit. What is already at a full commit stays as it
 * is; a workflow beside it (`./.github/workflows/x.yml`) GitHub takes from the same commit. Anything else would be read from the caller's own files,
 * or could be moved later.
 *
 * @throws Refusal reference
 */
export function pinnedText(file: string, text: string, home: Home, pin: Pin): string {
  return text
    .split('\n')
    .map((line, index) => pinnedLine(`${file}:${index + 1}`, line, home, pin))
    .join('\n');
}

function pinnedLine(place: string, line: string, home: Home, pin: Pin): string {
  // A comment, or a text that only talks about it.
  if (!/^\s*(-\s+)?["']?uses["']?\s*:/.test(line)) return line;
  const [, head, , reference, comment] = usesLine.exec(line) ?? [];
  if (head === undefined || reference === undefined) throw new Refusal('reference', `${place}: cannot be read: ${line.trim()}`);
  const action = ownAction(reference);
  if (action === undefined) {
    const commit = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(reference) && /^#\s*v\d/.test(comment ?? '');
    const beside = /^\.\/\.github\/workflows\/[a-z][a-z0-9-]*\.yml$/.test(reference);
    if (commit || beside) return line;
    throw new Refusal('reference', `${place}: ${reference} is neither one of ours nor a full commit with its version behind it`);
  }
  if (!home.actions.includes(action)) throw new Refusal('reference', `${place}: there is no action ${action} in the tree`);
  return `${head}${home.repository}/${action}@${pin.commit} # ${pin.tag}`;
}

/** `./dist/build-deb` and `release-kit/release-kit/build-deb@v1` are build-deb. */
function ownAction(reference: string): string | undefined {
  return (
    /^\.\/dist\/([a-z][a-z0-9-]*)\/?$/.exec(reference)?.[1] ?? /^release-kit\/release-kit\/([a-z][a-z0-9-]*)@v\d+$/.exec(reference)?.[1]
  );
}

/**
 * README of an action as callers read it: names of actions lead to this repository, links to pages that are not published lead to the
 * sources at the commit that was built.
 */
export function publishedPage(text: string, home: Home, source: string, ref: string): string {
  return text
    .replace(/\brelease-kit\/release-kit((?:\/[\w.-]+)*)@v\d+(?![\w.-])/g, (_, path: string) => `${home.repository}${path}@${ref}`)
    .replace(/\]\(\.\.\/\.\.\/([^)\s]*)\)/g, (_, target: string) => `](${linkTo(target, home, source)})`);
}

function linkTo(target: string, home: Home, source: string): string {
  if (/^[a-z-]+\.schema\.json$/.test(target)) return `../${target}`;
  // GitHub answers blob/ with the page of a folder where it is one.
  return `https://github.com/${home.repository}/blob/${source}/${target}`;
}
