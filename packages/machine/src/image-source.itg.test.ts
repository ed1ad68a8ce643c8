/** @in-turn docker: a Docker daemon changes the packet filter of the host, and puts it back. */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { ownArchitecture } from './emulation.ts';
import { imageSource } from './image-source.ts';
import { dockerAble, startDockerDaemon } from './testing/docker-daemon.ts';

const request = { distribution: parseDistribution('debian:12'), architecture: ownArchitecture(), packages: [] };
// Nothing listens there, so no registry is asked.
const image = 'localhost:9/release-kit-test:1';

(dockerAble ? describe : describe.skip)('a container image that Docker has', () => {
  test('gives its files, with owners and modes, although its registry does not answer; no container stays', async () => {
    await using plain = await recordingHost();
    await using daemon = await startDockerDaemon(plain);
    const env = { DOCKER_HOST: daemon.address };
    await using host = await recordingHost({ env });
    const files = join(host.files.workspace, 'files');
    await mkdir(join(files, 'usr/bin'), { recursive: true });
    await writeFile(join(files, 'usr/bin/it'), 'it\n', { mode: 0o755 });
    await host.exec(['chown', '7:8', join(files, 'usr/bin/it')]);
    await host.exec(['tar', '--create', '--file=files.tar', `--directory=${files}`, '.']);
    await host.exec(['docker', 'import', 'files.tar', image], { env });

    const source = await imageSource(host, { ...request, image });
    expect(source.identity).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(host.recorded.lines).toEqual([`The registry of ${image} does not answer; the image that Docker has is used.`]);
    const root = join(host.files.workspace, 'root');
    await mkdir(root);
    await source.unpack(host, root);
    expect(await readFile(join(root, 'usr/bin/it'), 'utf8')).toBe('it\n');
    const { uid, gid, mode } = await stat(join(root, 'usr/bin/it'));
    expect([uid, gid, mode & 0o7777]).toEqual([7, 8, 0o755]);
    expect((await host.exec(['docker', 'ps', '--all', '--quiet'], { env })).stdout).toBe('');

    const other = { ...request, image: 'localhost:9/release-kit-none:1' };
    await expect(imageSource(host, other)).rejects.toThrowWithCode(
      'E_BASE_SYSTEM',
      /release-kit-none:1 \(linux\/.*\) cannot be fetched: ./,
    );
  }, 300_000);
});
