import { type CommandPage, everyCommand, exitCodes } from './command-page.ts';
import type { Meaning } from './command-text.ts';

/** The reference of all commands, as docs/commands.md has it between its marks. */
export function renderCommands(page: CommandPage): string {
  const all = page.commands.flatMap((command) => [command, ...command.commands]);
  const overview = all.map(({ path, about }) => `| [\`${path.join(' ')}\`](#${anchor(path)}) | ${cell(about)} |`);
  return [
    ['| command | what it does |', '| --- | --- |', ...overview].join('\n'),
    'Every command ends with one of these codes:',
    table('code', exitCodes),
    'Options of every command:',
    ...page.groups.map(({ options }) => optionsTable(options)),
    ...all.map(sectionOf),
  ].join('\n\n');
}

function sectionOf(page: CommandPage): string {
  const groups = page.groups.filter(({ title }) => title !== everyCommand);
  const parameters = page.parameters.map(({ shown, about }) => ({ word: shown, about }));
  return [
    `### ${page.path.join(' ')}`,
    `${page.about.slice(0, 1).toUpperCase()}${page.about.slice(1)}.`,
    `\`\`\`text\n${page.synopsis}\n\`\`\``,
    ...page.details.map(prose),
    ...(parameters.length > 0 ? [table('argument', parameters)] : []),
    ...groups.flatMap(({ title, options }) => [...(title === 'Options' ? [] : [`${title}:`]), optionsTable(options)]),
    ...(page.environment.length > 0 ? [table('variable', page.environment)] : []),
    ...(page.files.length > 0 ? [table('file', page.files)] : []),
    ...page.examples.map(({ command, about }) => `${prose(about)}\n\n\`\`\`sh\n${command}\n\`\`\``),
  ].join('\n\n');
}

function optionsTable(options: CommandPage['groups'][number]['options']): string {
  return table(
    'option',
    options.map(({ flags, about }) => ({ word: flags, about })),
  );
}

function table(head: string, rows: readonly Meaning[]): string {
  return [
    `| ${head} | |`,
    '| --- | --- |',
    ...rows.map(({ word, about }) => `| \`${word.replaceAll('|', '\\|')}\` | ${cell(about)} |`),
  ].join('\n');
}

const anchor = (path: readonly string[]): string => path.join('-').toLowerCase();

/** Text of ours, in which no character is meant as Markdown. */
const prose = (text: string): string => text.replace(/[<*_]/g, (character) => `\\${character}`);

const cell = (text: string): string => prose(text).replaceAll('|', '\\|');
