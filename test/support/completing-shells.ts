import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type CompletingShell = 'bash' | 'zsh' | 'fish';

export const hasShell = (shell: CompletingShell): boolean => existsSync(`/usr/bin/${shell}`) || existsSync(`/bin/${shell}`);

/**
 * What a shell offers at TAB behind these words, the last of which is being typed; sorted.
 *
 * @param folder holds the script as `completion`, and is where the shell stands
 */
export function completedBy(shell: CompletingShell, folder: string, words: readonly string[]): readonly string[] {
  const [program, ...args] = commands[shell](folder, words);
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, LC_ALL: 'C.UTF-8', TERM: 'dumb' };
  const out = execFileSync(program, args, { cwd: folder, env, encoding: 'utf8', timeout: 60_000 });
  return [...new Set(out.split('\n').flatMap((line) => /^HIT (\S+)/.exec(line)?.[1] ?? []))].sort();
}

const commands: Readonly<Record<CompletingShell, (folder: string, words: readonly string[]) => readonly [string, ...string[]]>> = {
  // bash calls the function with the words it has split; compopt works inside such a call only.
  bash: (folder, words) => ['bash', '--norc', '-c', bashCall, join(folder, 'completion'), ...words],
  fish: (folder, words) => [
    'fish',
    '--no-config',
    '-c',
    'source $argv[1]; complete -C (string join " " -- $argv[2..-1]) | string replace -r "^" "HIT "; true',
    join(folder, 'completion'),
    ...words,
  ],
  zsh: (folder, words) => ['zsh', '-f', '-c', zshSession, 'zsh', join(folder, 'completion'), words.join(' ')],
};

const bashCall = `
source "$0"
compopt() { :; }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_release_kit
printf 'HIT %s\\n' "\${COMPREPLY[@]}"
`;

/**
 * Completion runs at a key in an interactive shell only: one on a terminal of its own, whose compadd says what it is given. The terminal may
 * show the lines that are typed as well, so the words that are waited for are not written out in them.
 */
const zshSession = `
zmodload zsh/zpty
zpty session zsh -f -i
zpty -w session 'PS1=; PS2=; stty -echo; autoload -U compinit && compinit -u -C -d ~/.zcompdump; source '\${(q)1}
zpty -w session 'compadd() { if [[ " $* " == *" -"[OAD]" "* ]]; then builtin compadd "$@"; return; fi
typeset -a found; builtin compadd -A found "$@"; print -rl -- "" "HIT "$^found; builtin compadd "$@" }'
zpty -w session 'told() { print -r -- ""; print -r -- "END of the"" list" }; comppostfuncs=(told); bindkey "^I" complete-word; echo READ""Y'
zpty -r session line '*READY*'
zpty -w -n session "$2"$'\\t'
zpty -r session lines '*END of the list*'
print -r -- "\${lines//$'\\r'/}"
zpty -d session
`;
