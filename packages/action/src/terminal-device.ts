import { closeSync, openSync } from 'node:fs';
import { UserError } from './errors.ts';

/** tty(4): the terminal this process was started from, whatever its standard input and output are. */
const device = '/dev/tty';

export interface TerminalDevice extends Disposable {
  readonly descriptor: number;
}

/** Opens the terminal of this process. Throws UserError E_HOST where there is none. */
export function openTerminal(): TerminalDevice {
  try {
    const descriptor = openSync(device, 'r+');
    return { descriptor, [Symbol.dispose]: () => closeSync(descriptor) };
  } catch (cause) {
    throw new UserError('E_HOST', 'there is no terminal', { cause });
  }
}

/** Whether somebody could type: false in a job of CI, in cron, and behind `setsid`. */
export function hasTerminal(): boolean {
  try {
    using terminal = openTerminal();
    return terminal.descriptor >= 0;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
