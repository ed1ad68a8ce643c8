import { readFile } from 'node:fs/promises';
import { UserError } from '@release-kit/action';
import type { Inputs } from './settings.ts';

/** The notes that were given, as a file or as text; undefined without any. E_INPUT for both at once. */
export async function givenNotes({ notes, notesText }: Pick<Inputs, 'notes' | 'notesText'>): Promise<string | undefined> {
  if (notes !== undefined && notesText !== undefined)
    throw new UserError('E_INPUT', 'notes and notes-text are given, and only one of them can be used', {
      cure: 'Leave one of them out: notes names a file, notes-text is the text itself.',
    });
  return notes === undefined ? notesText : await readFile(notes, 'utf8');
}
