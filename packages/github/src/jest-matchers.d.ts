import type { ErrorCode } from '@release-kit/action';

/** The matcher that test/support/matchers.ts adds, for the compiler. */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> {
    toThrowWithCode(code: ErrorCode, message?: RegExp): R;
  }
}
