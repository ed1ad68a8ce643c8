import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseSources } from '@release-kit/cross';
import { findProgram } from '@release-kit/machine';
import { probeSuites, reasonIn } from './archive-probe.ts';

test.each([
  ['Err:1 x\nE: Failed to fetch http://a.example/Release  404  Not Found [IP: 192.0.2.1 80]\nE: Download Failed', '404 Not Found'],
  ["E: Failed to fetch http://a.example/Release  Could not resolve 'a.example'", "Could not resolve 'a.example'"],
  ['', 'no answer'],
])('why an archive has nothing is said in the words of apt: %j', (output, reason) => {
  expect(reasonIn(output, 'http://a.example/Release')).toBe(reason);
});

const able = (await findProgram('apt-helper', '/usr/lib/apt')) !== undefined;

(able || process.env['CI'] ? test : test.skip)(
  'each suite is asked of its own archive, and only then of another',
  async () => {
    await using host = await recordingHost();
    const at = (name: string): string => join(host.files.workspace, name);
    for (const folder of ['own/dists/served/main/binary-arm64', 'other/dists/elsewhere/main/binary-arm64']) {
      await mkdir(at(folder), { recursive: true });
      await writeFile(join(at(folder), 'Release'), 'Architecture: arm64\n');
    }
    const [own, other] = [`file:${at('own')}`, `file:${at('other')}`];
    await writeFile(at('mirrors'), `file:${at('gone')}\tpriority:1\n${own}\tpriority:2\n`);
    const text = `Types: deb\nURIs: mirror+file:${at('mirrors')}\nSuites: served elsewhere nowhere\nComponents: main\n`;
    const probes = await probeSuites(host, parseSources(text, '/x.sources'), 'arm64', other);
    expect(probes.map(({ suite, served, elsewhere, refusals }) => ({ suite, served, elsewhere, asked: refusals.length }))).toEqual([
      { suite: 'served', served: true, elsewhere: undefined, asked: 0 },
      { suite: 'elsewhere', served: false, elsewhere: other, asked: 2 },
      { suite: 'nowhere', served: false, elsewhere: undefined, asked: 3 },
    ]);
    expect(probes[2]?.refusals[2]).toMatch(/^file:.*\/other \(.+\)$/);
  },
  60_000,
);
