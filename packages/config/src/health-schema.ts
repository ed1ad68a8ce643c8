import { line, list, object } from './schema-parts.ts';

const loopback = '(127(\\.[0-9]{1,3}){3}|localhost|\\[::1\\])';
const port = '[1-9][0-9]{0,4}';
const absolute = '^(/(?!\\.{1,2}(/|$))[^/\\u0000-\\u001f\\u007f]+)+$';

export const userName = (description: string) =>
  ({ type: 'string', pattern: '^[a-z_][a-z0-9_-]{0,31}$', patternErrorMessage: 'the name of a user or group', description }) as const;

export const absolutePath = (description: string, example: string) =>
  ({
    type: 'string',
    maxLength: 4096,
    pattern: absolute,
    patternErrorMessage: `an absolute path without . and .. parts, such as ${example}`,
    description,
  }) as const;

export const unitName = (description: string) =>
  ({
    type: 'string',
    maxLength: 255,
    pattern: '^[A-Za-z0-9:_.@\\\\][A-Za-z0-9:_.@\\\\-]*\\.(service|socket|timer|path|target|mount|automount|swap|slice|scope|device)$',
    patternErrorMessage: 'the name of a unit with its type, such as hello.service',
    description,
    examples: ['hello.service'],
  }) as const;

const expression = (description: string) => line(`${description} A regular expression; ^ and $ stand for the ends of lines.`, 1000);

const length = (description: string, initial: string) =>
  ({
    type: 'string',
    pattern: '^[1-9][0-9]{0,4}(ms|s|m|h)$',
    patternErrorMessage: 'a length of time such as 500ms, 10s or 2m',
    default: initial,
    description,
  }) as const;

const statusNumber = { type: 'integer', minimum: 100, maximum: 599 } as const;

/** Each kind of check: the key that names it, then those that only go with it. */
export const checkKinds = {
  http: ['status', 'body', 'headers', 'tls'],
  tcp: [],
  unix: [],
  command: ['exit', 'output', 'user'],
  log: ['unit'],
  unit: ['state'],
  file: [],
} as const;

const check = object(
  'A health check: exactly one of http, tcp, unix, command, unit, file and log, asked until it is good or the time is over.',
  {
    http: {
      type: 'string',
      maxLength: 2048,
      pattern: `^https?://${loopback}(:${port})?(/[!-~]*)?$`,
      patternErrorMessage: 'an http:// or https:// address on 127.0.0.1, localhost or [::1], such as http://127.0.0.1:8080/healthz',
      description: 'Address asked inside the machine. Redirects are not followed.',
      examples: ['http://127.0.0.1:8080/healthz'],
    },
    status: {
      ...statusNumber,
      type: ['integer', 'array'],
      items: { ...statusNumber, description: 'Status.' },
      minItems: 1,
      maxItems: 50,
      description: 'Status of the answer, or a list of those that are good. Default: any 2xx.',
      examples: [200, [200, 401]],
    },
    body: expression('What the first 64 KiB of the body must hold.'),
    headers: {
      type: 'object',
      description: 'Header of the answer -> what its value must hold. A regular expression.',
      maxProperties: 50,
      propertyNames: {
        maxLength: 100,
        pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
        patternErrorMessage: 'the name of a header such as content-type',
      },
      additionalProperties: expression('What the value must hold.'),
      examples: [{ 'content-type': '^text/html' }],
    },
    tls: {
      ...object('What the certificate of an https:// address is checked against, or any. Default: what the machine itself trusts.', {
        ca: absolutePath('File inside the machine with the certificates to trust, in PEM.', '/etc/hello/ca.pem'),
        name: {
          type: 'string',
          maxLength: 253,
          pattern: '^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$',
          patternErrorMessage: 'the name of a host, such as hello.example',
          description: 'Name that the certificate must be for. Default: the host of the address.',
        },
      }),
      type: ['object', 'string'],
      pattern: '^any$',
      patternErrorMessage: 'any, or a map with ca and name',
      minProperties: 1,
    },
    tcp: {
      type: 'string',
      maxLength: 100,
      pattern: `^${loopback}:${port}$`,
      patternErrorMessage: 'a loopback address with a port, such as 127.0.0.1:6379',
      description: 'Address that must take a connection inside the machine.',
      examples: ['127.0.0.1:6379'],
    },
    unix: {
      ...absolutePath('Socket in the file system of the machine that must take a connection.', '/run/hello.sock'),
      // sun_path of unix(7) has 108 bytes with the zero at its end.
      maxLength: 107,
    },
    command: { ...line('Command run by /bin/sh -c inside the machine.'), examples: ['hello status'] },
    exit: { type: 'integer', minimum: 0, maximum: 255, default: 0, description: 'Exit code that the command must have.' },
    output: expression('What the command must print, on either stream.'),
    user: userName('User that the command runs as. Default: root.'),
    log: expression(
      'What a message in the journal must hold: of the present run of its unit, or of the whole machine since its boot, which was before the installation.',
    ),
    unit: unitName('Unit whose state is looked at; beside log: the unit whose journal is read. Default there: the unit of the service.'),
    state: {
      type: 'string',
      pattern: '^[a-z]+(-[a-z]+)*$',
      maxLength: 40,
      patternErrorMessage: 'a state as systemctl shows it, such as active, inactive or waiting',
      default: 'active',
      description: 'State that the unit must have, as the columns ACTIVE or SUB of systemctl list-units show it.',
      examples: ['active', 'waiting'],
    },
    file: absolutePath('File, folder or socket that must be there.', '/run/hello.pid'),
    within: length('How long it may take until the check is good; at most 1h.', '30s'),
    every: length('Pause between two tries, from 50ms to 1m.', '200ms'),
  },
);

export const checkList = list(check, 50, 'Health checks that belong to no service of their own.');

/** One check or a list of them. */
export const checksOfService = {
  ...check,
  type: ['object', 'array'],
  items: check,
  minItems: 1,
  maxItems: 20,
  description: 'The health check of the service, or a list of them, asked once it is up.',
} as const;
