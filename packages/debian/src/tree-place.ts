import type { BuildProblem } from './build-rule.ts';

/** Which build files may hold the line that a problem is about, and how that line is known. */
export interface TreeSearch {
  /** Base names, best first: the first one that exists is the one that is read, because others are made from it, or not used. */
  readonly names: readonly string[];
  /** Line from 1; undefined where none or more than one fits, since a guess would mislead. */
  readonly find: (text: string) => number | undefined;
}

/**
 * For problems whose tool names no place: what configure misses stands in configure.ac, what make cannot make in the Makefile.
 * undefined for all others.
 */
export function treeSearch({ failure, message }: Pick<BuildProblem, 'failure' | 'message'>): TreeSearch | undefined {
  switch (failure) {
    case 'configure':
      return message.length < shortest
        ? undefined
        : { names: configureNames, find: (text) => onlyLine(text, (line) => line.includes(message)) };
    case 'pkg-config':
      return { names: configureNames, find: (text) => requirementLine(text, message) };
    case 'make-target':
      return { names: makefileNames, find: (text) => targetLine(text, message) };
    default:
      return undefined;
  }
}

/** Less may stand anywhere by chance. */
const shortest = 8;

/** autoconf(1): configure is made from the first two; where there are none, somebody wrote it. */
const configureNames = ['configure.ac', 'configure.in', 'configure'];

/** In the order of make(1); then what automake and configure make them from. */
const makefileNames = ['GNUmakefile', 'makefile', 'Makefile', 'Makefile.am', 'Makefile.in'];

function requirementLine(text: string, message: string): number | undefined {
  const all = /requirements \((.*?)\) were not met/.exec(message)?.[1] ?? /[Pp]ackage '?([^\s']+?)'? (?:was not )?found/.exec(message)?.[1];
  if (all === undefined) return undefined;
  const [first = ''] = all.trim().split(/[\s,]+/);
  return (
    onlyLine(text, (line) => line.includes(all) && /PKG_/.test(line)) ??
    onlyLine(text, (line) => /PKG_/.test(line) && wordsOf(line).includes(first))
  );
}

/** `No rule to make target 'config.h', needed by 'prog'.` */
function targetLine(text: string, message: string): number | undefined {
  const [, missing = '', user] = /target [`']([^']+)'(?:, needed by [`']([^']+)')?/.exec(message) ?? [];
  if (missing === '' || user === undefined) return undefined;
  const names = (line: string): boolean => wordsOf(line).includes(missing);
  const isRuleOf = (line: string): boolean => {
    const [targets = '', needs] = line.split(/::?(?!=)(.*)/s);
    return needs !== undefined && wordsOf(targets).includes(user) && names(needs);
  };
  const line = (fits: (line: string) => boolean): number | undefined => onlyLine(text, (one) => !one.startsWith('\t') && fits(one));
  return line(isRuleOf) ?? line(names);
}

const wordsOf = (line: string): readonly string[] => line.split(/[\s:=|,;()[\]\\'"`<>]+/);

/** The number of the one line that fits and is no comment of shell, make or m4. */
function onlyLine(text: string, fits: (line: string) => boolean): number | undefined {
  const found = text.split('\n').flatMap((line, index) => (!/^\s*(?:#|dnl\b)/.test(line) && fits(line) ? [index + 1] : []));
  return found.length === 1 ? found[0] : undefined;
}
