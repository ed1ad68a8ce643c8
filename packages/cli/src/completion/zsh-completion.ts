import { allPages, type CommandPage, optionsOf, type PageArgument, type PageOption, type ValueKind } from '../manual/command-page.ts';
import { firstSentence, quoted } from './quoted.ts';

/** A script for a folder of `fpath`, or to be sourced after compinit. One function for each command. */
export function zshCompletion(page: CommandPage): string {
  return `#compdef release-kit
# Completion of release-kit for zsh, made by: release-kit completion zsh
${allPages(page).map(functionOf).join('\n')}
if [ "$funcstack[1]" = _release-kit ]; then _release-kit "$@"; else compdef _release-kit release-kit; fi
`;
}

function functionOf(page: CommandPage): string {
  const options = optionsOf(page).map((option) => `    ${optionSpec(option)}`);
  const name = functionName(page.path);
  if (page.commands.length === 0) {
    const parameters = page.parameters.map(
      (parameter, index) => `    ${quoted(`${index + 1}:${inSpec(parameter.shown)}:${action(parameter)}`)}`,
    );
    return `${name}() {\n  _arguments ${[...options, ...parameters].join(' \\\n').trimStart()}\n}`;
  }
  const described = page.commands.map(({ path, about }) => `    ${quoted(`${path.at(-1)}:${firstSentence(about)}`)}`);
  const cases = page.commands.map(({ path }) => `      ${path.at(-1)}) ${functionName(path)} ;;`);
  return `${name}() {
  local context state state_descr line
  local -a commands=(
${described.join('\n')}
  )
  typeset -A opt_args
  _arguments -C \\
${[...options, `    '1:command:->command'`, `    '*::argument:->rest'`].join(' \\\n')}
  case $state in
    command) _describe command commands ;;
    rest) case $words[1] in
${cases.join('\n')}
    esac ;;
  esac
}`;
}

const functionName = (path: readonly string[]): string => ['_release-kit', ...path].join('-');

/** `--fail-on[about]:value:(error never)`; with a short name as well, either of them once. */
function optionSpec({ long, short, about, kind, values, optional }: PageOption): string {
  const value = kind === 'nothing' ? '' : `${optional ? '::' : ':'}value:${action({ kind, values })}`;
  const rest = `[${inSpec(firstSentence(about))}]${value}`;
  if (short === undefined) return quoted(`*${long}${rest}`);
  return `'(${short} ${long})'{${short},${long}}${quoted(rest)}`;
}

function action({ kind, values }: Pick<PageArgument, 'values'> & { readonly kind: ValueKind }): string {
  if (values.length > 0) return `(${values.join(' ')})`;
  if (kind === 'folder') return '_files -/';
  return kind === 'file' ? '_files' : ' ';
}

/** What _arguments takes for itself. */
const inSpec = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&');
