import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import { pageOf } from './command-page.ts';
import { helpText } from './help-text.ts';

/** Before the commands are added, which take this over: where help goes, and that it is the manual's. */
export function withHelp(program: Command, { env, stdout, stderr }: Surroundings): Command {
  const hasColours = (isTTY: boolean | undefined): boolean => isTTY === true && env['TERM'] !== 'dumb' && (env['NO_COLOR'] ?? '') === '';
  return program
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
      // commander takes the escape sequences out where these say no.
      getOutHasColors: () => hasColours(stdout.isTTY),
      getErrHasColors: () => hasColours(stderr.isTTY),
    })
    .configureHelp({ formatHelp: (command, helper) => helpText(pageOf(command), helper.helpWidth ?? 80, bold) });
}

const bold = (text: string): string => `\u001b[1m${text}\u001b[0m`;
