import { join } from 'node:path';
import { programPage } from '@release-kit/cli';
import { isThere } from './link-problems.ts';
import type { CodeBlock } from './markdown-page.ts';

type Page = ReturnType<typeof programPage>;

/** The lines that a person types: those behind `$` of a console, all others of a script. */
export const typed = ({ language, text }: CodeBlock): string =>
  language === 'console'
    ? text
        .split('\n')
        .map((line) => (line.startsWith('$ ') ? line.slice(2) : ''))
        .join('\n')
    : text;

/** Commands, flags and paths of ours that are not there: `line: message`. */
export async function commandProblems(block: CodeBlock, root: string): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [index, line] of typed(block).replace(/\\\n/g, '  ').split('\n').entries()) {
    const plain = line.replace(/(^|\s)#.*$/, '').replace(/'[^']*'|"[^"]*"/g, 'QUOTED');
    for (const [, path = ''] of plain.matchAll(/(?:^|\s)((?:scripts|examples|docs)\/[\w./-]+)/g))
      if (!(await isThere(join(root, path)))) problems.push(`${index + 1}: ${path} is not there`);
    for (const [, start = '', words = ''] of plain.matchAll(
      /(?:^|[\s(])(release-kit|scripts\/release-kit|scripts\/build-local\.sh)((?: +[^\s|&;()<>]+)*)/g,
    ))
      problems.push(
        ...usageProblems(start.endsWith('build-local.sh') ? `release ${words.replace(' --yes', '')}` : words).map(
          (problem) => `${index + 1}: ${problem}`,
        ),
      );
  }
  return problems;
}

/** The same for all blocks, and dear to make. */
let manual: Page | undefined;

/** What the command line would refuse in these words, which follow `release-kit`. */
function usageProblems(words: string): readonly string[] {
  manual ??= programPage();
  const program = manual;
  let page: Page = program;
  const problems: string[] = [];
  for (const word of words.split(/ +/).filter((one) => one !== '')) {
    const flag = /^-[-\w]+/.exec(word)?.[0];
    const below = page.commands.find(({ path }) => path.at(-1) === word);
    if (flag === undefined && below !== undefined) page = below;
    else if (flag === undefined && page.commands.length > 0 && /^[a-z][a-z-]*$/.test(word))
      problems.push(`${page.name} has no command ${word}`);
    else if (flag !== undefined && ![...optionsIn(page), ...optionsIn(program), '--help', '-h'].includes(flag))
      problems.push(`${page.name} has no option ${flag}`);
  }
  return problems;
}

const optionsIn = ({ groups }: Page): readonly string[] =>
  groups.flatMap(({ options }) => options.flatMap(({ long, short }) => (short === undefined ? [long] : [long, short])));
