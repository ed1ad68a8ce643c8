import { cp, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, type RemoteCache, recordingHost } from '@release-kit/action';
import { createMachine } from './index.ts';
import { prepareLayer } from './layer.ts';
import type { BaseSystem, Machine } from './machine.ts';
import { buildBaseForAll } from './testing/build-base.ts';
import { able } from './testing/traces.ts';

const request = { name: 'tried', inputs: { version: 1 } };

// One after the other on the same cache: each test finds what the one before left.
(able ? describe : describe.skip)('layers', () => {
  const given = buildBaseForAll();
  let filled = 0;
  const hostHere = (): Promise<RecordingHost> => recordingHost({ cache: given.cache });
  const layers = async () => (await readdir(join(given.cache, 'layers'))).filter((name) => !name.endsWith('.lock'));
  const read = async (host: RecordingHost, layer: BaseSystem, script: string): Promise<string> => {
    await using machine = await createMachine(host, layer, 'nspawn');
    return (await machine.run(['/bin/sh', '-c', script])).stdout;
  };
  /** Adds, changes, hides and replaces; one file has what a copy may lose. */
  const fill = async (machine: Machine): Promise<void> => {
    filled += 1;
    const script = [
      'set -e; echo new > /opt/new; echo changed > /etc/issue; rm /etc/hosts',
      'rm -r /usr/share/doc; mkdir /usr/share/doc; echo only > /usr/share/doc/only',
      'cp /bin/true "/opt/set user"; chmod 4755 "/opt/set user"; ln -s new /opt/link; touch /var/cache/apt/archives/x.deb',
    ];
    await machine.run(['/bin/sh', '-c', script.join('\n')]);
  };
  const look =
    'cat /opt/new /etc/issue /usr/share/doc/only /opt/link; ls /usr/share/doc; ls /etc/hosts /var/cache/apt/archives/x.deb 2>&1 | wc -l';
  const seen = 'new\nchanged\nonly\nnew\nonly\n2\n';

  test('two runs at the same time make it once; what the fill changed is seen, what it removed is hidden', async () => {
    await using host = await hostHere();
    await using other = await hostHere();
    const both = await Promise.all([host, other].map((one) => prepareLayer(one, given.base, 'nspawn', request, fill)));
    expect(both.map(({ origin }) => origin).sort()).toEqual(['archive', 'cache']);
    expect(filled).toBe(1);
    const [layer] = both;
    if (layer === undefined) throw new Error('no layer');
    expect(layer.layers).toHaveLength(1);
    expect(layer.root).toBe(given.base.root);
    expect(await read(host, layer, look)).toBe(seen);
    expect(await read(host, given.base, 'test ! -e /opt/new; cat /etc/hosts | head -1')).toBe('127.0.0.1 localhost\n');
    expect((await layers()).some((name) => name.startsWith('new-'))).toBe(false);
  }, 120_000);

  test('a machine changes nothing in it', async () => {
    await using host = await hostHere();
    const layer = await prepareLayer(host, given.base, 'nspawn', request, fill);
    await read(host, layer, 'echo spoilt > /opt/new; rm /usr/share/doc/only');
    expect(await read(host, await prepareLayer(host, given.base, 'nspawn', request, fill), look)).toBe(seen);
    expect(filled).toBe(1);
  }, 120_000);

  test('a layer over a layer: the topmost wins', async () => {
    await using host = await hostHere();
    const first = await prepareLayer(host, given.base, 'nspawn', request, fill);
    const second = await prepareLayer(host, first, 'nspawn', request, async (machine) => {
      await machine.run(['/bin/sh', '-c', 'echo newer > /opt/new; rm -r /usr/share/doc']);
    });
    expect(second.layers).toEqual([expect.any(String), ...first.layers]);
    expect(await read(host, second, 'cat /opt/new /etc/issue; ls -d /usr/share/doc 2>&1 | grep -c cannot')).toBe('newer\nchanged\n1\n');
  }, 120_000);

  test.each([
    ['a lost file', (files: string) => rm(join(files, 'opt/new'))],
    ['a file cut short', (files: string) => writeFile(join(files, 'opt/new'), '')],
    ['a changed byte, of the same size and time', changeByte],
    ['a strange file', (files: string) => writeFile(join(files, 'etc/strange'), '')],
  ])(
    'damage is noticed and mended: %s',
    async (_, damage) => {
      await using host = await hostHere();
      const layer = await prepareLayer(host, given.base, 'nspawn', request, fill);
      const before = filled;
      await damage(layer.layers[0] ?? '', host);
      const again = await prepareLayer(host, given.base, 'nspawn', request, fill);
      expect([again.origin, filled]).toEqual(['archive', before + 1]);
      expect(host.recorded.lines).toContainEqual(
        expect.stringMatching(/^The layer .*\+tried-[0-9a-f]{16} in the cache is damaged; it is made anew\.$/),
      );
      expect(await read(host, again, look)).toBe(seen);
    },
    120_000,
  );

  test('a fill that fails leaves nothing, and its error is what the caller gets', async () => {
    await using host = await hostHere();
    const wrong = async (machine: Machine): Promise<void> => {
      await machine.run(['/bin/sh', '-c', 'exit 3'], { errorCode: 'E_BUILD_DEPENDS' });
    };
    const before = await layers();
    await expect(prepareLayer(host, given.base, 'nspawn', { name: 'wrong', inputs: 1 }, wrong)).rejects.toThrowWithCode('E_BUILD_DEPENDS');
    expect(await layers()).toEqual(before);
  }, 120_000);

  test('one without its base system or unused for a week is removed when another is made', async () => {
    await using host = await hostHere();
    const record = { key: 'orphan', kind: 'changes', below: [join(given.cache, 'no-such')], inventory: 'x' };
    for (const [name, below] of [
      ['orphan', record.below],
      ['old', [given.base.root]],
      ['young', [given.base.root]],
    ] as const) {
      await mkdir(join(given.cache, 'layers', name));
      await writeFile(join(given.cache, 'layers', name, 'layer.json'), JSON.stringify({ ...record, key: name, below }));
    }
    await utimes(join(given.cache, 'layers/old/layer.json'), 1, 1);
    await prepareLayer(host, given.base, 'nspawn', { name: 'another', inputs: 1 }, async () => {});
    expect((await layers()).filter((name) => !name.includes('+'))).toEqual(['young']);
    await rm(join(given.cache, 'layers/young'), { recursive: true });
  }, 120_000);

  test('the remote cache keeps what is hidden, modes, and folders that replace others', async () => {
    const remote = folderCache(join(given.cache, 'remote'));
    const inputs = { name: 'remote', inputs: 1 };
    await using host = await hostHere();
    await prepareLayer({ ...host, remoteCache: remote }, given.base, 'nspawn', inputs, fill);
    await rm(join(given.cache, 'layers'), { recursive: true });
    const before = filled;
    const restored = await prepareLayer({ ...host, remoteCache: remote }, given.base, 'nspawn', inputs, fill);
    expect([restored.origin, filled]).toEqual(['remote-cache', before]);
    expect(await read(host, restored, look)).toBe(seen);
    expect((await stat(join(restored.layers[0] ?? '', 'opt/set user'))).mode & 0o7777).toBe(0o4755);
  }, 120_000);
});

/** As GitHub's works: what is restored is what was saved, at the same path. */
function folderCache(folder: string): RemoteCache {
  return {
    restore: (path, key) =>
      cp(join(folder, key), path, { recursive: true }).then(
        () => true,
        () => false,
      ),
    save: (path, key) => cp(path, join(folder, key), { recursive: true }),
  };
}

async function changeByte(files: string, host: RecordingHost): Promise<void> {
  const file = join(files, 'opt/new');
  const reference = join(host.files.workspace, 'time');
  await writeFile(reference, '');
  await host.exec(['touch', `--reference=${file}`, reference]);
  const bytes = await readFile(file);
  await writeFile(
    file,
    bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte)),
  );
  await host.exec(['touch', `--reference=${reference}`, file]);
}
