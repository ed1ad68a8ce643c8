import { expect, jest } from '@jest/globals';
import { type ErrorCode, UserError } from '@release-kit/action/errors';

expect.extend({
  toThrowWithCode(received: unknown, code: ErrorCode, message?: RegExp) {
    const error = typeof received === 'function' ? thrownBy(received as () => unknown) : received;
    const pass = error instanceof UserError && error.code === code && (message === undefined || message.test(error.message));
    const shown = error instanceof UserError ? `${error.code}: ${error.message}` : String(error);
    return { pass, message: () => `expected ${code}${message === undefined ? '' : ` ${String(message)}`}, got ${shown}` };
  },
});

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return 'nothing thrown';
}

// Milliseconds. A test that hangs is ended; a machine that is busy with other things is no failure.
jest.setTimeout(60_000);
