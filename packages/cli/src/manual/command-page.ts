import type { Argument, Command, Option } from 'commander';
import { type CommandText, type Meaning, textOf } from './command-text.ts';

/** What a value is, as far as a shell can help with it. */
export type ValueKind = 'nothing' | 'file' | 'folder' | 'text';

export interface PageOption {
  /** `-v, --verbose`, `--fail-on <error|never>`. */
  readonly flags: string;
  /** `--fail-on` */
  readonly long: string;
  /** `-v` */
  readonly short: string | undefined;
  readonly about: string;
  readonly kind: ValueKind;
  /** All that is allowed, where that is a short list. */
  readonly values: readonly string[];
  /** A value may follow, or may not. */
  readonly optional: boolean;
}

export interface OptionGroup {
  readonly title: string;
  readonly options: readonly PageOption[];
}

export interface PageArgument {
  /** `[path]`, `<file>`. */
  readonly shown: string;
  readonly about: string;
  readonly kind: ValueKind;
  readonly values: readonly string[];
}

/** The manual of one command: what its help, the man page, docs/commands.md and the completions are made of. */
export interface CommandPage extends CommandText {
  /** `release-kit key new` */
  readonly name: string;
  /** The words after the program's name. */
  readonly path: readonly string[];
  readonly about: string;
  readonly synopsis: string;
  readonly parameters: readonly PageArgument[];
  readonly groups: readonly OptionGroup[];
  readonly commands: readonly CommandPage[];
  /** The heading that it stands below where its parent lists it. */
  readonly heading: string;
}

/** What every command ends with. */
export const exitCodes: readonly Meaning[] = [
  { word: '0', about: 'fine' },
  { word: '1', about: 'findings or failed checks' },
  { word: '2', about: 'wrong usage or configuration' },
  { word: '3', about: 'a bug of release-kit' },
];

/** Reads the manual of a command, and of those below it, from its definition. */
export function pageOf(command: Command): CommandPage {
  const path = pathOf(command);
  const commands = command.commands.filter((one) => one.name() !== 'help').map(pageOf);
  const parameters = command.registeredArguments.map(parameterOf);
  const synopsis = [
    'release-kit',
    ...path,
    '[options]',
    ...(commands.length > 0 ? ['<command>'] : []),
    ...parameters.map(({ shown }) => shown),
  ];
  return {
    name: ['release-kit', ...path].join(' '),
    path,
    about: command.description(),
    synopsis: synopsis.join(' '),
    parameters,
    groups: groupsOf(command),
    commands,
    heading: command.helpGroup() === '' ? 'Commands' : command.helpGroup(),
    ...textOf(command),
  };
}

/** A page and all below it, each before those below it. */
export function allPages(page: CommandPage): readonly CommandPage[] {
  return [page, ...page.commands.flatMap(allPages)];
}

/** The options of a command, of all groups. */
export const optionsOf = ({ groups }: CommandPage): readonly PageOption[] => groups.flatMap(({ options }) => options);

function pathOf(command: Command): readonly string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

const help: PageOption = {
  flags: '-h, --help',
  long: '--help',
  short: '-h',
  about: 'this text',
  kind: 'nothing',
  values: [],
  optional: false,
};

/** Title of the options that every command has. */
export const everyCommand = 'Options of every command';

/** The command's own options, then those that it shares with others, then those of every command. */
function groupsOf(command: Command): readonly OptionGroup[] {
  const groups = new Map<string, PageOption[]>();
  const program = programOf(command);
  const own = command === program ? [] : command.options.filter((option) => !option.hidden);
  for (const option of own) {
    const title = option.helpGroupHeading ?? 'Options';
    groups.set(title, [...(groups.get(title) ?? []), optionOf(option)]);
  }
  const taken = new Set(own.map(({ long }) => long));
  const everywhere = program.options.filter(({ long }) => !taken.has(long) && (command === program || long !== '--version'));
  const title = command === program ? 'Options' : everyCommand;
  const ordered = [...groups].sort(([one], [other]) => Number(other === 'Options') - Number(one === 'Options'));
  return [...ordered.map(([name, options]) => ({ title: name, options })), { title, options: [...everywhere.map(optionOf), help] }];
}

const programOf = (command: Command): Command => (command.parent === null ? command : programOf(command.parent));

function optionOf(option: Option): PageOption {
  const placeholder = /[<[]([^\]>]+)[\]>]$/.exec(option.flags)?.[1]?.replace('...', '') ?? '';
  const values = option.argChoices ?? valuesIn(placeholder);
  return {
    flags: option.flags,
    long: option.long ?? '',
    short: option.short,
    about: withDefault(option.description, option.mandatory ? undefined : option.defaultValue, option.mandatory),
    kind: option.required || option.optional ? kindOf(placeholder) : 'nothing',
    values: [...values],
    optional: option.optional,
  };
}

function parameterOf(argument: Argument): PageArgument {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return {
    shown: argument.required ? `<${name}>` : `[${name}]`,
    about: withDefault(argument.description, argument.defaultValue, false),
    kind: kindOf(argument.name()),
    values: argument.argChoices ?? [],
  };
}

/** `<native|cross>` names all that is allowed. */
const valuesIn = (placeholder: string): readonly string[] => (placeholder.includes('|') ? placeholder.split('|') : []);

function kindOf(placeholder: string): ValueKind {
  if (placeholder === 'folder') return 'folder';
  return ['file', 'path', 'glob'].includes(placeholder) ? 'file' : 'text';
}

function withDefault(about: string, value: unknown, isMandatory: boolean): string {
  if (isMandatory) return `${about} (must be given)`;
  return typeof value === 'string' && !about.includes('(default:') ? `${about} (default: ${value})` : about;
}
