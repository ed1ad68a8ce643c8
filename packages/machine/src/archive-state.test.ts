import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { compareWithArchive, stateOfRoot, suiteFilesIn } from './archive-state.ts';

const printed = `'http://mirror.example/debian/dists/bookworm/InRelease' mirror.example_debian_dists_bookworm_InRelease 0 
'http://mirror.example/debian/dists/bookworm/main/binary-amd64/Packages.xz' mirror.example_debian_dists_bookworm_main_binary-amd64_Packages 0 
'http://mirror.example/debian-security/dists/bookworm-security/InRelease' mirror.example_debian-security_dists_bookworm-security_InRelease 0 
`;
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('suiteFilesIn', () => {
  test('keeps the signed index of each suite', () => {
    expect(suiteFilesIn(printed)).toEqual([
      { uri: 'http://mirror.example/debian/dists/bookworm/InRelease', name: 'mirror.example_debian_dists_bookworm_InRelease' },
      {
        uri: 'http://mirror.example/debian-security/dists/bookworm-security/InRelease',
        name: 'mirror.example_debian-security_dists_bookworm-security_InRelease',
      },
    ]);
  });

  test('passes over other lines and names that leave the folder', () => {
    expect(suiteFilesIn("W: something\n'http://x/InRelease' ../../etc/x_InRelease 0 \n")).toEqual([]);
  });
});

test("the state of a root is the digest of each suite's index as apt kept it there", async () => {
  await using host = await recordingHost();
  const root = join(host.files.workspace, 'root');
  for (const folder of [
    'etc/apt/apt.conf.d',
    'etc/apt/preferences.d',
    'var/lib/apt/lists/partial',
    'var/lib/dpkg',
    'var/cache/apt/archives/partial',
  ])
    await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'var/lib/dpkg/status'), '');
  await writeFile(join(root, 'etc/apt/sources.list'), 'deb [trusted=yes] http://mirror.example/debian bookworm main\n');
  await writeFile(join(root, 'var/lib/apt/lists/mirror.example_debian_dists_bookworm_InRelease'), '');
  expect(await stateOfRoot(host, root)).toEqual([{ uri: 'http://mirror.example/debian/dists/bookworm/InRelease', sha256: empty }]);
});

describe('compareWithArchive', () => {
  test.each([
    ['same', '', empty],
    ['changed', 'new', empty],
  ])('is %s when the index is %j', async (expected, content, sha256) => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'InRelease');
    await writeFile(file, content);
    expect(await compareWithArchive(host, [{ uri: `file://${file}`, sha256 }])).toBe(expected);
  });

  test('is unknown when the archive cannot be reached, or one of its suites', async () => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'InRelease');
    await writeFile(file, '');
    const reachable = { uri: `file://${file}`, sha256: empty };
    const unreachable = { uri: 'http://127.0.0.1:9/InRelease', sha256: empty };
    expect(await compareWithArchive(host, [reachable, unreachable])).toBe('unknown');
    expect(await compareWithArchive(host, [])).toBe('unknown');
  });
});
