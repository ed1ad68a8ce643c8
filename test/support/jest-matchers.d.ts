import type { ErrorCode } from '@release-kit/action/errors';

// The matchers of test/support/matchers.ts, for the compiler; every package's tsconfig.json includes this file.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> {
    /** The call, or the rejected promise, fails with a UserError of this code; the message may be checked as well. */
    toThrowWithCode(code: ErrorCode, message?: RegExp): R;
  }
}
