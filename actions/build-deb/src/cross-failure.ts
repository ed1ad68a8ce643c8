import { CommandError, inertLine, type Place } from '@release-kit/action';
import type { CrossCause } from '@release-kit/cross';

/** A cross build failed for a cause that is typical of cross building. The code tells whoever may fall back to another strategy. */
export function crossFailure(cause: CrossCause, failure: CommandError['failure'], where: { readonly place?: Place } = {}): CommandError {
  const shows = cause.line === '' || cause.meaning.includes(cause.line) ? '' : ` (${cause.line})`;
  return new CommandError('E_BUILD_CROSS', inertLine(`${cause.meaning}${shows}`), failure, {
    ...where,
    cure: `${cause.cure} Or build with the strategy emulate.`,
  });
}
