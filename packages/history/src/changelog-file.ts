import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { aboveAnchors, type ChangelogLayout, type ChangelogPart, changelogLayout } from './changelog-layout.ts';
import { isUnchanged, markedBody, markedLines } from './changelog-marker.ts';
import { newReferences, referenceAddress } from './changelog-references.ts';
import { bodyOf, changelogTitle } from './changelog-section.ts';
import { compareAddress } from './notes.ts';
import type { NotesStyle } from './notes-style.ts';
import type { Release } from './release.ts';
import { dateOf } from './release-date.ts';

export interface ChangelogFile {
  /** For messages, relative to the repository. */
  readonly path: string;
  /** '' when there is none yet. */
  readonly text: string;
}

/**
 * CHANGELOG.md with the section of a release on top of the others; every other byte stays. What people wrote below "Unreleased" moves
 * into the section, as it is. Headings, dates, links and line ends follow the file's own habit. A section of the same version is
 * written anew only while it is ours, unchanged; so twice is the same as once. Throws E_CHANGELOG_FILE when people
 * wrote or changed it, and when the place of a release cannot be told.
 */
export function insertSection(file: ChangelogFile, release: Release, style: NotesStyle): string {
  const layout = changelogLayout(file.text);
  const lineEnd = /^[^\n]*\r(?:\n|$)/.test(file.text) ? '\r\n' : '\n';
  const { version } = release;
  if (version === undefined)
    throw new UserError('E_INPUT', `${inertLine(release.name)} has no version, so it has no place in ${inertLine(file.path)}`);
  const same = layout.sections.find((section) => section.version === version);
  const heading = headingOf(layout, version, release, style);
  const level = '#'.repeat(Math.min(Math.max((same ?? layout.sections[0])?.level ?? 2, 2) + 1, 6));
  const marked = markedBody(heading, [...bodyOf(release, style, level)].join('')).replaceAll('\n', lineEnd);
  if (same !== undefined) return replaced(file, layout, same, heading + lineEnd, marked);

  const { unreleased, lines, strange } = layout;
  if (unreleased === undefined && strange !== undefined) throw unknownForm(file, strange + 1);
  const insert = new Map(newReferences(layout, release, style, lineEnd));
  const at = unreleased === undefined ? place(layout) : unreleased.start;
  const before = text(layout, 0, at, insert);
  const end = unreleased?.end ?? at;
  if (end === lines.length && layout.isOpen) throw endless(file, lines.length);
  const people = text(layout, at, end, insert);
  const kept = people.trim() === '' ? lineEnd : withBlank(people, lineEnd);
  const start = file.text === '' ? `${changelogTitle}${lineEnd}${lineEnd}` : before === '' ? '' : withBlank(before, lineEnd);
  const rest = text(layout, end, lines.length, insert);
  return start + heading + lineEnd + kept + marked + (rest === '' ? '' : lineEnd + rest);
}

/** The lines from one index up to another, with new ones in their places. */
function text({ lines }: ChangelogLayout, from: number, to: number, insert: ReadonlyMap<number, string>): string {
  const parts: string[] = [];
  for (let index = from; index < to; index += 1) parts.push(insert.get(index) ?? lines[index]?.text ?? '');
  return parts.join('');
}

/** Above the first release and its anchors, else below everything but references. */
function place({ lines, sections, tail }: ChangelogLayout): number {
  const first = sections[0];
  return first === undefined ? tail : aboveAnchors(lines, first.heading);
}

function withBlank(text: string, lineEnd: string): string {
  const ended = text.endsWith('\n') ? text : text + (text.endsWith('\r') ? '\n' : lineEnd);
  return /\n\r?\n$/.test(ended) ? ended : ended + lineEnd;
}

/** The heading as the others of the file are written: with or without `v`, the date after a dash or in brackets. */
function headingOf(layout: ChangelogLayout, version: string, release: Release, style: NotesStyle): string {
  const { lines, sections, unreleased } = layout;
  const words = lines[sections[0]?.heading ?? -1]?.words ?? '';
  const label = `${/^\[?v\d/.test(words) ? 'v' : ''}${version}`;
  const address = compareAddress(release, style);
  const name = referenceAddress(layout, release, style) !== undefined ? `[${label}]` : address === '' ? label : `[${label}](${address})`;
  const date = /\(\d{4}-\d\d-\d\d\)/.test(words) ? `(${dateOf(release)})` : `- ${dateOf(release)}`;
  return `${'#'.repeat(Math.min((sections[0] ?? unreleased)?.level ?? 2, 5))} ${name} ${date}`;
}

/** Only what we wrote, and nobody changed, is written anew; people's own words above and below stay. */
function replaced(file: ChangelogFile, { lines }: ChangelogLayout, part: ChangelogPart, heading: string, marked: string): string {
  const join = (from: number, to: number): string =>
    lines
      .slice(from, to)
      .map((line) => line.text)
      .join('');
  const at = lines.findIndex((line, index) => index >= part.start && index < part.end && markedLines(line.text) !== undefined);
  const mark = lines[at]?.text ?? '';
  const end = at + 1 + (markedLines(mark) ?? 0);
  const what = `a section for ${inertLine(part.version)} that`;
  if (at === -1) throw refusal(file, part.heading + 1, `${what} release-kit did not write`);
  if (!isUnchanged(mark, join(part.heading, part.start), join(at + 1, end)))
    throw refusal(file, part.heading + 1, `${what} was changed by hand`);
  return join(0, part.heading) + heading + join(part.start, at) + marked + join(end, lines.length);
}

function refusal({ path }: ChangelogFile, line: number, what: string): UserError {
  return new UserError('E_CHANGELOG_FILE', `${inertLine(path)} has ${what}`, { place: { file: path, line } });
}

function unknownForm({ path }: ChangelogFile, line: number): UserError {
  return new UserError('E_CHANGELOG_FILE', `${inertLine(path)} has releases that are no headings, so the place of a new one is not known`, {
    place: { file: path, line },
    cure: 'Put the heading ## Unreleased where the next release belongs.',
  });
}

function endless({ path }: ChangelogFile, line: number): UserError {
  return new UserError('E_CHANGELOG_FILE', `${inertLine(path)} ends inside a code block or a comment that is never closed`, {
    place: { file: path, line },
    cure: 'Close the code block or the comment.',
  });
}
