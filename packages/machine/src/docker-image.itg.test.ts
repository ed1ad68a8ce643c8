/** @in-turn docker: a Docker daemon changes the packet filter of the host, and puts it back. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { prepareImage } from './docker-image.ts';
import type { BaseSystem } from './machine.ts';
import { dockerAble, startDockerDaemon } from './testing/docker-daemon.ts';

const request = { distribution: parseDistribution('debian:12'), architecture: 'arm64', packages: [] };

(dockerAble ? describe : describe.skip)('images of base systems', () => {
  test('hold the file system with its layers, are made once, say their architecture, and go when their base system is gone', async () => {
    await using outer = await recordingHost();
    await using daemon = await startDockerDaemon(outer);
    await using host = await recordingHost({ env: { DOCKER_HOST: daemon.address } });
    const docker = async (...args: readonly string[]): Promise<string> =>
      (await outer.exec(['docker', ...args], { cwd: '/', env: { DOCKER_HOST: daemon.address } })).stdout.trim();
    const part = async (name: string, files: readonly string[]): Promise<string> => {
      const folder = join(host.files.workspace, name);
      for (const file of files) {
        await mkdir(join(folder, file, '..'), { recursive: true });
        await writeFile(join(folder, file), name);
      }
      return folder;
    };
    const root = await part('root, with: odd name', ['bin/sh', 'etc/kept', 'etc/removed', 'proc/hidden', 'opt/old/file']);
    const lower = await part('lower', ['etc/lower', 'etc/both']);
    // The kernel's own notes of what is gone.
    await host.exec(['unshare', '--mount', '--propagation', 'private', '/bin/sh', '-c', changeScript, 'sh', root, lower]);
    const upper = join(host.files.workspace, 'upper');
    const base: BaseSystem = { key: 'k', root, layers: [upper, lower], origin: 'cache', request };

    const [image = '', again] = await Promise.all([prepareImage(host, base), prepareImage(host, base)]);
    expect(again).toBe(image);
    expect(host.recorded.lines.filter((line) => /importing/.test(line))).toHaveLength(1);
    expect(await docker('image', 'inspect', '--format={{.Architecture}}/{{.Variant}} {{len .RootFS.Layers}}', image)).toBe('arm64/v8 1');
    const container = await docker('create', '--platform=linux/arm64/v8', image, '/bin/sh');
    await docker('export', `--output=${join(host.files.workspace, 'files.tar')}`, container);
    await docker('rm', container);
    const { stdout } = await host.exec(['tar', '--list', '--file=files.tar', '--exclude=dev', '--exclude=sys', '--exclude=.dockerenv']);
    const files = stdout.split('\n').filter((name) => /^(?:bin|etc|opt|proc)\/.*[^/]$/.test(name));
    expect(files.filter((name) => !/^etc\/(?:hosts|hostname|mtab|resolv\.conf)$/.test(name)).sort()).toEqual([
      'bin/sh',
      'etc/both',
      'etc/kept',
      'etc/lower',
      'opt/old/new',
    ]);
    expect((await host.exec(['tar', '--extract', '--to-stdout', '--file=files.tar', 'etc/both'])).stdout).toBe('upper\n');

    const other = { ...base, key: 'other', root: await part('other', ['bin/sh']), layers: [] };
    await prepareImage(host, other);
    expect((await docker('image', 'ls', '--quiet')).split('\n')).toHaveLength(2);
    await rm(root, { recursive: true });
    await prepareImage(host, { ...other, key: 'third' });
    expect((await docker('image', 'ls', '--format={{.Tag}}')).split('\n').sort()).toEqual(['other', 'third']);
  }, 120_000);
});

/** $1, $2: root and layer below the new one, which becomes `upper`. */
const changeScript = [
  'set -eu',
  'mkdir upper work merged below',
  'mount --bind "$1" below',
  'mount -t overlay -o "lowerdir=$2:below,upperdir=upper,workdir=work" overlay merged',
  'cd merged',
  'rm etc/removed; rm -r opt/old; mkdir opt/old; echo new > opt/old/new; echo upper > etc/both',
].join('\n');
