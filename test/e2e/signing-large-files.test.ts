import { execFileSync } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { describeFile, type ManifestFile, writeManifest } from '@release-kit/manifest';
import { type Job, startJob } from '../support/runner/index.ts';

const minute = 60_000;
const bundle = join(import.meta.dirname, '../../dist/sign-artifacts');
const facts = { kind: 'deb', package: 'hello', version: '1', architecture: 'all', distribution: 'debian:12' } as const;

/** A file with holes: no disk is taken, and all of it is read. */
async function holes(folder: string, name: string, size: number): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, name);
  await truncate(file, size);
  return file;
}

async function outFolder(job: Job): Promise<string> {
  const folder = join(job.workspace, 'out');
  await mkdir(folder);
  return folder;
}

const listed = (folder: string, files: readonly ManifestFile[]): Promise<string> =>
  writeManifest(join(folder, 'manifest.json'), { schema: 1, sourceDateEpoch: 1, sources: [{ package: 'hello', version: '1' }], files });

test(
  'files that the bundle reads in worker threads have sums and signatures that hold',
  async () => {
    await using job = await startJob();
    const folder = await outFolder(job);
    const names = ['a_1_all.deb', 'b_1_all.deb', 'c_1_all.deb'];
    const files = [];
    for (const name of names) {
      await holes(folder, name, 20 * 1024 * 1024);
      files.push(await describeFile(folder, name, facts));
    }
    await listed(folder, files);
    const step = await job.run(bundle, { 'throw-away-key': 'true', checksums: 'sha256\nsha512\nblake2' });
    expect({ conclusion: step.conclusion, annotations: step.annotations }).toEqual({ conclusion: 'success', annotations: [] });
    const cwd = join(folder, 'signed');
    for (const [tool, list] of [
      ['sha256sum', 'SHA256SUMS'],
      ['sha512sum', 'SHA512SUMS'],
      ['b2sum', 'B2SUMS'],
    ] as const) {
      expect(execFileSync(tool, ['--check', '--strict', list], { cwd, encoding: 'utf8' })).toBe(
        names.map((name) => `${name}: OK\n`).join(''),
      );
    }
    for (const name of names)
      execFileSync('gpgv', ['--keyring', join(cwd, 'signing-key.gpg'), `${name}.asc`, name], { cwd, stdio: 'ignore' });
  },
  2 * minute,
);

test(
  'a signal ends the bundle while its worker threads read, and nothing is left',
  async () => {
    await using job = await startJob();
    const folder = await outFolder(job);
    const size = 64 * 1024 * 1024 * 1024;
    const file = await holes(folder, 'a_1_all.deb', size);
    await listed(folder, [{ ...facts, path: 'a_1_all.deb', size, sha256: 'a'.repeat(64) }]);
    const controller = new AbortController();
    let ended = false;
    const running = job.run(bundle, { 'throw-away-key': 'true' }, { signal: controller.signal }).finally(() => {
      ended = true;
    });
    while (!ended && !isOpen(file)) await setTimeout(50);
    controller.abort();
    expect(await running).toMatchObject({ conclusion: 'cancelled', exitCode: 130, outputs: {} });
    expect(readdirSync(folder).sort()).toEqual(['a_1_all.deb', 'manifest.json']);
    expect(isOpen(file)).toBe(false);
  },
  2 * minute,
);

/** Whether any process has this file open. */
function isOpen(file: string): boolean {
  return readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === file);
    } catch {
      return false; // it has ended, or a descriptor was closed
    }
  });
}
