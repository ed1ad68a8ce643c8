import type { Severity } from '@release-kit/debian';
import { hintAt, type ReadSubject, type SideHint, type SideReport } from './side-report.ts';

/** The tool's own words, and what it looks at from most to least severe. */
const severityOf = { error: 'error', warning: 'warning', hint: 'info' } as const satisfies Record<string, Severity>;

/** desktop-file-validate has no names for what it finds, so the sentences get some; the note keeps the sentence. */
const names: readonly (readonly [RegExp, string])[] = [
  [/^file contains line ".*", which is not/, 'invalid-line'],
  [/ before the first group,/, 'entry-before-group'],
  [/^first group is not |^file does not start with group/, 'first-group'],
  [/^file contains (?:multiple keys|multiple groups) named|more than once$/, 'duplicate'],
  [/^required key /, 'missing-key'],
  [/ is deprecated| contains a deprecated |which is deprecated:/, 'deprecated'],
  [/ is a localized key, but there is no non-localized key/, 'untranslated-key-missing'],
  [/ extending the format should start with "X-"$/, 'unregistered'],
  [/ is not a registered | contains an unregistered /, 'unregistered'],
  [/ field code| quote| escape sequence| reserved character/, 'invalid-exec'],
  [/ MIME type| media type/, 'mime-type'],
  [/ registered main category| main categories/, 'main-category'],
  [/ is an icon name with an extension/, 'icon-extension'],
  [/ contains? (?:an )?invalid | must contain only /, 'invalid-value'],
];

const meanings: Readonly<Record<string, string>> = {
  'invalid-line': 'Desktop environments stop reading the file, or skip the line.',
  'entry-before-group': 'What stands before [Desktop Entry] belongs to nothing and is ignored.',
  duplicate: 'Which one counts is left to chance.',
  'missing-key': 'Without it, desktop environments do not show the entry.',
  deprecated: 'It is ignored by now, or will be.',
  unregistered: 'Names of your own begin with X-; all others are listed in the specification.',
  'invalid-exec': 'The command line would be read otherwise than it was meant, or refused.',
  'main-category': 'Menus sort by main category; without one, the entry is hidden under "Other".',
  'icon-extension': 'An icon of a theme is named without extension; the theme chooses the format.',
};

const specification = 'https://specifications.freedesktop.org/desktop-entry-spec/latest/';

/**
 * Reads what desktop-file-validate(1) prints: `FILE: error: SENTENCE`, or warning or hint. A file may be named like a message, so that
 * lines are told by the names it was given. Never throws.
 */
export function readDesktopFiles(output: string, subjects: ReadonlyMap<string, ReadSubject>): SideReport {
  const hints: SideHint[] = [];
  const unread: string[] = [];
  // A name that begins with another one and a colon is tried first.
  const byLength = [...subjects.values()].toSorted((a, b) => b.name.length - a.name.length);
  for (const line of output.split('\n').filter((each) => each.trim() !== '')) {
    const subject = byLength.find(({ name }) => line.startsWith(`${name}: `));
    const match = subject && /^(error|warning|hint): (\(will be fatal in the future\): )?(.+)$/s.exec(line.slice(subject.name.length + 2));
    const [, level, later, note] = match ?? [];
    if (subject === undefined || note === undefined || (level !== 'error' && level !== 'warning' && level !== 'hint')) {
      unread.push(line);
      continue;
    }
    const tag = names.find(([pattern]) => pattern.test(note))?.[1] ?? level;
    // An error that is none yet does not fail the tool either.
    const severity = later === undefined ? severityOf[level] : 'warning';
    hints.push(hintAt('desktop-file-validate', subject, { tag, severity, note, line: desktopEntryLine(note, subject.text) }));
  }
  const explanations = new Map(
    hints.map(({ hint: { tag } }) => {
      const meaning = meanings[tag.slice(tag.indexOf('/') + 1)] ?? 'The file breaks the Desktop Entry Specification.';
      return [tag, { meaning, references: [specification] }] as const;
    }),
  );
  return { hints, unread, explanations };
}

/** The line (from 1) that a sentence is about, by the key and group or the line that it quotes; undefined when it cannot be told. */
export function desktopEntryLine(note: string, text: string): number | undefined {
  const lines = text.split('\n');
  const quoted = /^file contains (?:line|entry) "(.*)"(?:, which is not| before the first group)/.exec(note)?.[1];
  if (quoted !== undefined) return numberOf(lines.indexOf(quoted));
  const [, key, group] = /\bkey "([^"]+)" in group "([^"]+)"/.exec(note) ?? [];
  const named = group ?? /^file contains group "([^"]+)"/.exec(note)?.[1];
  if (named === undefined) return undefined;
  const start = lines.findIndex((line) => line.trim() === `[${named}]`);
  if (start < 0 || key === undefined) return numberOf(start);
  for (const [index, line] of lines.entries()) {
    if (index <= start) continue;
    if (line.startsWith('[')) break;
    if (line.slice(0, line.indexOf('=')).trim() === key) return index + 1;
  }
  // A key that is missing is missing in its group.
  return numberOf(start);
}

function numberOf(index: number): number | undefined {
  return index < 0 ? undefined : index + 1;
}
