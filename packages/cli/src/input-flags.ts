import type { ActionSpec } from '@release-kit/action';
import type { Command } from 'commander';
import { flagHelp, flagOf, givenTexts, variableOf } from './given.ts';

/** A flag for each input of an action that is no secret, without those that the command gives itself. */
export function addInputFlags(command: Command, spec: ActionSpec, except: readonly string[] = []): Command {
  for (const [name, input] of Object.entries(spec.inputs)) {
    const flag = except.includes(name) ? undefined : flagOf(name, input);
    if (flag !== undefined) command.option(flag, flagHelp(input));
  }
  const secrets = Object.entries(spec.inputs).filter(([, input]) => input.type === 'secret');
  if (secrets.length > 0) {
    const lines = secrets.map(([name, input]) => `  ${variableOf(name)}  ${input.description}`);
    command.addHelpText('after', `\nSecrets come from the environment:\n${lines.join('\n')}`);
  }
  return command;
}

/** What was given of them, as texts by input name. commander's own names are camelCase; each option knows its name in the spec. */
export function givenInputs(command: Command, spec: ActionSpec): Record<string, string> {
  const flags = command.options.map((option) => [option.long?.slice(2) ?? '', command.getOptionValue(option.attributeName())]);
  return givenTexts(spec, Object.fromEntries(flags));
}
