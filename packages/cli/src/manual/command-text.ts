import type { Command } from 'commander';

export interface Example {
  /** As typed, without a prompt. */
  readonly command: string;
  readonly about: string;
}

/** A word and what it means: a variable, a file, an exit code. */
export interface Meaning {
  readonly word: string;
  readonly about: string;
}

/** What a manual says of a command beyond its flags. */
export interface CommandText {
  /** Paragraphs, in plain text; lines are broken where they are shown. */
  readonly details: readonly string[];
  readonly environment: readonly Meaning[];
  readonly files: readonly Meaning[];
  readonly examples: readonly Example[];
}

const texts = new WeakMap<Command, CommandText>();

const nothing: CommandText = { details: [], environment: [], files: [], examples: [] };

/** Adds to what the manual says of a command: in its help, in the man page and in docs/commands.md. */
export function explain(command: Command, more: Partial<CommandText>): Command {
  const { details, environment, files, examples } = textOf(command);
  texts.set(command, {
    details: [...details, ...(more.details ?? [])],
    environment: [...environment, ...(more.environment ?? [])],
    files: [...files, ...(more.files ?? [])],
    examples: [...examples, ...(more.examples ?? [])],
  });
  return command;
}

export const textOf = (command: Command): CommandText => texts.get(command) ?? nothing;
