import { expect, test } from '@jest/globals';
import { parseChangelog } from '@release-kit/debian';
import { notesOfEntry } from './notes.ts';

test('notes of a changelog entry are a list, with hostile Markdown inert', () => {
  const [entry] = parseChangelog(
    'hello (1.0-1) unstable; urgency=low\n\n  * Add <b>x</b> for @everyone\n    and more.\n  * Second.\n\n -- A Person <a@example.org>  Sat, 21 Nov 2026 08:00:00 +0000\n',
    'debian/changelog',
  );
  if (entry === undefined) throw new Error('no entry');
  const notes = notesOfEntry(entry);
  expect(notes).toMatch(/^## hello 1\\\.0-1\n\n- Add &lt;b&gt;/);
  expect(notes).toMatch(/\n {2}and more\.\n- Second\.\n$/);
  expect(notes).not.toMatch(/@everyone/);
});
