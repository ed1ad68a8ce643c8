import { describe, expect, test } from '@jest/globals';
import { isOurs, mergedText, newText, notesOf, type PlannedText } from './draft-text.ts';

const planned: PlannedText = { tag: 'v1.0.0', title: 'v1.0.0', notes: '## Features\n\n- one' };
const better: PlannedText = { ...planned, title: 'v1.0.0 (better)', notes: '## Features\n\n- one\n- two' };
const written = newText(planned);

describe('our marker', () => {
  test('is of one tag, ends the text, and is no part of the notes', () => {
    expect(isOurs(written.body, 'v1.0.0')).toBe(true);
    expect(isOurs(written.body, 'v1.0.0-rc.1')).toBe(false);
    expect(isOurs(newText({ ...planned, tag: 'v1.0.0-rc.1' }).body, 'v1.0.0')).toBe(false);
    expect(notesOf(written.body)).toBe(planned.notes);
    expect(notesOf(newText({ ...planned, notes: '' }).body)).toBe('');
  });

  test.each(['', 'Notes', '<!-- release-kit draft of v1.0.0', '<!-- release-kit draft of  -->', 'release-kit draft of v1.0.0 -->'])(
    'is not in %j',
    (body) => {
      expect(isOurs(body, 'v1.0.0')).toBe(false);
    },
  );

  test('is known from before it had digests', () => {
    expect(isOurs('Notes\n\n<!-- release-kit draft of v1.0.0 -->', 'v1.0.0')).toBe(true);
  });
});

describe('the text of a draft that is there', () => {
  test('is current as we wrote it, also after a form gave it other line ends', () => {
    expect(mergedText(written, planned)).toEqual({ ...written, kept: [], current: true });
    expect(mergedText({ ...written, body: `${written.body.replaceAll('\n', '\r\n')}\r\n` }, planned).current).toBe(true);
  });

  test('follows the plan where nobody changed it', () => {
    expect(mergedText(written, better)).toEqual({ ...newText(better), kept: [], current: false });
  });

  test.each([
    ['title', { ...written, title: 'The big one' }, ['title'], 'The big one', better.notes],
    ['notes', { ...written, body: `Dear users\n\n${written.body}` }, ['notes'], better.title, `Dear users\n\n${planned.notes}`],
    ['notes behind the marker', { ...written, body: `${written.body}\n\nBye` }, ['notes'], better.title, `${planned.notes}\n\n\n\nBye`],
    ['title and notes', { title: 'x', body: written.body.replace('one', 'uno') }, ['title', 'notes'], 'x', '## Features\n\n- uno'],
  ] as const)('keeps the %s that people changed, now and later', (_, found, kept, title, notes) => {
    const merged = mergedText(found, better);
    expect([merged.kept, merged.title, notesOf(merged.body)]).toEqual([kept, title, notes]);
    // What was kept is still theirs when it is looked at the next time.
    const again = mergedText(merged, { ...better, title: 'another', notes: 'Other notes' });
    expect(again.kept).toEqual(kept);
    expect(mergedText(merged, better).current).toBe(true);
  });

  test('is ours again when people wrote what we would write', () => {
    const merged = mergedText({ title: better.title, body: written.body.replace('- one', '- one\n- two') }, better);
    expect(merged.kept).toEqual([]);
    expect(mergedText(merged, planned)).toEqual({ ...written, kept: [], current: false });
  });

  test('of a time before digests is left as it is when it differs', () => {
    const body = 'By whom?\n\n<!-- release-kit draft of v1.0.0 -->';
    expect(mergedText({ title: 'v1.0.0', body }, planned)).toMatchObject({ kept: ['notes'], title: 'v1.0.0' });
  });
});
