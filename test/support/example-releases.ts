import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type RecordingHost, readInputs } from '@release-kit/action';
import * as buildDeb from '@release-kit/action-build-deb';
import { exampleFolder } from './history.ts';

/** A release of the example that was built. */
export interface BuiltExample {
  /** Absolute path. */
  readonly manifest: string;
  /** Absolute; holds the packages. */
  readonly folder: string;
  /** Names of the packages in it. */
  readonly debs: readonly string[];
}

/** Builds the example into `<name>-out` of the workspace, from a copy named `name` that `change` has changed. */
async function buildExample(host: RecordingHost, name: string, change: (source: string) => Promise<void>): Promise<BuiltExample> {
  const source = join(host.files.workspace, name);
  await cp(exampleFolder, source, { recursive: true });
  await change(source);
  // Tests of its own have a test of their own.
  const config = join(source, 'release-kit.yml');
  await writeFile(config, `${await readFile(config, 'utf8')}  autopkgtest: false\n`);
  const given = { source: name, output: `${name}-out` };
  const where = { workspace: host.files.workspace, nameOf: (input: string) => input };
  const { manifest } = await buildDeb.run(readInputs(buildDeb.spec, given, where), host);
  const folder = dirname(manifest);
  return { manifest, folder, debs: (await readdir(folder)).filter((file) => /^hello-service_.*\.deb$/.test(file)) };
}

/** The example as it is (1.0.0), built from the folder `first`, and a 2.0.0 with another default greeting, from `second`. */
export async function exampleReleases(host: RecordingHost): Promise<{ readonly first: BuiltExample; readonly second: BuiltExample }> {
  const first = await buildExample(host, 'first', async () => {});
  const second = await buildExample(host, 'second', async (source) => {
    const changelog = await readFile(join(source, 'debian/changelog'), 'utf8');
    const date = 'Mon, 02 Feb 2026 12:00:00 +0000';
    const entry = `hello-service (2.0.0) unstable; urgency=medium\n\n  * New default greeting.\n\n -- A B <a@example.org>  ${date}\n\n`;
    await writeFile(join(source, 'debian/changelog'), `${entry}${changelog}`);
    const conf = await readFile(join(source, 'hello-service.conf'), 'utf8');
    await writeFile(join(source, 'hello-service.conf'), conf.replace(/^(#? ?greeting *= *).*$/m, '$1Good morning'));
  });
  return { first, second };
}
