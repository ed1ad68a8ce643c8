import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { inertLine } from './inert.ts';
import { refusalOf } from './system-error.ts';

/**
 * Keeps lines in a file (absolute; its folder is made), or nowhere. A disk that takes no more does not end the run, and does not end it without a word when
 * the run itself has failed: `warn` hears of it once, and what comes later is not kept.
 */
export function keptLog(file: string | undefined, warn: (text: string) => void): (line: string) => void {
  let isKept = file !== undefined;
  const attempt = (write: (path: string) => void): void => {
    if (file === undefined || !isKept) return;
    try {
      write(file);
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      isKept = false;
      warn(`the log of this run ends here, as ${inertLine(file)} cannot be written: ${reason}`);
    }
  };
  attempt((path) => mkdirSync(dirname(path), { recursive: true }));
  return (line) => attempt((path) => appendFileSync(path, `${line}\n`));
}
