import type { Command } from 'commander';

/** What a person says of a build; the names of the flags are those of scripts/build-local.sh. */
export interface BuildFlags {
  readonly arch?: string;
  readonly distribution?: string;
  readonly strategy?: string;
  readonly reproducible?: boolean;
}

export function addBuildFlags(command: Command): Command {
  return command
    .option('--arch <architecture>', 'architecture to build for', 'amd64')
    .option('--distribution <name>', 'distribution to build for (default: the first one planned)')
    .option('--strategy <native|cross|emulate|auto>', 'how to build for another architecture (default: from the plan, else auto)')
    .option('--reproducible', 'build a second time, in another place, and fail when the packages differ')
    .option('--shell-on-failure', 'when a build fails, or a step on a clean system, open a shell in the machine as it is then');
}

/** Inputs of build-deb that say where the build is for. */
export function targetInputs({ arch, distribution, strategy }: BuildFlags): Record<string, string> {
  return {
    ...(arch === undefined ? {} : { architecture: arch }),
    ...(distribution === undefined ? {} : { distribution }),
    ...(strategy === undefined ? {} : { strategy }),
  };
}

/** Inputs of build-deb that say what else is done: somebody who asks on a command line wants an exit code that answers. */
export function checkInputs({ reproducible }: BuildFlags): Record<string, string> {
  return reproducible === true ? { reproducible: 'require' } : {};
}
