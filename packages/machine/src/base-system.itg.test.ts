/** @slow 90 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RecordingHost, type RecordingOptions, type RemoteCache, recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { prepareBase } from './base-system.ts';
import { findProgram } from './host-needs.ts';
import type { BaseSystem } from './machine.ts';

const able = process.getuid?.() === 0 && (await findProgram('mmdebstrap', process.env['PATH'])) !== undefined;
const request = { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: ['hostname'] };

// One after the other on the same cache: each test finds what the one before left.
(able || process.env['CI'] ? describe : describe.skip)('base systems', () => {
  let cache: string;
  let first: BaseSystem;
  const bases = () => readdir(join(cache, 'bases'));
  const hostHere = (options: RecordingOptions = {}): Promise<RecordingHost> => recordingHost({ ...options, cache });
  /** As if the last look at the archive had been yesterday. */
  const yesterday = (base: BaseSystem) => utimes(join(base.root, '../checked'), 1, Date.now() / 1000 - 86_400);

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'release-kit-test-cache-'));
  });
  afterAll(async () => {
    await rm(cache, { recursive: true, force: true });
  }, 120_000);

  test('two runs at the same time make it once', async () => {
    await using host = await hostHere();
    await using other = await hostHere();
    const both = await Promise.all([prepareBase(host, request), prepareBase(other, request)]);
    expect(both.map(({ origin }) => origin).sort()).toEqual(['archive', 'cache']);
    expect(both[0].key).toBe(both[1].key);
    first = both[0];
    expect([...host.recorded.lines, ...other.recorded.lines]).toEqual([
      expect.stringMatching(/^Waiting for another run that prepares the base system debian-12-amd64-/),
    ]);
  }, 300_000);

  test('it is furnished: packages, lists of apt, no services, names', async () => {
    const file = (name: string) => readFile(join(first.root, name), 'utf8');
    expect(await file('var/lib/dpkg/status')).toMatch(/^Package: hostname$/m);
    expect((await readdir(join(first.root, 'var/lib/apt/lists'))).some((name) => name.endsWith('_Packages'))).toBe(true);
    expect((await readdir(join(first.root, 'var/cache/apt/archives'))).filter((name) => name.endsWith('.deb'))).toEqual([]);
    expect((await stat(join(first.root, 'usr/sbin/policy-rc.d'))).mode & 0o777).toBe(0o755);
    expect((await stat(join(first.root, 'etc/hostname'))).mode & 0o777).toBe(0o644);
    expect(await file('etc/hosts')).toMatch(/^127\.0\.0\.1 localhost$/m);
    expect(await bases()).toContain(first.key);
    expect((await bases()).some((name) => name.startsWith('new-'))).toBe(false);
  });

  test('after an hour the archive is asked; while it is the same, so is the base', async () => {
    await using host = await hostHere();
    await yesterday(first);
    expect(await prepareBase(host, request)).toEqual({ ...first, origin: 'cache' });
    expect(host.recorded.lines).toEqual([]);
    expect(Date.now() - (await stat(join(first.root, '../checked'))).mtimeMs).toBeLessThan(60_000);
  });

  test('an archive that cannot be reached is said, and the base is used', async () => {
    await using host = await hostHere();
    const record = join(first.root, '../base.json');
    const text = await readFile(record, 'utf8');
    await writeFile(record, text.replaceAll(/"uri": "[^"]*"/g, '"uri": "http://127.0.0.1:9/InRelease"'));
    await yesterday(first);
    expect((await prepareBase(host, request)).key).toBe(first.key);
    expect(host.recorded.lines).toEqual([`The archive cannot be reached; the base system ${first.key} from the cache is used as it is.`]);
    await writeFile(record, text);
  });

  test('a changed archive means a new base; it is saved in the remote cache; an old state goes when it is unused for a day', async () => {
    const remote = folderCache(join(cache, 'remote'));
    await using host = await hostHere();
    const old = first.key.replace(/.{16}$/, '0'.repeat(16));
    const record = await readFile(join(first.root, '../base.json'), 'utf8');
    await mkdir(join(cache, 'bases', old));
    await writeFile(join(cache, 'bases', old, 'base.json'), JSON.stringify({ key: old, states: [], made: 1, inventory: '' }));
    await utimes(join(cache, 'bases', old, 'base.json'), 1, 1);
    for (const [name, time] of [
      ['debian-11-amd64-forgotten', 1],
      ['debian-11-amd64-remembered', Date.now() / 1000 - 20 * 86_400],
    ] as const) {
      await mkdir(join(cache, 'bases', name));
      await writeFile(join(cache, 'bases', name, 'base.json'), '{}');
      await utimes(join(cache, 'bases', name, 'base.json'), time, time);
    }
    await writeFile(join(first.root, '../base.json'), record.replace(/"sha256": "[^"]*"/, '"sha256": "0"'));
    await yesterday(first);
    const made = await prepareBase({ ...host, remoteCache: remote }, request);
    expect(made.origin).toBe('archive');
    expect(host.recorded.lines).toEqual([expect.stringMatching(/^The archive has changed since/)]);
    expect((await bases()).filter((name) => !name.endsWith('.lock'))).toEqual(['debian-11-amd64-remembered', made.key]);
    await rm(join(cache, 'bases/debian-11-amd64-remembered'), { recursive: true });
    expect(remote.saved).toEqual([expect.stringMatching(/^release-kit-base-debian-12-amd64-[0-9a-f]{16}-\d{4}-\d\d-\d\d$/)]);
  }, 300_000);

  test('a base system of which something was lost is noticed; the remote cache has a whole one', async () => {
    await using host = await hostHere();
    const [name = ''] = (await bases()).filter((entry) => !entry.endsWith('.lock'));
    await rm(join(cache, 'bases', name, 'root/usr/bin/passwd'));
    const mended = await prepareBase({ ...host, remoteCache: folderCache(join(cache, 'remote')) }, request);
    expect(mended).toMatchObject({ key: name, origin: 'remote-cache' });
    expect(host.recorded.lines).toEqual([`The base system ${name} in the cache is damaged; it is made anew.`]);
    expect((await stat(join(mended.root, 'usr/bin/passwd'))).mode & 0o7777).toBe(0o4755);
  }, 300_000);

  test('the remote cache spares the archive', async () => {
    await using host = await hostHere();
    await rm(join(cache, 'bases'), { recursive: true });
    const restored = await prepareBase({ ...host, remoteCache: folderCache(join(cache, 'remote')) }, request);
    expect([restored.origin, restored.key]).toEqual(['remote-cache', first.key]);
    expect((await stat(join(restored.root, 'usr/bin/passwd'))).mode & 0o7777).toBe(0o4755);
    expect(await readdir(join(cache, 'packed'))).toEqual([]);
  }, 300_000);

  test('a damaged entry of the remote cache is said and not used', async () => {
    await using host = await hostHere();
    await rm(join(cache, 'bases'), { recursive: true });
    const [entry = ''] = await readdir(join(cache, 'remote'));
    await writeFile(join(cache, 'remote', entry, 'root.tar.zst'), 'not what was saved');
    const mirror = 'http://127.0.0.1:9/debian';
    // With a mirror that is not there, so that nothing is made instead; the entry is put where this request looks for it.
    const remote: RemoteCache = {
      restore: async (path) => {
        await cp(join(cache, 'remote', entry), path, { recursive: true });
        return true;
      },
      save: async () => {},
    };
    await expect(prepareBase({ ...host, remoteCache: remote }, { ...request, mirror })).rejects.toThrowWithCode(
      'E_BASE_SYSTEM',
      /could not be made from http:\/\/127\.0\.0\.1:9\/debian: .*(?:127\.0\.0\.1|Failed)/,
    );
    expect(host.recorded.lines).toEqual([expect.stringMatching(/^warning: The remote cache's entry .* is damaged/)]);
  }, 300_000);

  test('an unknown package is named', async () => {
    await using host = await hostHere();
    await expect(prepareBase(host, { ...request, packages: ['release-kit-no-such'] })).rejects.toThrowWithCode(
      'E_BASE_SYSTEM',
      /release-kit-no-such/,
    );
    const left = (await bases()).filter((name) => !name.endsWith('.lock'));
    expect(left).toEqual([]);
  }, 300_000);

  test('an interrupt leaves neither mount nor folder', async () => {
    const controller = new AbortController();
    await using host = await hostHere({ signal: controller.signal });
    const preparing = prepareBase(host, request);
    preparing.catch(() => {});
    while (host.recorded.updates.length < 3)
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    controller.abort(new Error('interrupted'));
    await expect(preparing).rejects.toThrowWithCode('E_CANCELLED');
    expect((await readFile('/proc/self/mounts', 'utf8')).includes(cache)).toBe(false);
    expect((await bases()).filter((name) => !name.endsWith('.lock'))).toEqual([]);
  }, 300_000);
});

/** A remote cache in a folder, as GitHub's works: what is restored is what was saved, at the same path. */
function folderCache(folder: string): RemoteCache & { saved: string[] } {
  const saved: string[] = [];
  return {
    saved,
    restore: (path, key) =>
      cp(join(folder, key), path, { recursive: true }).then(
        () => true,
        () => false,
      ),
    save: async (path, key) => {
      saved.push(key);
      await cp(path, join(folder, key), { recursive: true });
    },
  };
}
