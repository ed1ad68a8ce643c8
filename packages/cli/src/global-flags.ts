import { type Command, Option } from 'commander';

/** Flags of every command. */
const flags = [
  { flag: '--json', about: 'print the result as one JSON document on standard output; the story goes to standard error' },
  { flag: '-v, --verbose', about: 'print what the commands print' },
] as const;

/** Before the commands are added, which take this over: what stands behind a command belongs to it, so that it may have `--version` or `--json` too. */
export function withGlobalFlags(program: Command): Command {
  program.enablePositionalOptions();
  for (const { flag, about } of flags) program.option(flag, about);
  return program;
}

/** After all commands are added: people write these flags behind a command as well. A command that has a flag of that name keeps its own. */
export function repeatGlobalFlags(program: Command): void {
  for (const command of program.commands) {
    for (const { flag, about } of flags) {
      const option = new Option(flag, about).hideHelp();
      if (command.options.every(({ long }) => long !== option.long)) command.addOption(option);
    }
    repeatGlobalFlags(command);
  }
}
