/** @in-turn docker: a Docker daemon changes the packet filter of the host, and puts it back. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readInputs } from '@release-kit/action';
import * as buildDeb from '@release-kit/action-build-deb';
import * as installSmoke from '@release-kit/action-install-smoke';
import { dockerAble } from '@release-kit/machine/docker-daemon';
import { dockerForAll } from '../support/docker-for-all.ts';
import { exampleFolder } from '../support/history.ts';
import { machineHost } from '../support/machine-host.ts';
import { smokeGallery } from '../support/smoke-gallery/gallery.ts';
import { verdictTests } from '../support/smoke-gallery/verdicts-test.ts';

/** Milliseconds. */
const long = 600_000;

/** What differs for an engine: a service, a step that has to be ended, two machines one after the other. All of them are in test/long. */
const some = ['conffile-overwritten', 'dies-after-2-s', 'postinst-hangs'];

// One daemon, which takes each base system once.
(dockerAble ? describe : describe.skip)('the pipeline in machines by Docker', () => {
  const docker = dockerForAll(long);

  test(
    'the example is built, installed, asked, removed and purged, and the daemon keeps images of base systems only',
    async () => {
      await using host = await machineHost({ env: { DOCKER_HOST: docker.address } });
      await cp(exampleFolder, join(host.files.workspace, 'source'), { recursive: true });
      const where = { workspace: host.files.workspace, nameOf: (name: string) => `input ${name}` };
      const engine = 'docker';

      const built = await buildDeb.run(readInputs(buildDeb.spec, { source: 'source', engine }, where), host);
      expect(built.packages.split('\n')).toContain('hello-service_1.0.0_amd64.deb');
      const given = { manifest: built.manifest, 'manifest-digest': built.manifestDigest, engine };
      const smoke = await installSmoke.run(readInputs(installSmoke.spec, { ...given, source: 'source' }, where), host);
      expect(smoke).toMatchObject({ result: 'passed', services: 'hello-service.service', leftover: '', failedTargets: '' });

      const asked = { cwd: '/', env: { DOCKER_HOST: docker.address } };
      const ask = async (...args: string[]): Promise<string> => (await host.exec(['docker', ...args], asked)).stdout;
      expect(await ask('ps', '--all', '--quiet')).toBe('');
      expect([...new Set((await ask('image', 'ls', '--format={{.Repository}}')).trim().split('\n'))]).toEqual(['release-kit-base']);
    },
    long,
  );

  describe('what is said of broken packages', () => {
    const broken = smokeGallery.filter(({ name }) => some.includes(name));
    verdictTests(broken, { given: { engine: 'docker' }, env: () => ({ DOCKER_HOST: docker.address }), timeout: long });
  });
});
