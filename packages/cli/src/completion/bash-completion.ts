import { allPages, type CommandPage, optionsOf, type PageOption, type ValueKind } from '../manual/command-page.ts';
import { quoted } from './quoted.ts';

/** A script that bash reads; `complete -F` runs its function at each TAB. */
export function bashCompletion(page: CommandPage): string {
  const pages = allPages(page);
  return `# Completion of release-kit for bash, made by: release-kit completion bash
_release_kit() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command= index
  # bash takes --flag=value for three words.
  if [ "$current" = = ]; then current=
  elif [ "$previous" = = ] && [ "$COMP_CWORD" -gt 2 ]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${command:+$command }\${COMP_WORDS[index]}" in
      ${pages.flatMap(({ path }) => (path.length === 0 ? [] : [quoted(path.join(' '))])).join(' | ')})
        command="\${command:+$command }\${COMP_WORDS[index]}" ;;
    esac
  done
  COMPREPLY=()
  case "$command $previous" in
${pages.flatMap(valueCases).join('\n')}
  esac
  case "$command" in
${pages.map(wordCase).join('\n')}
  esac
}
# Words that were found, names of files, names of folders.
_release_kit_words() { mapfile -t COMPREPLY < <(compgen -W "$2" -- "$1"); }
_release_kit_file() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$1"); }
_release_kit_folder() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$1"); }
complete -F _release_kit release-kit
`;
}

/** What may stand behind a flag. One whose value may be left out lets the next word be anything else too. */
function valueCases(page: CommandPage): readonly string[] {
  const command = page.path.join(' ');
  return optionsOf(page).flatMap((option) => {
    if (option.kind === 'nothing') return [];
    const names = [option.long, ...(option.short === undefined ? [] : [option.short])];
    const patterns = names.map((name) => quoted(`${command} ${name}`)).join(' | ');
    if (option.optional) return [`    ${patterns}) [[ $current == -* ]] || ${offer(option)} ;;`];
    return [`    ${patterns}) ${offer(option)}; return ;;`];
  });
}

function wordCase(page: CommandPage): string {
  const options = optionsOf(page).flatMap(({ long, short }) => [...(short === undefined ? [] : [short]), long]);
  const words = [...page.commands.map(({ path }) => path.at(-1) ?? ''), ...page.parameters.flatMap(({ values }) => values)];
  const files = page.parameters.find(({ kind }) => kind === 'file' || kind === 'folder');
  const rest = words.length > 0 ? offer({ kind: 'text', values: words }) : offer({ kind: files?.kind ?? 'text', values: [] });
  return `    ${quoted(page.path.join(' '))})
      if [[ $current == -* ]]; then ${offer({ kind: 'text', values: options })}
      elif [ "\${#COMPREPLY[@]}" = 0 ]; then ${rest}
      fi ;;`;
}

function offer({ kind, values }: Pick<PageOption, 'values'> & { readonly kind: ValueKind }): string {
  if (values.length > 0) return `_release_kit_words "$current" ${quoted(values.join(' '))}`;
  return kind === 'file' || kind === 'folder' ? `_release_kit_${kind} "$current"` : ':';
}
