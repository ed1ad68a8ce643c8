import { expect, test } from '@jest/globals';
import { bootFailure } from './boot-failure.ts';

test.each([
  ['nothing', [], 'the machine ended while it booted, and its console said nothing'],
  ['blanks only', ['', ' '], 'the machine ended while it booted, and its console said nothing'],
  ['a control character', ['a\u001b[1m', ''], "the machine ended while it booted; its console's last lines:\na\\x1b[1m"],
])('a console that said %s', (_, console, message) => {
  expect(bootFailure(true, console)).toMatchObject({ code: 'E_MACHINE', message });
});

test('the last fifteen lines are told of a machine that took too long', () => {
  const { message } = bootFailure(
    false,
    Array.from({ length: 20 }, (_, index) => `line ${index}`),
  );
  expect(message.split('\n')).toHaveLength(16);
  expect(message).toMatch(/^the machine did not come up in time; .*\nline 5\n[\s\S]*\nline 19$/);
});
