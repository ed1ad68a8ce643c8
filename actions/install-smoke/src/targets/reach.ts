import { type ErrorCode, UserError } from '@release-kit/action';
import type { Problem } from '../problem.ts';

/** Codes of errors that speak of one system; others are about the inputs, or about this host and every system on it. */
const ofSystem: readonly ErrorCode[] = ['E_BASE_SYSTEM', 'E_BINFMT', 'E_MACHINE', 'E_TIMEOUT'];

/** What is said of a target whose base system could not be made, in the words of who knows why. undefined for other errors. */
export function unreachableProblem(error: unknown): Problem | undefined {
  if (!(error instanceof UserError) || !ofSystem.includes(error.code)) return undefined;
  return { category: 'unreachable-target', message: error.message, cure: error.cure };
}
