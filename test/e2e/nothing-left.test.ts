/** @alone: kills whole runs; what they leave is swept, and told, by whichever run comes next. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { packaged, runAction, tinySource } from '../support/hostile.ts';
import { describeWithMachines } from '../support/machine-host.ts';

const minute = 60_000;

/** A word that only processes of this test carry; what runs in the machine is seen from the host as well. */
const running = (word: string): readonly string[] =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((args) => args.startsWith(`sleep ${word}`));

/** Waits until the machine is at work. */
async function untilRunning(word: string): Promise<void> {
  for (let attempt = 0; running(word).length === 0; attempt += 1) {
    if (attempt > 600) throw new Error(`sleep ${word} never ran`);
    await sleep(50);
  }
}

describeWithMachines('when the runner interrupts', () => {
  test.each([
    ['build-deb', '6151', (workspace: string, word: string) => tinySource(workspace, [`sleep ${word}`])],
    [
      'install-smoke',
      '6163',
      (workspace: string, word: string) =>
        packaged(workspace, [{ name: 'slow', scripts: { postinst: `setsid sleep ${word} & sleep ${word}` } }]),
    ],
  ] as const)(
    '%s ends in time, and no mount, process or temporary file of it is left',
    async (name, word, prepare) => {
      const controller = new AbortController();
      let interrupted = 0;
      const watching = untilRunning(word).then(() => {
        interrupted = performance.now();
        controller.abort();
      });
      const step = await runAction(name, { prepare: (workspace) => prepare(workspace, word), options: { signal: controller.signal } });
      await watching;
      expect(step).toMatchObject({ conclusion: 'cancelled', exitCode: 130, outputs: {} });
      expect(performance.now() - interrupted).toBeLessThan(7500);
      expect(running(word)).toEqual([]);
    },
    2 * minute,
  );

  test.each([
    ['lintian-check', 300],
    ['lintian-check', 1500],
    ['setup-cross', 100],
    ['install-smoke', 1200],
    ['build-deb', 300],
  ])(
    '%s after %i ms leaves nothing',
    async (name, milliseconds) => {
      const controller = new AbortController();
      const prepare = async (workspace: string): Promise<void> => {
        await tinySource(workspace);
        await packaged(workspace, [{ name: 'tiny' }]);
        setTimeout(() => controller.abort(), milliseconds);
      };
      const step = await runAction(name, { prepare, options: { signal: controller.signal } });
      // Before the bundle is loaded, the signal itself ends it.
      expect([0, 1, 130, null]).toContain(step.exitCode);
    },
    2 * minute,
  );
});

describeWithMachines('when the runner kills', () => {
  test.each([
    ['build-deb', '6173', (workspace: string, word: string) => tinySource(workspace, [`sleep ${word}`])],
    [
      'install-smoke',
      '6197',
      (workspace: string, word: string) =>
        packaged(workspace, [{ name: 'slow', scripts: { postinst: `setsid sleep ${word} & sleep ${word}` } }]),
    ],
  ] as const)(
    '%s, its machine and all that ran there end with it',
    async (name, word, prepare) => {
      const watching = untilRunning(word).then(() => killAction(name));
      const step = await runAction(name, { prepare: (workspace) => prepare(workspace, word), killed: true });
      await watching;
      expect(step).toMatchObject({ conclusion: 'failure', exitCode: null, outputs: {} });
      expect(running(word)).toEqual([]);
      expect(readFileSync('/proc/self/mounts', 'utf8')).not.toMatch(/release-kit-runner-/);
    },
    2 * minute,
  );
});

/** The newest process that runs the bundle; the runner of the test is its parent. */
function killAction(name: string): void {
  const script = join('dist', name, 'index.js');
  const lines = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n');
  const own = lines
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .find((match) => match?.[2] === String(process.pid) && match[3]?.endsWith(script));
  if (own?.[1] === undefined) throw new Error(`${script} does not run`);
  process.kill(Number(own[1]), 'SIGKILL');
}
