import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { type ArchivedFrom, downloadPackages } from './archive-packages.ts';
import { machineHost } from './machine-host.ts';

/** A package of the distribution that goes through its whole life. */
export interface ArchivedDaemon {
  /** What it stands for. */
  readonly kind: string;
  readonly packages: readonly string[];
  /** Units that are up, beside those that they start. */
  readonly services: readonly string[];
  /** A library that it depends on, and that no clean system has. */
  readonly brings?: string;
  /** Lines below `smoke:`. What Debian's package really leaves or changes is allowed here, each with its reason. */
  readonly smoke: readonly string[];
}

export const archivedDaemons = {
  'uuid-runtime': {
    kind: 'activated by a socket',
    packages: ['uuid-runtime'],
    services: ['uuidd.socket'],
    // The clock sequence of time-based identifiers, which Debian's postrm forgets.
    smoke: [
      'services:',
      '  - unit: uuidd.socket',
      'commands: ["uuidgen --time"]',
      'allow: { leftovers: [/var/lib/libuuid, "/var/lib/libuuid/**"] }',
    ],
  },
  redis: {
    kind: 'keeps a database',
    packages: ['redis-server', 'redis-tools'],
    services: ['redis-server.service'],
    brings: 'libjemalloc2',
    smoke: ['services:', '  - unit: redis-server.service', 'commands: ["redis-cli set a b", "redis-cli get a"]'],
  },
  logrotate: {
    kind: 'woken by a timer',
    packages: ['logrotate'],
    services: ['logrotate.timer'],
    smoke: ['services:', '  - unit: logrotate.timer'],
  },
  'ca-certificates': {
    kind: 'asks debconf',
    packages: ['ca-certificates'],
    services: [''],
    smoke: ['files:', '  - { path: /etc/ssl/certs/ca-certificates.crt, mode: "0644" }'],
  },
  tinyproxy: {
    kind: 'has conffiles, and a postinst that creates a user',
    packages: ['tinyproxy', 'tinyproxy-bin'],
    services: ['tinyproxy.service'],
    smoke: ['services:', '  - unit: tinyproxy.service'],
  },
  'openssh-server': {
    kind: 'asks debconf, keeps its configuration by ucf, and has a socket beside its service',
    packages: ['openssh-server'],
    services: ['ssh.service'],
    smoke: ['services:', '  - unit: ssh.service'],
  },
} as const satisfies Readonly<Record<string, ArchivedDaemon>>;

export type ArchivedName = keyof typeof archivedDaemons;

export const archivedNames: readonly ArchivedName[] = [
  'uuid-runtime',
  'redis',
  'logrotate',
  'ca-certificates',
  'tinyproxy',
  'openssh-server',
];

/** Takes it from the archive through its whole life; everything passes. `docker`: address of the daemon whose machines it lives in. */
export async function smokeArchived(name: ArchivedName, from: ArchivedFrom, docker?: string): Promise<void> {
  const { packages, services, smoke, brings = '' }: ArchivedDaemon = archivedDaemons[name];
  await using host = await machineHost(docker === undefined ? {} : { env: { DOCKER_HOST: docker } });
  const { workspace } = host.files;
  await downloadPackages(host, packages, from);
  await writeFile(join(workspace, 'release-kit.yml'), `${['smoke:', ...smoke.map((line) => `  ${line}`)].join('\n')}\n`);
  const given = {
    distributions: from.distribution,
    architectures: from.architecture,
    engine: docker === undefined ? 'nspawn' : 'docker',
    report: 'report.json',
  };
  const outputs = await run(readInputs(spec, given, { workspace, nameOf: (input) => `input ${input}` }), host).catch(
    async (error: unknown) => {
      if (!(error instanceof UserError) || !error.code.startsWith('E_SMOKE_')) throw error;
      // The whole report, since one line does not tell whether the alarm is a false one.
      throw new Error(`${error.message}\n${await problemsIn(join(workspace, 'report.json'))}`, { cause: error });
    },
  );
  expect(outputs).toMatchObject({ result: 'passed', leftover: '' });
  expect(outputs.services.split('\n')).toEqual(expect.arrayContaining([...services]));
  expect(host.recorded.lines.some((line) => line.includes('✓ dependencies') && line.includes(brings))).toBe(true);
}

async function problemsIn(report: string): Promise<string> {
  const { targets }: { targets: readonly { tracks: readonly { name: string; problems: unknown }[] }[] } = JSON.parse(
    await readFile(report, 'utf8'),
  );
  return JSON.stringify(
    targets.flatMap(({ tracks }) => tracks.map(({ name, problems }) => ({ name, problems }))),
    null,
    2,
  );
}
