import { createHash } from 'node:crypto';

/** Title and notes as we would write them. */
export interface PlannedText {
  readonly tag: string;
  readonly title: string;
  /** GitHub Markdown, line ends `\n`, none at the end. */
  readonly notes: string;
}

export interface DraftText {
  readonly title: string;
  /** Notes and our marker. */
  readonly body: string;
}

export interface MergedText extends DraftText {
  /** What people wrote in place of what we did; it stays. */
  readonly kept: readonly ('title' | 'notes')[];
  /** Whether the draft says all this already. */
  readonly current: boolean;
}

/** Digests of what we wrote last; undefined in drafts that were made before there were any. */
export interface Marks {
  readonly title: string | undefined;
  readonly notes: string | undefined;
}

/** Title and notes that a draft is to have. */
export interface MergedParts extends Pick<PlannedText, 'title' | 'notes'> {
  readonly marks: Marks;
  readonly kept: MergedText['kept'];
}

const anyMarker = /<!-- release-kit draft of (\S+) (?:title:([0-9a-f]{16}) notes:([0-9a-f]{16}) )?-->/;

/** Whether a draft's text carries our marker for the tag; it is seen only in the text's source. */
export function isOurs(body: string, tag: string): boolean {
  return anyMarker.exec(body)?.[1] === tag;
}

/** The text of a new draft. */
export function newText({ tag, title, notes }: PlannedText): DraftText {
  return { title, body: bodyOf(tag, notes, marksOfText({ title, notes })) };
}

/** The text of a draft that is there: what we wrote is brought up to date, what people changed since stays theirs. */
export function mergedText(found: DraftText, planned: PlannedText): MergedText {
  const marks = marksOf(found.body);
  const foundNotes = notesOf(found.body);
  const { title, notes, marks: newMarks, kept } = mergedParts({ title: found.title, notes: foundNotes }, marks, planned);
  return {
    title,
    body: bodyOf(planned.tag, notes, newMarks),
    kept,
    current: title === found.title && notes === foundNotes && newMarks.title === marks.title && newMarks.notes === marks.notes,
  };
}

/** The same where title, notes and digests stand apart. `marks` are those of what we wrote last. */
export function mergedParts(
  found: Pick<PlannedText, 'title' | 'notes'>,
  marks: Marks,
  planned: Pick<PlannedText, 'title' | 'notes'>,
): MergedParts {
  const isTheirs = (now: string, wrote: string | undefined, wanted: string): boolean => now !== wanted && digestOf(now) !== wrote;
  const [theirTitle, theirNotes] = [isTheirs(found.title, marks.title, planned.title), isTheirs(found.notes, marks.notes, planned.notes)];
  const title = theirTitle ? found.title : planned.title;
  const notes = theirNotes ? found.notes : planned.notes;
  // The digest of what we wrote is kept beside what they made of it, so that it stays theirs.
  const newMarks: Marks = {
    notes: theirNotes ? (marks.notes ?? digestOf(planned.notes)) : digestOf(notes),
    title: theirTitle ? (marks.title ?? digestOf(planned.title)) : digestOf(title),
  };
  return {
    title,
    notes,
    marks: newMarks,
    kept: [...(theirTitle ? (['title'] as const) : []), ...(theirNotes ? (['notes'] as const) : [])],
  };
}

/** What a draft is marked with that nobody changed yet. */
export function marksOfText({ title, notes }: Pick<PlannedText, 'title' | 'notes'>): Marks {
  return { notes: digestOf(notes), title: digestOf(title) };
}

/** The text without our marker, wherever people moved it, as `PlannedText.notes`. */
export function notesOf(body: string): string {
  return body.replaceAll('\r\n', '\n').replace(anyMarker, '').trimEnd();
}

function marksOf(body: string): Marks {
  const [, , title, notes] = anyMarker.exec(body) ?? [];
  return { title, notes };
}

/** The tag is strict, so it cannot end the comment. */
function bodyOf(tag: string, notes: string, marks: Marks): string {
  const marker = `<!-- release-kit draft of ${tag} title:${marks.title} notes:${marks.notes} -->`;
  return notes === '' ? marker : `${notes}\n\n${marker}`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
