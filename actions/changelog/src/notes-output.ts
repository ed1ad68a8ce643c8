import { maxBodyCharacters, type NotesStyle, notesOf, type Release } from '@release-kit/history';

/**
 * Linux starts no program with a variable above 128 KiB, and a runner hands inputs over as variables. A gate is given the outputs of all
 * jobs at once, as JSON: so this is for the notes as JSON, and leaves the rest to the others.
 */
export const maxOutputBytes = 96 * 1024;

/**
 * The notes for other steps and jobs: cut by whole entries, as a release's are, until they fit into a variable.
 *
 * @param whole the notes of the release as they are
 */
export function notesOutput(whole: string, release: Release, style: NotesStyle): string {
  let notes = whole;
  let limit = Math.min(notes.length, maxBodyCharacters);
  for (let bytes = quotedBytes(notes); bytes > maxOutputBytes; bytes = quotedBytes(notes)) {
    limit = Math.floor(limit * Math.min(maxOutputBytes / bytes, 0.98));
    notes = notesOf(release, style, limit);
  }
  return notes;
}

function quotedBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
