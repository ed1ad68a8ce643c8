import { type Clock, UserError } from '@release-kit/action';

/** Milliseconds that are left, at least one second. Throws E_TIMEOUT when none are. */
export type Deadline = () => number;

export function deadlineAfter(milliseconds: number, clock: Clock): Deadline {
  const end = clock.now() + milliseconds;
  return () => {
    const left = end - clock.now();
    if (left <= 0)
      throw new UserError('E_TIMEOUT', `the build took longer than ${Math.round(milliseconds / 1000)} s`, {
        cure: 'Raise the input timeout when the build really needs longer.',
      });
    return Math.max(left, 1000);
  };
}
