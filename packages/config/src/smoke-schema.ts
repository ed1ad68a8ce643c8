import { absolutePath, checkList, checksOfService, unitName, userName } from './health-schema.ts';
import { previousForms, previousPattern } from './previous-release.ts';
import { distribution, line, list, object, set } from './schema-parts.ts';

const service = {
  ...object('A systemd unit that must become and stay active after installation.', {
    unit: unitName('Name of the unit with its type.'),
    state: {
      type: 'string',
      enum: ['active', 'inactive'],
      default: 'active',
      description: 'State that the installation must leave it in: inactive for a unit that is installed and not started.',
    },
    healthy: checksOfService,
  }),
  required: ['unit'],
} as const;

const file = {
  ...object('An installed file whose presence, mode and owner are checked.', {
    path: absolutePath('Absolute path inside the machine.', '/etc/hello/hello.conf'),
    mode: {
      type: 'string',
      pattern: '^[0-7]{4}$',
      patternErrorMessage: 'four octal digits in quotes, such as "0640"',
      description: 'Four octal digits, in quotes.',
      examples: ['0640'],
    },
    owner: userName('User that must own the file.'),
    group: userName('Group that must own the file.'),
  }),
  required: ['path'],
} as const;

const pathPatterns = (description: string) =>
  list(
    {
      type: 'string',
      maxLength: 1000,
      pattern: '^(/(?!\\.{1,2}(/|$))[^/\\u0000-\\u001f\\u007f]+)+$',
      patternErrorMessage: 'an absolute path, with * for any part of a name and ** for any folders, such as /var/lib/hello/**',
      description: 'Path inside the machine; * stands for any part of a name, ** for any folders.',
      examples: ['/var/lib/hello/**'],
    } as const,
    200,
    description,
  );

const packageName = {
  type: 'string',
  maxLength: 100,
  pattern: '^[a-z0-9][a-z0-9+.-]+$',
  patternErrorMessage: 'the name of a package, such as nginx-light',
  description: 'Name of a package of the distribution.',
} as const;

const previous = {
  type: 'string',
  maxLength: 65_536,
  pattern: previousPattern,
  patternErrorMessage: `one of ${previousForms.join(', ')}`,
  default: 'none',
  description:
    'Where the release before this one is, to upgrade from: distribution is the older version that the distribution itself has, github a release on GitHub, of this repository unless another is named, the newest one that is lower unless a tag is named. A folder is below the root of the repository.',
  examples: ['distribution', 'github', 'github:v1.2.0', './previous'],
} as const;

const excess = (what: string) =>
  ({
    type: 'string',
    pattern: '^(0|[1-9][0-9]{0,3})%$',
    patternErrorMessage: 'a percentage such as 50%',
    description: `By how much ${what} may exceed that of the previous release. Default: not compared.`,
    examples: ['50%'],
  }) as const;

export const smokeSchema = object('How the packages are tried on clean, booted systems.', {
  targets: {
    ...set({ ...distribution, description: 'Distribution, and after a / the architecture of the machine.' }, 50, ''),
    description: 'Systems to try the packages on. Default: what they were built for.',
    examples: [['debian:12', 'ubuntu:24.04/arm64']],
  },
  unreachable: {
    type: 'string',
    enum: ['fail', 'skip'],
    default: 'fail',
    description: 'What becomes of a target whose system cannot be made: it fails, or is skipped and shown so.',
  },
  services: list(service, 50, 'Units that must become active, beside those that the packages enable themselves.'),
  checks: checkList,
  commands: list(line('Command, run by /bin/sh -c; exit code 0 is good.'), 100, 'Commands that must succeed once the services are up.'),
  files: list(file, 1000, 'Installed files to check.'),
  ports: list(
    {
      type: 'string',
      maxLength: 100,
      pattern: '^(\\*|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+\\]):[1-9][0-9]{0,4}/(tcp|udp)$',
      patternErrorMessage: 'an address with port and protocol, such as 127.0.0.1:8080/tcp, [::]:80/tcp or *:53/udp',
      description: 'Address, port and protocol; * stands for any address.',
      examples: ['127.0.0.1:8080/tcp'],
    } as const,
    200,
    'Addresses that the packages listen on: every other one fails, and so does one that nobody listens on. Default: they are only listed.',
  ),
  allow: object('What is right although a check would tell of it.', {
    changes: pathPatterns("Paths that the installation may change although they are not the packages' own."),
    leftovers: pathPatterns('Paths that may stay after the purge.'),
    modes: pathPatterns('Paths whose mode, owner or capabilities are wanted so.'),
  }),
  recommends: { type: 'boolean', default: true, description: 'Try the packages with those that they recommend as well.' },
  beside: list(
    {
      ...packageName,
      type: ['string', 'array'],
      items: packageName,
      minItems: 1,
      maxItems: 50,
      description: 'A package, or a list.',
    } as const,
    10,
    'Packages of the distribution to try the packages beside: each entry in a machine of its own.',
  ),
  preseed: {
    ...line('File of answers for debconf-set-selections, from the root of the repository: the packages are tried with them as well.'),
    examples: ['debian/smoke.preseed'],
  },
  previous,
  figures: object('Limits against the previous release.', {
    install: excess('the time to install'),
    active: excess('the time until all units are active'),
    healthy: excess('the time until all health checks are good'),
    memory: excess('the memory at rest'),
    processor: excess('the processor time at rest'),
    disk: excess('the space on disk'),
    exceeded: { type: 'string', enum: ['fail', 'warn'], default: 'warn', description: 'What exceeding a limit does.' },
  }),
  autopkgtest: { type: 'boolean', default: true, description: 'Run the tests of debian/tests when there are any.' },
  piuparts: { type: 'boolean', default: false, description: 'Run piuparts as well.' },
});
