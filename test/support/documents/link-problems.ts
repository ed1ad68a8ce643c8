import { access } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { innerPath } from '@release-kit/action/inner-path';
import type { MarkdownPage } from './markdown-page.ts';

/** Links that lead nowhere: files that are not there, and headings that no page has. Addresses are not asked. */
export async function linkProblems(pages: readonly MarkdownPage[], root: string): Promise<readonly string[]> {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const problems: string[] = [];
  for (const { path, links } of pages)
    for (const { line, target } of links) {
      if (/^[a-z]+:/.test(target)) continue;
      const [file = '', anchor] = target.split('#');
      const goal = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file));
      if (innerPath(root, join(root, goal)) === undefined || !(byPath.has(goal) || (await isThere(join(root, goal)))))
        problems.push(`${path}:${line}: ${target} is not there`);
      else if (anchor !== undefined && byPath.get(goal)?.anchors.has(anchor) !== true)
        problems.push(`${path}:${line}: ${target} is no heading`);
    }
  return problems;
}

const ours = /^(?:scripts|test|docs|examples|packages)\/[\w./-]*\w$/;

/** Paths of this repository in backquotes that are not there. */
export async function pathProblems(pages: readonly MarkdownPage[], root: string): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { path, spans } of pages)
    for (const { line, target } of spans)
      if (ours.test(target) && !(await isThere(join(root, target))) && !(await isThere(join(root, posix.dirname(path), target))))
        problems.push(`${path}:${line}: ${target} is not there`);
  return problems;
}

export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
