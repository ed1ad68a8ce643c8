import { isSource, isTest, numbered, type Problems, type SourceTree } from './source-tree.ts';

const longestFile = 250;
/** Tables of cases are read row by row. */
const longestTest = 400;

// Written in parts, so that this file does not break its own rule.
const hosts = [
  ['deb', 'debian', 'org'],
  ['security', 'debian', 'org'],
  ['ftp', 'debian', 'org'],
  ['snapshot', 'debian', 'org'],
  ['archive', 'ubuntu', 'com'],
  ['security', 'ubuntu', 'com'],
  ['ports', 'ubuntu', 'com'],
  ['registry', 'npmjs', 'org'],
].map((parts) => parts.join('.'));
const machinePaths = ['work/main', 'work/shared', 'tmp/bash_jobs', 'home/runner/work'].map((path) => `/${path}`);

/** No address of a package host and no path of one machine: the tools know their defaults. */
export function addressProblems(tree: SourceTree): Problems {
  const words = [...hosts, ...machinePaths];
  return [...tree].flatMap(([path, text]) => {
    if (!words.some((word) => text.includes(word))) return [];
    return numbered(text).flatMap(([line, content]) =>
      words.filter((word) => content.includes(word)).map((word) => `${path}:${line}: names ${word}`),
    );
  });
}

/** A file above this length holds more than one noun; tests are allowed more, for their tables. */
export function lengthProblems(tree: SourceTree): Problems {
  return [...tree]
    .filter(([path]) => /\.(ts|sh)$/.test(path) && !path.includes('/fixtures/'))
    .map(([path, text]) => ({
      path,
      lines: text.trimEnd().split('\n').length,
      limit: path.endsWith('.test.ts') ? longestTest : longestFile,
    }))
    .filter(({ lines, limit }) => lines > limit)
    .map(({ path, lines, limit }) => `${path}: has ${lines} lines; split it below ${limit}`);
}

const tricks = [
  { pattern: /\beval\s*\(/, problem: 'eval' },
  { pattern: /\bnew Function\s*\(/, problem: 'new Function' },
  { pattern: /\bshell:\s*(true|['"])/, problem: 'a shell between us and a program' },
  { pattern: /\b(istanbul|c8|v8|node:coverage) ignore\b/, problem: 'a coverage-ignore comment' },
  { pattern: /@ts-(ignore|nocheck)\b/, problem: 'a silenced compiler' },
];

/** Words that stand for a shortcut nobody should take in packages and actions. */
export function trickProblems(tree: SourceTree): Problems {
  return [...tree].flatMap(([path, text]) =>
    !isSource(path) || isTest(path)
      ? []
      : numbered(text).flatMap(([line, content]) =>
          tricks.filter(({ pattern }) => pattern.test(content)).map(({ problem }) => `${path}:${line}: ${problem}`),
        ),
  );
}
