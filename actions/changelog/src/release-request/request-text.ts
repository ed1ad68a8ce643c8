import { capped, codeSpan, inertMarkdown, shellWord } from '@release-kit/action';
import { maxPullRequestBody } from '@release-kit/github';
import { type NotesStyle, notesOf, type Release } from '@release-kit/history';

/** Room for what stands around the notes, and for what people write. */
const aroundNotes = 8000;
const shownReasons = { rows: 20, bytes: 6000 };

/** `chore(release): 1.3.0`: of the commit and the pull request; a type that asks for no release. */
export function requestTitle(name: string, version: string): string {
  return `chore(release): ${name === '' ? '' : `${name} `}${version}`;
}

/** What a person reads before merging: the notes, why it is this version, and what comes next. GitHub Markdown, inert. */
export function requestText(release: Release, version: string, reason: readonly string[], style: NotesStyle, base: string): string {
  return [
    `# ${version}`,
    '',
    notesOf(release, style, maxPullRequestBody - aroundNotes).trim(),
    '',
    '<details><summary>Why this version</summary>',
    '',
    ...capped(reason, (line) => `- ${inertMarkdown(line.slice(0, 300))}`, shownReasons, 'lines'),
    '',
    '</details>',
    '',
    '---',
    '',
    `Merge this when ${version} is to be released; then tag the merge, which is what makes the release:`,
    '',
    '```sh',
    ...tagCommands(release.name, base),
    '```',
    '',
    `Until then it follows ${codeSpan(base)} by itself. What you write above or below this text stays. A commit of yours on its branch stays as well, but then it no longer follows.`,
  ].join('\n');
}

/** What a maintainer types after the merge; names of branches may have signs that a shell obeys. */
export function tagCommands(tag: string, base: string, commit = `origin/${base}`): readonly string[] {
  return [
    'git fetch origin',
    `git tag -a ${shellWord(tag)} -m ${shellWord(tag)} ${shellWord(commit)}`,
    `git push origin ${shellWord(tag)}`,
  ];
}
