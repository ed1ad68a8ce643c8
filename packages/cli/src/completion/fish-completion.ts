import { allPages, type CommandPage, optionsOf, type PageOption } from '../manual/command-page.ts';
import { firstSentence, quotedForFish as quoted } from './quoted.ts';

/** A script for ~/.config/fish/completions. */
export function fishCompletion(page: CommandPage): string {
  const pages = allPages(page);
  const known = pages.flatMap(({ path }) => (path.length === 0 ? [] : [quoted(path.join(' '))]));
  return `# Completion of release-kit for fish, made by: release-kit completion fish
function __release_kit_at --description 'Whether the words up to now name this command'
    set -l command
    for word in (commandline -opc)[2..-1]
        if contains -- (string join -- ' ' $command $word) ${known.join(' ')}
            set command $command $word
        end
    end
    test "$command" = "$argv"
end
complete -c release-kit -f
${pages.flatMap(linesOf).join('\n')}
`;
}

function linesOf(page: CommandPage): readonly string[] {
  const start = `complete -c release-kit -n ${quoted(['__release_kit_at', ...page.path].join(' '))}`;
  const words = page.parameters.flatMap(({ values }) => values);
  return [
    ...page.commands.map(({ path, about }) => `${start} -a ${quoted(path.at(-1) ?? '')} -d ${quoted(firstSentence(about))}`),
    ...optionsOf(page).map((option) => `${start} ${optionWords(option)} -d ${quoted(firstSentence(option.about))}`),
    ...(words.length > 0 ? [`${start} -a ${quoted(words.join(' '))}`] : []),
    ...(page.parameters.some(({ kind }) => kind === 'file' || kind === 'folder') ? [`${start} -F`] : []),
  ];
}

function optionWords({ long, short, kind, values, optional }: PageOption): string {
  const names = `${short === undefined ? '' : `-s ${short.slice(1)} `}-l ${long.slice(2)}`;
  if (kind === 'nothing') return names;
  // A value that may be left out stands behind = only.
  const needed = optional ? '' : ' -x';
  if (values.length > 0) return `${names}${needed} -a ${quoted(values.join(' '))}`;
  if (kind === 'folder') return `${names}${needed} -a '(__fish_complete_directories)'`;
  return kind === 'file' ? `${names} -r -F` : `${names}${needed}`;
}
