/** @slow 70 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type Ended, runScript } from '../support/command-line.ts';
import { takesAll } from '../support/selection.ts';
import { leftOf, nothing } from '../support/traces.ts';

const minute = 60_000;
const points = takesAll ? 10 : 2;
const folder = mkdtempSync(join(tmpdir(), 'interrupt-'));

afterAll(() => rmSync(folder, { recursive: true }));

interface Run extends Ended {
  readonly temporary: string;
  /** What the output folder holds besides logs and summary. */
  readonly assets: readonly string[];
}

async function release(name: string, interruptAfter?: number): Promise<Run> {
  const output = join(folder, `out-${name}`);
  const temporary = join(folder, `tmp-${name}`);
  mkdirSync(temporary);
  const when = interruptAfter === undefined ? {} : { interruptAfter };
  const args = ['release', `--output=${output}`, 'examples/hello-service'];
  const ended = await runScript('scripts/release-kit', args, { env: { TMPDIR: temporary }, ...when });
  const files = existsSync(output) ? readdirSync(output) : [];
  return { ...ended, temporary, assets: files.filter((file) => file !== 'logs' && file !== 'summary.md').sort() };
}

/** Points spread over the whole run: one in each part, at random inside it. */
const randomPoints = (milliseconds: number): number[] =>
  Array.from({ length: points }, (_, index) => Math.round(((index + Math.random()) / points) * milliseconds));

test(
  `Ctrl-C at ${points} random points leaves no mount, process, temporary folder or control group, and no half-written release`,
  async () => {
    const whole = await release('whole');
    expect({ exitCode: whole.exitCode, left: leftOf(whole.temporary) }).toEqual({ exitCode: 0, left: nothing });
    for (const point of randomPoints(whole.seconds * 1000)) {
      const run = await release(String(point), point);
      // A run that was quicker than the first may be done before the signal comes.
      const assets = run.exitCode === 0 ? whole.assets : [];
      expect({ point, left: leftOf(run.temporary), assets: run.assets }).toEqual({ point, left: nothing, assets });
      // A runner waits 7.5 s before it sends SIGTERM.
      if (run.exitCode !== 0) expect(run.seconds * 1000 - point).toBeLessThan(7500);
    }
  },
  20 * minute,
);
