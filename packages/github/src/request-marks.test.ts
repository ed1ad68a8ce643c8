import { describe, expect, test } from '@jest/globals';
import { bodyWith, commitMessage, digestOf, markedBody, ownDigest, requestedTag } from './request-marks.ts';

const tree = 'a'.repeat(40);
const file = { path: 'CHANGELOG.md', bytes: Buffer.from('x'), executable: false };
const digest = digestOf('c'.repeat(40), 'chore(release): 1.3.0', [file]);
const ours = { sha: 'd'.repeat(40), tree, parents: ['c'.repeat(40)], message: commitMessage('chore(release): 1.3.0', tree, digest) };

describe('a commit of ours', () => {
  test('is known by its line, which names what was asked for', () => {
    expect(ownDigest(ours)).toBe(digest);
  });

  test.each([
    ['whose files were amended', { ...ours, tree: 'b'.repeat(40) }],
    ['that merges', { ...ours, parents: [...ours.parents, 'e'.repeat(40)] }],
    ['with another message', { ...ours, message: 'Correct a word' }],
    ['that quotes the line', { ...ours, message: `> Release-Request: ${tree} ${digest}` }],
  ])('is not one %s', (_, commit) => {
    expect(ownDigest(commit)).toBeUndefined();
  });

  test('stands for commit, title and files', () => {
    const given = ['c'.repeat(40), 'chore(release): 1.3.0', [file]] as const;
    expect(digestOf(...given)).toBe(digest);
    expect(digestOf('d'.repeat(40), given[1], given[2])).not.toBe(digest);
    expect(digestOf(given[0], 'chore(release): 1.3.1', given[2])).not.toBe(digest);
    expect(digestOf(given[0], given[1], [{ ...file, bytes: Buffer.from('y') }])).not.toBe(digest);
    expect(digestOf(given[0], given[1], [{ ...file, executable: true }])).not.toBe(digest);
  });
});

describe('the text of a pull request', () => {
  test('says which tag it leads to', () => {
    expect(requestedTag(markedBody('server/v1.3.0', 'Notes.'))).toBe('server/v1.3.0');
    expect(requestedTag('Notes.')).toBeUndefined();
    expect(requestedTag('<!-- release-kit: release request v1 --><!-- -->')).toBe('v1');
    expect(requestedTag('<!-- release-kit: release request v1$(id) -->')).toBeUndefined();
  });

  test('keeps what people wrote around our part, whatever the line ends', () => {
    const old = `Wait for Ada.\r\n\r\n${markedBody('v1.3.0', 'Old.\nNotes.').replaceAll('\n', '\r\n')}\r\n\r\nThanks!`;
    expect(bodyWith(old, markedBody('v1.4.0', 'New.'))).toBe(`Wait for Ada.\n\n${markedBody('v1.4.0', 'New.')}\n\nThanks!`);
  });

  test('that has none of our part, or half of it, is left alone', () => {
    expect(bodyWith('mine', markedBody('v1.4.0', 'New.'))).toBeUndefined();
    expect(bodyWith('<!-- release-kit: release request v1.3.0 -->\nmine', markedBody('v1.4.0', 'New.'))).toBeUndefined();
  });
});
