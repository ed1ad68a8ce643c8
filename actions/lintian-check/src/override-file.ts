import type { HintType } from '@release-kit/debian';

/** One line of a file of overrides. All texts are raw. */
export interface GivenOverride {
  /** Relative to the source tree. */
  readonly path: string;
  readonly line: number;
  /** The package it is for; '' when neither the line nor the name of its file says so. */
  readonly package: string;
  /** undefined: of any type that a file of this name is for. */
  readonly type: HintType | undefined;
  readonly tag: string;
  /** With `*` for any text; '' for every finding of the tag. */
  readonly context: string;
}

/** Where debhelper takes overrides from, by dh_lintian(1): debian/PACKAGE.lintian-overrides, and the source's own. */
const overrideFile = /^debian\/(?:source\/lintian-overrides|(?:([a-z0-9][a-z0-9.+-]*)\.)?lintian-overrides(?:\.[a-z0-9-]+)?)$/;

export function isOverrideFile(path: string): boolean {
  return overrideFile.test(path);
}

const grammar = /^(?:([^\s:[\]]+)?\s*(?:\[[^\]]*\])?\s*(binary|udeb|source|changes|buildinfo)?\s*:\s+)?([A-Za-z0-9][^\s:]*)(?:\s+(.*))?$/;
const longest = 4000;

/**
 * Reads lines such as `hello [amd64] binary: tag context`; package, architectures and type may be left out. What cannot be read is left
 * out here, because lintian itself tells of it (malformed-override).
 */
export function parseOverrides(text: string, path: string): readonly GivenOverride[] {
  const isSource = path === 'debian/source/lintian-overrides' || path.startsWith('debian/source.lintian-overrides');
  const owner = overrideFile.exec(path)?.[1] ?? '';
  return text.split('\n').flatMap((raw, index) => {
    const content = raw.trim();
    const match = content === '' || content.startsWith('#') || content.length > longest ? null : grammar.exec(content);
    if (match === null) return [];
    const [, name = isSource ? '' : owner, type, tag = '', context = ''] = match;
    return [{ path, line: index + 1, package: name, type: typeOf(type, isSource), tag, context: context.replace(/\s+/g, ' ') }];
  });
}

function typeOf(text: string | undefined, isSource: boolean): HintType | undefined {
  if (text === 'binary' || text === 'udeb' || text === 'source' || text === 'changes' || text === 'buildinfo') return text;
  return isSource ? 'source' : undefined;
}

/** The lines that were not there before, wherever they stood: a line that only moved is no new one. */
export function addedOverrides(now: readonly GivenOverride[], before: readonly GivenOverride[]): readonly GivenOverride[] {
  const left = new Map<string, number>();
  for (const line of before) left.set(keyOf(line), (left.get(keyOf(line)) ?? 0) + 1);
  return now.filter((line) => {
    const count = left.get(keyOf(line)) ?? 0;
    left.set(keyOf(line), count - 1);
    return count <= 0;
  });
}

function keyOf({ package: name, type, tag, context }: GivenOverride): string {
  return JSON.stringify([name, type ?? '', tag, context]);
}

/** Whether a text is what a context with `*` stands for, from end to end. */
export function matchesContext(context: string, text: string): boolean {
  const [first = '', ...rest] = context.split('*');
  const last = rest.pop();
  if (last === undefined) return text === context;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
