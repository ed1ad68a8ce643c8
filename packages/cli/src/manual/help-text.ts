import { type CommandPage, exitCodes } from './command-page.ts';
import type { Meaning } from './command-text.ts';
import { twoColumns, wrapText } from './wrapped-text.ts';

/** Lines longer than this are hard to read, however wide the terminal is. */
const widest = 100;

/** What `--help` prints, in the order of a man page. `width` in columns; `bold` marks what a heading is, where a terminal shows it. */
export function helpText(page: CommandPage, width: number, bold: (text: string) => string): string {
  const columns = Math.min(width, widest);
  const pairs = (meanings: readonly Meaning[]): readonly string[] =>
    twoColumns(
      meanings.map(({ word, about }) => [word, about]),
      columns,
    );
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Usage', [`  ${page.synopsis}`]],
    ['Description', page.details.flatMap((paragraph, index) => [...(index === 0 ? [] : ['']), ...wrapText(paragraph, columns, 2)])],
    ...listsOf(page).map(([title, commands]) => [title, twoColumns(commands, columns)] as const),
    [
      'Arguments',
      twoColumns(
        page.parameters.map(({ shown, about }) => [shown, about]),
        columns,
      ),
    ],
    ...page.groups.map(
      ({ title, options }) =>
        [
          title,
          twoColumns(
            options.map(({ flags, about }) => [flags, about]),
            columns,
          ),
        ] as const,
    ),
    ['Environment', pairs(page.environment)],
    ['Files', pairs(page.files)],
    ['Exit codes', pairs(exitCodes)],
    ['Examples', page.examples.flatMap(({ command, about }) => [...wrapText(about, columns, 2), `    ${command}`])],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0).map(([title, lines]) => [bold(title), ...lines].join('\n'));
  return `${[wrapText(`${page.name} - ${page.about}`, columns, 0).join('\n'), ...shown].join('\n\n')}\n`;
}

/** The commands below a page, by the heading that they stand below. */
function listsOf({
  commands,
}: CommandPage): readonly (readonly [title: string, rows: readonly (readonly [name: string, about: string])[]])[] {
  const titles = [...new Set(commands.map(({ heading }) => heading))];
  return titles.map((title) => [
    title,
    commands.filter(({ heading }) => heading === title).map(({ path, about }) => [path.at(-1) ?? '', about]),
  ]);
}
