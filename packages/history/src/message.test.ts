import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitMessage } from './message.ts';

test.each([
  ['feat: x\n', { subject: 'feat: x', body: '', bodyLine: 3 }],
  ['feat: x\n\n\n', { subject: 'feat: x', body: '', bodyLine: 3 }],
  ['feat: x\n\ntext\n', { subject: 'feat: x', body: 'text', bodyLine: 3 }],
  ['feat: x\ntext\n', { subject: 'feat: x', body: 'text', bodyLine: 2 }],
  ['feat: x\r\n\r\n\r\ntext\r\nmore\r\n', { subject: 'feat: x', body: 'text\r\nmore', bodyLine: 4 }],
  ['feat: x\n \n  code\n', { subject: 'feat: x', body: '  code', bodyLine: 3 }],
  ['\n\nfeat: x', { subject: 'feat: x', body: '', bodyLine: 3 }],
  ['', { subject: '', body: '', bodyLine: 3 }],
])('%j is taken apart', (message, expected) => {
  expect(splitMessage(message)).toEqual(expected);
});

test('whatever the message, its header has one line and its body begins where it says', () => {
  const piece = fc.constantFrom('\n', '\r\n', ' ', 'a', 'feat: x', '\t');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const message = `feat: y${pieces.join('')}`;
      const { subject, body, bodyLine } = splitMessage(message);
      expect(subject).not.toContain('\n');
      if (body !== '')
        expect(
          message
            .split('\n')
            .slice(bodyLine - 1)
            .join('\n')
            .trimEnd(),
        ).toBe(body);
    }),
  );
});
