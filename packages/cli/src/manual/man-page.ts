import { type CommandPage, everyCommand, exitCodes, type OptionGroup } from './command-page.ts';
import type { Example, Meaning } from './command-text.ts';

/** `release-kit.1` as man(7) has it: the program, then each command. `version` stands at the bottom of each sheet. */
export function manPage(page: CommandPage, version: string): string {
  const commands = page.commands.flatMap((command) => [command, ...command.commands]);
  const lines = [
    '.\\" Rendered from the specs of the commands by `npm run render`; do not edit.',
    // No date: the same sources give the same bytes.
    `.TH RELEASE\\-KIT 1 "" "release\\-kit ${version}" "User Commands"`,
    '.SH NAME',
    `release\\-kit \\- ${roff(page.about)}`,
    '.SH SYNOPSIS',
    ...[page, ...commands.filter((command) => command.commands.length === 0)].flatMap(synopsisOf),
    ...section('DESCRIPTION', paragraphs(page.details)),
    ...section('OPTIONS', page.groups.flatMap(optionsOf)),
    '.SH COMMANDS',
    ...commands.flatMap(commandOf),
    ...section('ENVIRONMENT', page.environment.flatMap(meaning)),
    ...section('FILES', page.files.flatMap(meaning)),
    ...section('EXIT STATUS', exitCodes.flatMap(meaning)),
    ...section('EXAMPLES', page.examples.flatMap(example).slice(1)),
    '.SH SEE ALSO',
    '.BR dpkg\\-buildpackage (1),',
    '.BR lintian (1),',
    '.BR systemd\\-nspawn (1),',
    '.BR gpgv (1)',
  ];
  return `${lines.join('\n')}\n`;
}

function commandOf(page: CommandPage): readonly string[] {
  return [
    `.SS "${roff(page.path.join(' '))}"`,
    roff(`${capital(page.about)}.`),
    ...page.details.flatMap((text) => ['.PP', roff(text)]),
    ...page.parameters.flatMap(({ shown, about }) => tagged(shown, about)),
    ...page.groups.filter(({ title }) => title !== everyCommand).flatMap(optionsOf),
    ...(page.environment.length > 0 ? ['.PP', 'Environment:', ...page.environment.flatMap(meaning)] : []),
    ...(page.files.length > 0 ? ['.PP', 'Files:', ...page.files.flatMap(meaning)] : []),
    ...page.examples.flatMap(example),
  ];
}

function synopsisOf({ path, synopsis }: CommandPage, index: number): readonly string[] {
  const name = ['release-kit', ...path].join(' ');
  return [...(index === 0 ? [] : ['.br']), `.B ${roff(name)}`, roff(synopsis.slice(name.length + 1))];
}

function optionsOf({ title, options }: OptionGroup): readonly string[] {
  return [...(title === 'Options' ? [] : ['.PP', roff(`${title}:`)]), ...options.flatMap(({ flags, about }) => tagged(flags, about))];
}

const meaning = ({ word, about }: Meaning): readonly string[] => tagged(word, about);

const tagged = (term: string, about: string): readonly string[] => ['.TP', `.B ${roff(term)}`, roff(about)];

const example = ({ command, about }: Example): readonly string[] => [
  '.PP',
  roff(about),
  '.PP',
  '.RS 4',
  '.nf',
  roff(command),
  '.fi',
  '.RE',
];

const paragraphs = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text, index) => [...(index === 0 ? [] : ['.PP']), roff(text)]);

const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [`.SH "${title}"`, ...lines]);

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** One line of running text: no character of it is a request or an escape (groff_char(7) for what a hyphen is). */
function roff(text: string): string {
  const escaped = text
    .replace(/\s+/g, ' ')
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti');
  return escaped.startsWith('.') ? `\\&${escaped}` : escaped;
}
