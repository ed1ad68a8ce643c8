import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-build-deb';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase } from '@release-kit/machine';
import { readManifest } from '@release-kit/manifest';

/** Milliseconds; the first build may have to make base systems, the foreign one emulated. */
export const long = 1_200_000;

type Given = Readonly<Record<string, string>>;

/** Builds the folder `source` of the workspace for arm64. */
export function buildWith(host: RecordingHost, given: Given) {
  const all = { source: 'source', architecture: 'arm64', timeout: '2h', ...given };
  return run(readInputs(spec, all, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);
}

/** Installs the packages that were built on a clean system of their architecture, and runs one command there. */
export async function runInstalled(host: RecordingHost, distribution: string, command: readonly [string, ...string[]]): Promise<string> {
  const out = join(host.files.workspace, 'out');
  const { files } = await readManifest(join(out, 'manifest.json'));
  const debs = files.filter((file) => file.kind === 'deb' && !file.package.endsWith('-dbgsym')).map((file) => file.path);
  const request = { distribution: parseDistribution(distribution), architecture: 'arm64', packages: basePackages.build };
  await using machine = await createMachine(host, await prepareBase(host, request), 'nspawn');
  await mkdir(join(host.files.workspace, 'debs'));
  for (const deb of debs) await copyFile(join(out, deb), join(host.files.workspace, 'debs', deb));
  await machine.copyIn(join(host.files.workspace, 'debs'), '/srv/debs');
  const install = ['apt-get', '-q', '-y', '--no-install-recommends', 'install', ...debs.map((deb) => `/srv/debs/${deb}`)] as const;
  await machine.run(install, { network: true, timeout: long });
  return (await machine.run(command, { timeout: long })).stdout;
}
