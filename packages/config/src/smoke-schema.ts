import { line, list, object } from './schema-parts.ts';

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

export const smokeSchema = object('What is checked after the packages are installed on a clean, booted system.', {
  services: list(service, 50, 'Units that must become active.'),
  commands: list(line('Command, run by /bin/sh -c; exit code 0 is good.'), 100, 'Commands that must succeed once the services are up.'),
  files: list(file, 1000, 'Installed files to check.'),
});
