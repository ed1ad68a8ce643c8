import { inertLine, UserError } from '@release-kit/action';

/** Lines of the console that are told. */
const mostLines = 15;

/** E_MACHINE for a machine that did not come up; `console`: what it said, as it said it. One line when it said nothing. */
export function bootFailure(hasEnded: boolean, console: readonly string[]): UserError {
  const problem = hasEnded ? 'the machine ended while it booted' : 'the machine did not come up in time';
  const last = console.filter((line) => line.trim() !== '').slice(-mostLines);
  if (last.length === 0) return new UserError('E_MACHINE', `${problem}, and its console said nothing`);
  return new UserError('E_MACHINE', `${problem}; its console's last lines:\n${last.map(inertLine).join('\n')}`);
}
