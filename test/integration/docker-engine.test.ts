/** @in-turn docker: a Docker daemon changes the packet filter of the host, and puts it back. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readInputs, recordingHost } from '@release-kit/action';
import * as buildDeb from '@release-kit/action-build-deb';
import * as installSmoke from '@release-kit/action-install-smoke';
import { dockerAble, startDockerDaemon } from '@release-kit/machine/docker-daemon';
import { exampleFolder } from '../support/history.ts';
import { machineHost } from '../support/machine-host.ts';

(dockerAble ? describe : describe.skip)('the pipeline in machines by Docker', () => {
  test('the example is built, installed, asked, removed and purged, and the daemon keeps images of base systems only', async () => {
    await using outer = await recordingHost();
    await using daemon = await startDockerDaemon(outer);
    await using host = await machineHost({ env: { DOCKER_HOST: daemon.address } });
    await cp(exampleFolder, join(host.files.workspace, 'source'), { recursive: true });
    const where = { workspace: host.files.workspace, nameOf: (name: string) => `input ${name}` };
    const engine = 'docker';

    const built = await buildDeb.run(readInputs(buildDeb.spec, { source: 'source', engine }, where), host);
    expect(built.packages.split('\n')).toContain('hello-service_1.0.0_amd64.deb');
    const given = { manifest: built.manifest, 'manifest-digest': built.manifestDigest, engine };
    const smoke = await installSmoke.run(readInputs(installSmoke.spec, { ...given, source: 'source' }, where), host);
    expect(smoke).toMatchObject({ result: 'passed', services: 'hello-service.service', leftover: '', failedTargets: '' });

    const docker = async (...args: string[]): Promise<string> =>
      (await outer.exec(['docker', ...args], { cwd: '/', env: { DOCKER_HOST: daemon.address } })).stdout;
    expect(await docker('ps', '--all', '--quiet')).toBe('');
    expect([...new Set((await docker('image', 'ls', '--format={{.Repository}}')).trim().split('\n'))]).toEqual(['release-kit-base']);
  }, 600_000);
});
