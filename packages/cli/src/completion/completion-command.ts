import { Argument, type Command } from 'commander';
import { type CommandPage, pageOf } from '../manual/command-page.ts';
import { explain } from '../manual/command-text.ts';
import type { Surroundings } from '../surroundings.ts';
import { bashCompletion } from './bash-completion.ts';
import { fishCompletion } from './fish-completion.ts';
import { zshCompletion } from './zsh-completion.ts';

type Shell = 'bash' | 'zsh' | 'fish';

const scripts: Readonly<Record<Shell, (page: CommandPage) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `completion`: the script of a shell on standard output, made of what the commands are. */
export function addCompletion(program: Command, { stdout }: Pick<Surroundings, 'stdout'>): void {
  const command = program
    .command('completion')
    .description('print the script with which a shell completes commands, flags and their values')
    .addArgument(new Argument('<shell>', 'whose script').choices(Object.keys(scripts)))
    .action((shell: Shell) => {
      stdout.write(scripts[shell](pageOf(program)));
    });
  explain(command, {
    details: ['The script knows the release-kit that printed it: print it again after an update.'],
    examples: [
      {
        command: 'release-kit completion bash > ~/.local/share/bash-completion/completions/release-kit',
        about: 'For bash, with the package bash-completion:',
      },
      { command: 'release-kit completion zsh > ~/.zfunc/_release-kit', about: 'For zsh, in a folder that fpath names:' },
      { command: 'release-kit completion fish > ~/.config/fish/completions/release-kit.fish', about: 'For fish:' },
    ],
  });
}
