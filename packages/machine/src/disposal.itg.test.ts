/** @alone: kills whole runs and looks for what they left on the host; a Docker daemon changes its packet filter. */
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost, UserError } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase, sweepLeftovers } from './index.ts';
import type { BaseSystem } from './machine.ts';
import {
  able,
  cache,
  controlGroups,
  engines,
  type Ground,
  groundOf,
  hostMounts,
  machineFolders,
  root,
  running,
  temporaryIn,
  until,
  untilGone,
} from './testing/traces.ts';

const contract = able ? describe : describe.skip;

contract.each(engines)('machines by %s leave nothing', (engine) => {
  let ground: Ground;
  let host: RecordingHost;
  let base: BaseSystem;

  beforeAll(async () => {
    ground = await groundOf(engine);
    host = await recordingHost({ cache, env: ground.env });
    base = await prepareBase(host, { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: basePackages.smoke });
  }, 300_000);
  afterAll(async () => {
    await host[Symbol.asyncDispose]();
    await ground[Symbol.asyncDispose]();
  }, 60_000);

  test('folders with commas, colons and blanks are no trouble', async () => {
    await using odd = await host.files.temporary('odd,name: here\\');
    const files = { ...host.files, temporary: temporaryIn(odd.path) };
    await using folder = await files.temporary('in');
    await writeFile(join(folder.path, 'file'), 'odd');
    await using one = await createMachine({ ...host, files }, base, engine);
    await one.copyIn(folder.path, '/srv/in');
    expect((await one.run(['cat', '/srv/in/file'])).stdout).toBe('odd');
  }, 60_000);

  test('two machines run side by side, and their disposal leaves nothing', async () => {
    await using parent = await host.files.temporary('two');
    const near = { ...host, files: { ...host.files, temporary: temporaryIn(parent.path) } };
    let groups: string[];
    {
      await using one = await createMachine(near, base, engine);
      await using two = await createMachine(near, base, engine);
      const outputs = await Promise.all(
        [one, two].map((it, index) => it.run(['sh', '-c', `echo ${index} > /etc/issue; sleep 0.2; cat /etc/issue`])),
      );
      expect(outputs.map(({ stdout }) => stdout)).toEqual(['0\n', '1\n']);
      await using up = await one.boot();
      expect(up.state).toMatch(/running|degraded/);
      expect(await hostMounts()).toEqual([]);
      groups = await controlGroups(parent.path);
      expect(groups.every(existsSync)).toBe(true);
    }
    expect(await readdir(parent.path)).toEqual([]);
    expect(await ground.left()).toEqual([]);
    expect(groups.filter(existsSync)).toEqual([]);
  }, 120_000);

  test('an interrupt during a command leaves nothing and is told as one', async () => {
    await using parent = await host.files.temporary('interrupted');
    const controller = new AbortController();
    await using other = await recordingHost({ cache, env: ground.env, signal: controller.signal });
    const mark = `7${Date.now()}`;
    {
      await using one = await createMachine({ ...other, files: { ...other.files, temporary: temporaryIn(parent.path) } }, base, engine);
      setTimeout(() => controller.abort(new UserError('E_CANCELLED', 'interrupted')), 300);
      await expect(one.run(['sleep', mark])).rejects.toThrowWithCode('E_CANCELLED');
    }
    await untilGone(mark);
    expect(await readdir(parent.path)).toEqual([]);
    expect(await ground.left()).toEqual([]);
  }, 60_000);

  test.each([false, true])(
    'SIGKILL of our own process takes everything along; the next run sweeps the rest (booted: %s)',
    async (boot) => {
      await using parent = await host.files.temporary('killed');
      const mark = `6${Date.now()}`;
      const victim = ['--conditions=release-kit:source', '--input-type=module', '--eval', victimScript, '--', engine, String(boot), mark];
      const ended = host.exec([process.execPath, ...victim], {
        cwd: root,
        env: { ...ground.env, TMPDIR: parent.path, RELEASE_KIT_CACHE: cache },
        allow: 'any',
        // What killed runs of others have left on this host is told as well, and is swept.
        onLine: (line) => {
          if (/^\d+$/.test(line)) void until(() => running(mark)).then(() => process.kill(Number(line), 'SIGKILL'));
        },
      });
      expect(await ended).toMatchObject({ exitCode: null, stderr: expect.stringMatching(/^(removed what killed runs had left: .*\n)?$/) });
      await untilGone(mark);
      expect(await hostMounts()).toEqual([]);
      const left = await machineFolders(parent.path);
      expect(left).toHaveLength(1);
      const groups = await controlGroups(parent.path);
      const next = { ...host, files: { ...host.files, temporary: temporaryIn(parent.path) } };
      const mine = await createMachine(next, base, engine);
      expect(await sweepLeftovers(next, [])).toEqual(left);
      expect((await mine.run(['echo', 'alive'])).stdout).toBe('alive\n');
      await mine[Symbol.asyncDispose]();
      expect(await readdir(parent.path)).toEqual([]);
      expect(await ground.left()).toEqual([]);
      expect(groups.filter(existsSync)).toEqual([]);
    },
    120_000,
  );
});

/** A run for the test to kill: says its process id, then runs a command that would never end. */
const victimScript = `
import { terminalHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase } from '@release-kit/machine';
const [engine, boot, mark] = process.argv.slice(1);
const host = terminalHost({ workspace: '/', env: process.env, signal: new AbortController().signal, stream: process.stderr, verbose: false });
const base = await prepareBase(host, { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: basePackages.smoke });
const machine = await createMachine(host, base, engine);
const where = boot === 'true' ? await machine.boot() : machine;
console.log(process.pid);
await where.run(['sleep', mark]);
`;
