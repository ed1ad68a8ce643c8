import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { runScript } from '../support/command-line.ts';
import { leftSince, nothing, tracesNow } from '../support/traces.ts';

const minute = 60_000;
const points = 10;
const folder = mkdtempSync(join(tmpdir(), 'interrupt-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Points spread over the whole run: one in each tenth, at random inside it. */
const randomPoints = (milliseconds: number): number[] =>
  Array.from({ length: points }, (_, index) => Math.round(((index + Math.random()) / points) * milliseconds));

test(
  `Ctrl-C at ${points} random points leaves no mount, process, temporary folder or control group, and no half-written release`,
  async () => {
    const whole = join(folder, 'whole');
    const warm = await runScript('scripts/release-kit', ['release', `--output=${whole}`, 'examples/hello-service']);
    expect(warm.exitCode).toBe(0);
    const complete = readdirSync(whole).sort();
    for (const point of randomPoints(warm.seconds * 1000)) {
      const output = join(folder, `out-${point}`);
      const before = tracesNow();
      const ended = await runScript('scripts/release-kit', ['release', `--output=${output}`, 'examples/hello-service'], {
        interruptAfter: point,
      });
      const left = leftSince(before);
      const assets = existsSync(output) ? readdirSync(output).filter((name) => name !== 'logs' && name !== 'summary.md') : [];
      // A run that was quicker than the first may be done before the signal comes.
      const allowed = ended.exitCode === 0 ? complete.filter((name) => name !== 'logs' && name !== 'summary.md') : [];
      expect({ point, left, assets: assets.sort() }).toEqual({ point, left: nothing, assets: allowed });
      if (ended.exitCode !== 0) expect(ended.seconds * 1000 - point).toBeLessThan(7000);
    }
  },
  20 * minute,
);
