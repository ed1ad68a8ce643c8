import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-build-deb';
import { readManifest } from '@release-kit/manifest';
import { exampleFolder } from '../support/history.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { takesAll } from '../support/selection.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 600_000;

/** The example under a name of this test, whose kept cache nobody else has. */
async function takeExample(host: RecordingHost, name: string): Promise<void> {
  const source = join(host.files.workspace, 'source');
  await cp(exampleFolder, source, { recursive: true });
  for (const file of ['debian/control', 'debian/changelog']) {
    const text = await readFile(join(source, file), 'utf8');
    await writeFile(join(source, file), text.replace(/^(Source: )?hello-service(?=\n| \()/gm, `$1${name}`));
  }
  await rm(kept(host, name), { recursive: true, force: true });
}

const kept = (host: RecordingHost, name: string): string =>
  join(host.files.cache, 'compilers', `${name.split('-')[0]}-${name}-debian-12-amd64`);

async function digests(host: RecordingHost, given: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const all = { source: 'source', options: 'nocheck', ...given };
  const { manifest } = await run(readInputs(spec, all, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);
  return (await readManifest(manifest, {})).files.filter(({ kind }) => kind === 'deb').map(({ sha256 }) => sha256);
}

describeWithMachines('a compiler cache', () => {
  test.each(takesAll ? (['ccache', 'sccache'] as const) : (['ccache'] as const))(
    '%s serves the second build, whose bytes are those of a build without, and is left alone in runs of tags',
    async (program) => {
      await using host = await machineHost();
      const name = `${program}-of-a-test`;
      await takeExample(host, name);
      try {
        const without = await digests(host, { output: 'one' });
        expect(await digests(host, { output: 'two', 'compiler-cache': program })).toEqual(without);
        expect(host.summary.text).toMatch(new RegExp(`${program}: 0 of [1-9][0-9]* compilations from the cache`));
        expect(await digests(host, { output: 'three', 'compiler-cache': program })).toEqual(without);
        expect(host.summary.text).toMatch(new RegExp(`${program}: ([1-9][0-9]*) of \\1 compilations from the cache \\(100 %`));
        if (program === 'sccache') return;
        const onTag = { ...host, github: { ...host.github, ref: 'refs/tags/v1.0.0' } };
        expect(await digests(onTag, { output: 'four', 'compiler-cache': program })).toEqual(without);
        expect(host.recorded.lines.filter((line) => line.includes('ccache is not used: runs of tags'))).toHaveLength(1);
      } finally {
        await rm(kept(host, name), { recursive: true, force: true });
      }
    },
    long,
  );
});
