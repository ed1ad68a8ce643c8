import { architectureNames } from './architecture.ts';

const line = (description: string, maxLength = 4096) =>
  ({
    type: 'string',
    minLength: 1,
    maxLength,
    pattern: '^[^\\u0000-\\u001f\\u007f]+$',
    patternErrorMessage: 'one line of text without control characters',
    description,
  }) as const;

const object = <const P>(description: string, properties: P) =>
  ({ type: 'object', description, additionalProperties: false, properties }) as const;

const label = line('Label of a runner.', 100);

const user = (description: string) =>
  ({ type: 'string', pattern: '^[a-z_][a-z0-9_-]{0,31}$', patternErrorMessage: 'the name of a user or group', description }) as const;

const health = {
  ...object('A check that must pass for the service to count as healthy.', {
    http: {
      type: 'string',
      maxLength: 2048,
      pattern: '^http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:[1-9][0-9]{0,4})?(/[!-~]*)?$',
      patternErrorMessage: 'an http:// address on 127.0.0.1, localhost or [::1], such as http://127.0.0.1:8080/healthz',
      description: 'Address asked inside the machine; any 2xx answer is good.',
      examples: ['http://127.0.0.1:8080/healthz'],
    },
    within: {
      type: 'string',
      pattern: '^[1-9][0-9]{0,4}(ms|s|m|h)$',
      patternErrorMessage: 'a length of time such as 500ms, 10s or 2m',
      default: '30s',
      description: 'How long the service may take until the first good answer.',
    },
  }),
  required: ['http'],
} as const;

const service = {
  ...object('A systemd unit that must become and stay active after installation.', {
    unit: {
      type: 'string',
      maxLength: 255,
      pattern: '^[A-Za-z0-9:_.@\\\\][A-Za-z0-9:_.@\\\\-]*\\.(service|socket|timer|path)$',
      patternErrorMessage: 'the name of a unit with its type, such as hello.service',
      description: 'Name of the unit with its type.',
      examples: ['hello.service'],
    },
    healthy: health,
  }),
  required: ['unit'],
} as const;

const file = {
  ...object('An installed file whose presence, mode and owner are checked.', {
    path: {
      type: 'string',
      maxLength: 4096,
      pattern: '^(/(?!\\.{1,2}(/|$))[^/\\u0000-\\u001f\\u007f]+)+$',
      patternErrorMessage: 'an absolute path without . and .. parts, such as /etc/hello/hello.conf',
      description: 'Absolute path inside the machine.',
    },
    mode: {
      type: 'string',
      pattern: '^[0-7]{4}$',
      patternErrorMessage: 'four octal digits in quotes, such as "0640"',
      description: 'Four octal digits, in quotes.',
      examples: ['0640'],
    },
    owner: user('User that must own the file.'),
    group: user('Group that must own the file.'),
  }),
  required: ['path'],
} as const;

const pack = {
  ...object('A source package of the repository.', {
    path: { ...line('Folder that holds debian/, relative to the root of the repository.'), examples: ['.'] },
  }),
  required: ['path'],
} as const;

const list = <const I>(items: I, maxItems: number, description: string) => ({ type: 'array', items, maxItems, description }) as const;

/**
 * JSON Schema (draft 7, which editors know best) of release-kit.yml. `release-kit.schema.json` is rendered from it.
 * `patternErrorMessage` is the keyword that editors show instead of a regular expression; messages use it as well.
 */
export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'release-kit.yml',
  ...object('Configuration of release-kit. Everything is optional; action inputs override it.', {
    packages: { ...list(pack, 100, 'Source packages to build.'), minItems: 1, uniqueItems: true, default: [{ path: '.' }] },
    architectures: {
      ...list({ type: 'string', enum: architectureNames }, 20, "Architectures to build for, by Debian's names."),
      minItems: 1,
      uniqueItems: true,
      default: ['amd64'],
    },
    distributions: {
      ...list({ ...line('vendor:release', 50), examples: ['debian:12', 'ubuntu:24.04'] }, 20, 'Distributions to build for.'),
      minItems: 1,
      uniqueItems: true,
      default: ['debian:12'],
    },
    build: object('How packages are built.', {
      strategy: {
        type: 'string',
        enum: ['auto', 'native', 'cross', 'emulate'],
        default: 'auto',
        description: 'How a foreign architecture is built: on a runner of that architecture, cross-compiled, or emulated.',
      },
    }),
    runners: {
      type: 'object',
      description: 'Runner of each architecture: one label, or a list of labels that must all match.',
      propertyNames: { enum: architectureNames },
      additionalProperties: {
        ...label,
        type: ['string', 'array'],
        items: label,
        minItems: 1,
        maxItems: 20,
        description: 'Label, or list of labels.',
      },
    },
    lint: object('How packages are checked by lintian.', {
      'fail-on': {
        type: 'string',
        enum: ['error', 'warning', 'info', 'pedantic', 'none'],
        default: 'error',
        description: 'Least severity that fails the check.',
      },
    }),
    smoke: object('What is checked after the packages are installed on a clean, booted system.', {
      services: list(service, 50, 'Units that must become active.'),
      commands: list(line('Command, run by /bin/sh -c; exit code 0 is good.'), 100, 'Commands that must succeed once the services are up.'),
      files: list(file, 1000, 'Installed files to check.'),
    }),
    release: object('How the release is made.', {
      draft: { type: 'boolean', default: true, description: 'Leave the release as a draft for a person to publish.' },
      channels: {
        type: 'object',
        description: 'Pattern of tags -> channel that such releases go to.',
        maxProperties: 50,
        propertyNames: {
          minLength: 1,
          maxLength: 100,
          pattern: '^[A-Za-z0-9._+*?/-]+$',
          patternErrorMessage: 'a pattern of tags such as *-rc*',
        },
        additionalProperties: {
          type: 'string',
          pattern: '^[a-z][a-z0-9-]{0,31}$',
          patternErrorMessage: 'the name of a channel: small letters, digits and hyphens',
          description: 'Name of the channel.',
        },
      },
    }),
  }),
} as const;
