import type { ActionSpec } from '@release-kit/action';
import { machineInputs } from '@release-kit/machine';
import { manifestInputs } from '@release-kit/manifest';
import { type Command, Option } from 'commander';
import { flagHelp, flagOf, givenTexts, variableOf } from './given.ts';
import { explain } from './manual/command-text.ts';

/** A flag for each input of an action that is no secret, without those that the command gives itself. */
export function addInputFlags(command: Command, spec: ActionSpec, except: readonly string[] = []): Command {
  for (const [name, input] of Object.entries(spec.inputs)) {
    const flag = except.includes(name) ? undefined : flagOf(name, input);
    if (flag !== undefined) command.addOption(inGroup(new Option(flag, flagHelp(input)), name));
  }
  const secrets = Object.entries(spec.inputs).filter(([, input]) => input.type === 'secret');
  explain(command, {
    ...(spec.root === undefined ? {} : { details: [`It needs root: ${spec.root}.`] }),
    environment: secrets.map(([name, input]) => ({ word: variableOf(name), about: input.description })),
  });
  return command;
}

/** Inputs that many actions share stand apart from those of the action. */
function inGroup(option: Option, name: string): Option {
  if (Object.hasOwn(machineInputs, name)) return option.helpGroup('Options of clean machines');
  return Object.hasOwn(manifestInputs, name) ? option.helpGroup('Options of what was built') : option;
}

/** What was given of them, as texts by input name. commander's own names are camelCase; each option knows its name in the spec. */
export function givenInputs(command: Command, spec: ActionSpec): Record<string, string> {
  const flags = command.options.map((option) => [option.long?.slice(2) ?? '', command.getOptionValue(option.attributeName())]);
  return givenTexts(spec, Object.fromEntries(flags));
}
