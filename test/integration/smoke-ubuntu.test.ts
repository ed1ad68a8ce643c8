import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from '../support/packages.ts';
import { httpDaemon, serviceFile, unitFolder, unitScripts } from '../support/smoke-gallery/broken-package.ts';

/** Milliseconds; two base systems may have to be made. */
const long = 900_000;

const daemon = 'usr/lib/tiny/daemon';
/** A service that answers, with a configuration file, and scripts as debhelper makes them. */
const tiny: TinyPackage = {
  name: 'tiny',
  files: {
    [`${unitFolder}/tiny.service`]: serviceFile(`ExecStart=/${daemon}`),
    [daemon]: httpDaemon('127.0.0.1:8093'),
    'etc/tiny.conf': 'greeting = hello\n',
  },
  conffiles: ['/etc/tiny.conf'],
  modes: { [daemon]: 0o755 },
  scripts: unitScripts('tiny.service'),
};
const checks = `smoke:
  services:
    - unit: tiny.service
      healthy:
        - { http: "http://127.0.0.1:8093/", body: "^ok$", within: 30s }
  ports: ["127.0.0.1:8093/tcp"]
`;

/** Of the life of a package, what no system may leave out. */
const whole: readonly string[] = [
  ...['boot', 'install', 'unit files', 'services', 'health checks', 'files', 'still up', 'ports', 'restart', 'reinstall'],
  ...['remove', 'install again', 'purge', 'leftovers', 'install without systemd', 'purge without systemd'],
];

interface SeenTarget {
  readonly target: string;
  readonly outcome: string;
  readonly problems: readonly { readonly message: string }[];
  readonly tracks: readonly {
    readonly name: string;
    readonly problems: readonly { readonly message: string }[];
    readonly steps: readonly { readonly name: string; readonly result: string }[];
  }[];
}

const named = (steps: SeenTarget['tracks'][number]['steps'], result: string): readonly string[] =>
  steps.filter((step) => step.result === result).map(({ name }) => name);

describeWithMachines('a package with a service', () => {
  test(
    'lives its whole life on Ubuntu 22.04 and 24.04: installed, asked, restarted, removed, purged',
    async () => {
      await using host = await machineHost();
      const { workspace } = host.files;
      await mkdir(join(workspace, 'out'));
      await manifestOf(join(workspace, 'out'), [await tinyPackage(host, join(workspace, 'out'), tiny)]);
      await writeFile(join(workspace, 'release-kit.yml'), checks);
      const given = { distributions: 'ubuntu:22.04\nubuntu:24.04', timeout: '120s', report: 'report.json' };
      const outputs = await run(readInputs(spec, given, { workspace, nameOf: (name) => `input ${name}` }), host);

      const report = JSON.parse(await readFile(join(workspace, 'report.json'), 'utf8'));
      const targets: readonly SeenTarget[] = report.targets;
      expect(targets.map(({ target, outcome }) => `${target} ${outcome}`)).toEqual([
        'ubuntu:22.04/amd64 passed',
        'ubuntu:24.04/amd64 passed',
      ]);
      expect(targets.flatMap(({ problems, tracks }) => [...problems, ...tracks.flatMap((track) => track.problems)])).toEqual([]);
      for (const { tracks } of targets) {
        const [life] = tracks;
        expect(life?.name).toBe('life cycle');
        expect(named(life?.steps ?? [], 'failed')).toEqual([]);
        expect(named(life?.steps ?? [], 'passed')).toEqual(expect.arrayContaining([...whole]));
      }
      expect(outputs).toMatchObject({ result: 'passed', services: 'tiny.service', leftover: '', skippedTargets: '' });
      expect(host.recorded.annotations).toEqual([]);
    },
    long,
  );
});
