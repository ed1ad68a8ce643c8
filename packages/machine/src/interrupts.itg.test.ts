/** @alone: kills whole runs and looks for what they left on the host; a Docker daemon changes its packet filter. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost, UserError } from '@release-kit/action';
import { randomOf } from '@release-kit/action/seeded-random';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase, sweepLeftovers } from './index.ts';
import type { BaseSystem, EngineName } from './machine.ts';
import { ownerMark, thisProcess } from './owner.ts';
import { able, cache, controlGroupsNamed, engines, type Ground, groundOf, hostMounts, root, temporaryIn, until } from './testing/traces.ts';

/** RELEASE_KIT_SEED repeats a run that failed. */
const seed = Number(process.env['RELEASE_KIT_SEED'] ?? Date.now() % 1_000_000);
/** Every third is a SIGKILL of the whole process, which can clean up nothing. A life by Docker takes three times as long. test/long has more of them. */
const interruptsOf = process.env['RELEASE_KIT_TEST_ALL'] === '1' ? { nspawn: 35, docker: 15 } : { nspawn: 15, docker: 5 };
/** At a time, as several jobs on one host would. */
const sideBySide = 5;

const contract = able ? describe : describe.skip;

contract.each(engines)('machines by %s', (engine) => {
  const interrupts = interruptsOf[engine];
  test(`${interrupts} interrupts at random points of their lives leave nothing`, async () => {
    await using ground = await groundOf(engine);
    await using host = await recordingHost({ cache, env: ground.env });
    const base = await prepareBase(host, {
      distribution: parseDistribution('debian:12'),
      architecture: 'amd64',
      packages: basePackages.smoke,
    });
    await wholeLife(host, base, engine); // imports the image
    const started = Date.now();
    await wholeLife(host, base, engine);
    const whole = Date.now() - started;
    const random = randomOf(seed);
    const plan = Array.from({ length: interrupts }, (_, index) => ({ index, moment: random() * whole, kill: index % 3 === 0 }));
    for (let next = 0; next < plan.length; next += sideBySide) {
      await using parent = await host.files.temporary('interrupts');
      const batch = plan.slice(next, next + sideBySide).map(async ({ index, moment, kill }) => {
        const folder = join(parent.path, String(index));
        await mkdir(folder);
        const interrupted = kill ? killed(host, ground, engine, folder, moment) : aborted(ground, base, engine, folder, moment);
        return interrupted.catch((cause: unknown) => {
          throw new Error(`seed ${seed}: interrupt ${index} (${kill ? 'SIGKILL' : 'abort'}) after ${Math.round(moment)} ms`, { cause });
        });
      });
      await Promise.all(batch);
      expect({
        seed,
        mounts: await hostMounts(),
        left: await ground.left(),
        groups: await controlGroupsNamed(ownerMark(thisProcess())),
      }).toEqual({
        seed,
        mounts: [],
        left: [],
        groups: [],
      });
    }
  }, 600_000);
});

async function wholeLife(host: Pick<RecordingHost, keyof RecordingHost>, base: BaseSystem, engine: EngineName): Promise<void> {
  await using machine = await createMachine(host, base, engine);
  await machine.run(['sh', '-c', '(setsid sleep 1000 >/dev/null 2>&1 &)'], { network: true });
  await using booted = await machine.boot();
  await booted.run(['true']);
}

async function aborted(ground: Ground, base: BaseSystem, engine: EngineName, folder: string, moment: number): Promise<void> {
  const controller = new AbortController();
  await using other = await recordingHost({ cache, env: ground.env, signal: controller.signal });
  const near = { ...other, files: { ...other.files, temporary: temporaryIn(folder) } };
  const timer = setTimeout(() => controller.abort(new UserError('E_CANCELLED', 'interrupted')), moment);
  await wholeLife(near, base, engine).catch((error: unknown) => expect(error).toMatchObject({ code: 'E_CANCELLED' }));
  clearTimeout(timer);
  expect(await readdir(folder)).toEqual([]);
}

async function killed(host: RecordingHost, ground: Ground, engine: EngineName, folder: string, moment: number): Promise<void> {
  const ended = await host.exec(
    [process.execPath, '--conditions=release-kit:source', '--input-type=module', '--eval', victimScript, '--', engine],
    {
      cwd: root,
      env: { ...ground.env, TMPDIR: folder, RELEASE_KIT_CACHE: cache },
      allow: 'any',
      onLine: (pid) => void sleep(moment).then(() => process.kill(Number(pid), 'SIGKILL')),
    },
  );
  expect(ended).toMatchObject({ exitCode: null, stderr: '' });
  const near = { ...host, files: { ...host.files, temporary: temporaryIn(folder) } };
  await until(async () => {
    await sweepLeftovers(near);
    const left = await readdir(folder, { recursive: true });
    // One that was killed before it wrote its name down is known by its age alone.
    expect(left.filter((name) => !/^release-kit-machine-\w{6}$/.test(name))).toEqual([]);
  });
}

/** A run for the test to kill: says its process id, then lives the same life again and again. */
const victimScript = `
import { terminalHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase } from '@release-kit/machine';
const [engine] = process.argv.slice(1);
const host = terminalHost({ workspace: '/', env: process.env, signal: new AbortController().signal, stream: process.stderr, verbose: false });
const base = await prepareBase(host, { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: basePackages.smoke });
console.log(process.pid);
for (;;) {
  await using machine = await createMachine(host, base, engine);
  await machine.run(['sh', '-c', '(setsid sleep 1000 >/dev/null 2>&1 &)'], { network: true });
  await using booted = await machine.boot();
  await booted.run(['true']);
}
`;
