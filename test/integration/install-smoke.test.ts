import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import * as buildDeb from '@release-kit/action-build-deb';
import { run, spec } from '@release-kit/action-install-smoke';
import { exampleFolder } from '../support/history.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from '../support/packages.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

function smoke(host: RecordingHost, given: Readonly<Record<string, string>> = {}) {
  return run(readInputs(spec, { timeout: '60s', ...given }, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);
}

async function provide(host: RecordingHost, ...packages: readonly TinyPackage[]): Promise<void> {
  const out = join(host.files.workspace, 'out');
  await mkdir(out);
  const files = [];
  for (const each of packages) files.push(await tinyPackage(host, out, each));
  await manifestOf(out, files);
}

async function failureOf(promise: Promise<unknown>): Promise<UserError> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw new Error('not a UserError', { cause: error });
  return error;
}

const unitFile = (service: string) => `[Unit]\nDescription=x\n[Service]\n${service}\n[Install]\nWantedBy=multi-user.target\n`;
const folder = 'usr/lib/systemd/system';
const enable = (...units: string[]) =>
  `systemctl daemon-reload\n${units.map((unit) => `systemctl enable --quiet ${unit}\nsystemctl start ${unit} || true`).join('\n')}`;

describeWithMachines('install-smoke', () => {
  test(
    'the example is installed, started, asked, removed and purged',
    async () => {
      await using host = await machineHost();
      await cp(exampleFolder, join(host.files.workspace, 'source'), { recursive: true });
      const given = readInputs(buildDeb.spec, { source: 'source' }, { workspace: host.files.workspace, nameOf: (name) => name });
      const { manifest, manifestDigest } = await buildDeb.run(given, host);
      const outputs = await smoke(host, { manifest, 'manifest-digest': manifestDigest, source: 'source', report: 'report.json' });
      expect(outputs).toMatchObject({ result: 'passed', services: 'hello-service.service', leftover: '' });
      const report = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
      expect(report.targets[0].tracks[0].steps.map((step: { name: string }) => step.name)).toEqual([
        'dependencies',
        'boot',
        'install',
        'unit files',
        'services',
        'health checks',
        'commands',
        'files',
        'figures',
        'still up',
        'ports',
        'restart',
        'reinstall',
        'remove',
        'install again',
        'purge',
        'leftovers',
        'install without systemd',
        'purge without systemd',
      ]);
      expect(host.recorded.lines.some((line) => line.includes('one configuration file kept'))).toBe(true);
      expect(host.summary.text).toContain('### Tried on debian:12/amd64: passed');
      expect(host.recorded.annotations).toEqual([]);
    },
    long,
  );

  test(
    'checks of the configuration fail at their lines; removal is tried all the same, and everything left is told',
    async () => {
      await using host = await machineHost();
      const config = `smoke:
  services:
    - unit: web.service
      healthy: { http: "http://127.0.0.1:8099/", within: 1s }
    - unit: absent.service
  commands: ["true", "echo broken; exit 7"]
  files:
    - { path: /etc/web.conf, mode: "0600", owner: root, group: root }
    - { path: /etc/none.conf, mode: "0600" }
`;
      await writeFile(join(host.files.workspace, 'release-kit.yml'), config);
      await provide(host, {
        name: 'web',
        files: { [`${folder}/web.service`]: unitFile('ExecStart=/bin/sleep infinity'), 'etc/web.conf': 'x\n' },
        conffiles: ['/etc/web.conf'],
        scripts: {
          postinst: `${enable('web.service')}\nmkdir -p /var/lib/web\ntouch /var/lib/web/state\nadduser() { :; }\ngetent passwd web >/dev/null || useradd --system web`,
          prerm: 'rm -f /etc/web.conf\necho 127.0.0.9 web >> /etc/hosts',
        },
      });
      const error = await failureOf(smoke(host));
      expect(error.code).toBe('E_SMOKE_SERVICE');
      expect(error).toMatchObject({ place: { file: 'release-kit.yml', line: 5 } });
      const found = host.recorded.annotations.map(({ title, file, line, message }) => [
        title?.replace('install-smoke: ', '').replace(/ .*/, ''),
        file,
        line,
        message.split('\n')[0],
      ]);
      expect(found).toContainEqual([
        'E_SMOKE_HEALTH',
        'release-kit.yml',
        4,
        expect.stringMatching(/^web\.service: http:\/\/127\.0\.0\.1:8099\/ was not good within 1 s .*: the connection is refused/),
      ]);
      expect(found).toContainEqual([
        'E_SMOKE_HEALTH',
        'release-kit.yml',
        6,
        expect.stringMatching(/^the command echo broken; exit 7 ended with exit code 7\./),
      ]);
      expect(found).toContainEqual([
        'E_SMOKE_FILE',
        'release-kit.yml',
        8,
        expect.stringContaining('/etc/web.conf: mode is 0644, not 0600'),
      ]);
      expect(found).toContainEqual(['E_SMOKE_FILE', 'release-kit.yml', 9, expect.stringContaining('/etc/none.conf is missing')]);
      expect(found).toContainEqual([
        'E_SMOKE_REMOVE',
        undefined,
        undefined,
        expect.stringContaining('web.service still runs after the package was removed'),
      ]);
      expect(found).toContainEqual([
        'E_SMOKE_REMOVE',
        undefined,
        undefined,
        expect.stringContaining('/etc/web.conf is gone after the reinstallation'),
      ]);
      expect(error.outputs['leftover']?.split('\n')).toEqual(
        expect.arrayContaining(['/etc/systemd/system/multi-user.target.wants/web.service', '/var/lib/web', '/etc/hosts']),
      );
      expect(host.recorded.lines.some((line) => line.includes('kept, as Debian allows: user web, group web'))).toBe(true);
    },
    long,
  );

  test(
    'a file that holds another package than the manifest says is refused',
    async () => {
      await using host = await machineHost();
      const out = join(host.files.workspace, 'out');
      await mkdir(out);
      await manifestOf(out, [{ ...(await tinyPackage(host, out, { name: 'real' })), package: 'claimed' }]);
      await expect(smoke(host)).rejects.toThrowWithCode('E_SMOKE_INSTALL', /the file of claimed holds the package real/);
    },
    long,
  );
});
