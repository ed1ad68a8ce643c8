import { expect, test } from '@jest/globals';
import { withoutComments } from './message-file.ts';

test.each([
  ['feat: x\n\nWhy.\n# Please enter the commit message\n#\n# On branch main\n', 'feat: x\n\nWhy.\n'],
  ['# rebase\nfeat: x\r\n\r\nWhy.', 'feat: x\n\nWhy.'],
  ['feat: x\n# ------------------------ >8 ------------------------\n# Do not touch\ndiff --git a/a b/a\n+fix', 'feat: x'],
  ['# nothing\n', ''],
])('a message is what git takes of its file: %j', (text, message) => {
  expect(withoutComments(text)).toBe(message);
});
