import { describe, expect, test } from '@jest/globals';
import { UserError } from '@release-kit/action/errors';
import { effectiveText } from './effective-text.ts';
import { readConfig } from './load-config.ts';

const file = 'release-kit.yml';

const full = `smoke:
  targets: [debian:bookworm, ubuntu:24.04/arm64]
  unreachable: skip
  services:
    - unit: hello.service
      healthy:
        - { http: "https://localhost:8443/", status: [200, 401], body: ok, headers: { Content-Type: ^text/ }, tls: { ca: /etc/ca.pem, name: a.example } }
        - { tcp: "[::1]:6379", within: 1500ms }
    - { unit: late.service, state: inactive }
  checks:
    - { http: "https://127.0.0.1/", status: 204, tls: any }
    - { unix: /run/hello.sock, every: 1s }
    - { command: "hello status", exit: 3, output: "^ready$", user: hello }
    - { unit: hello.timer, state: waiting }
    - { file: /run/hello.pid }
    - { log: "listening on", unit: hello.service, within: 1h }
  ports: ["127.0.0.1:8080/tcp", "[::]:53/udp", "*:80/tcp"]
  allow: { changes: [/etc/hosts], leftovers: ["/var/lib/hello/**"], modes: [/usr/bin/hello] }
  recommends: false
  beside: [nginx-light, [memcached, redis-server]]
  preseed: ./debian/smoke.preseed
  previous: github:example/hello@v1
  figures: { install: 50%, memory: 29%, disk: 0%, exceeded: fail }
  autopkgtest: false
  piuparts: true
`;

const time = { within: 30_000, every: 200 };

test('every value of smoke arrives, distributions by their number, times in milliseconds, excesses as shares', async () => {
  const { smoke } = await readConfig(full, file);
  expect(smoke).toEqual({
    targets: ['debian:12', 'ubuntu:24.04/arm64'],
    unreachable: 'skip',
    services: [
      {
        unit: 'hello.service',
        state: 'active',
        healthy: [
          {
            ...{ ...time, kind: 'http', url: 'https://localhost:8443/', status: [200, 401], body: 'ok' },
            ...{ headers: { 'content-type': '^text/' }, tls: { ca: '/etc/ca.pem', name: 'a.example' } },
          },
          { kind: 'tcp', address: '[::1]:6379', within: 1500, every: 200 },
        ],
      },
      { unit: 'late.service', state: 'inactive', healthy: [] },
    ],
    checks: [
      { ...time, kind: 'http', url: 'https://127.0.0.1/', status: [204], body: undefined, headers: {}, tls: 'any' },
      { kind: 'unix', path: '/run/hello.sock', within: 30_000, every: 1000 },
      { ...time, kind: 'command', command: 'hello status', exit: 3, output: '^ready$', user: 'hello' },
      { ...time, kind: 'unit', unit: 'hello.timer', state: 'waiting' },
      { ...time, kind: 'file', path: '/run/hello.pid' },
      { kind: 'log', line: 'listening on', unit: 'hello.service', within: 3_600_000, every: 200 },
    ],
    commands: [],
    files: [],
    ports: ['127.0.0.1:8080/tcp', '[::]:53/udp', '*:80/tcp'],
    allow: { changes: ['/etc/hosts'], leftovers: ['/var/lib/hello/**'], modes: ['/usr/bin/hello'] },
    recommends: false,
    beside: [['nginx-light'], ['memcached', 'redis-server']],
    preseed: 'debian/smoke.preseed',
    previous: { from: 'github', repository: 'example/hello', tag: 'v1' },
    figures: {
      ...{ install: 0.5, active: undefined, healthy: undefined, memory: 0.29, processor: undefined, disk: 0 },
      exceeded: 'fail',
    },
    autopkgtest: false,
    piuparts: true,
  });
});

test.each([full, 'smoke: { previous: ./old/packages, ports: [] }', 'smoke: { previous: "apt:deb [signed-by=/k] file:/srv/a x main" }'])(
  'the section is printed as a file that says the same: %#',
  async (text) => {
    const { place: _, ...config } = await readConfig(text, file);
    const { place: __, ...again } = await readConfig(await effectiveText({ ...config, place: () => undefined }), file);
    expect(again).toEqual(config);
  },
);

describe('a check is of one kind, and what does not go with it is refused at its place', () => {
  test.each([
    ['{ within: 1s }', 14, 'smoke.checks[0] says nothing to check; name one of http, tcp, unix, command, log, unit, file'],
    ['{ tcp: "127.0.0.1:1", file: /a }', 42, 'smoke.checks[0] checks tcp and file; write a check for each of them'],
    ['{ file: /a, status: 200 }', 34, 'smoke.checks[0].status does not go with file, but with http'],
    ['{ unit: a.timer, exit: 1 }', 37, 'smoke.checks[0].exit does not go with unit, but with command'],
    ['{ log: a, unit: a.service, state: x }', 48, 'smoke.checks[0].state does not go with log, but with unit'],
    ['{ tcp: "127.0.0.1:65536" }', 21, 'but a port is 65535 at most'],
    ['{ tcp: "10.0.0.1:80" }', 21, 'must be a loopback address with a port'],
    ['{ http: "http://127.0.0.1/", tls: any }', 48, 'smoke.checks[0].tls does not go with an http:// address'],
    ['{ http: "https://127.0.0.1/", tls: all }', 49, 'smoke.checks[0].tls is "all", but must be any, or a map with ca and name'],
    ['{ http: "https://127.0.0.1/", tls: {} }', 49, 'smoke.checks[0].tls says nothing'],
    ['{ http: "http://127.0.0.1/", status: 99 }', 51, 'smoke.checks[0].status must be >= 100'],
    ['{ http: "http://127.0.0.1/", headers: { a: x, A: y } }', 63, 'smoke.checks[0].headers names A twice'],
    ['{ http: "http://127.0.0.1/", body: "(" }', 49, 'smoke.checks[0].body is no regular expression: Unterminated group'],
    ['{ http: "http://127.0.0.1/", headers: { x-a: "[" } }', 59, 'smoke.checks[0].headers.x-a is no regular expression'],
    ['{ command: a, output: "\\\\-" }', 36, 'smoke.checks[0].output is no regular expression: Invalid escape'],
    ['{ command: a, exit: 256 }', 34, 'smoke.checks[0].exit must be <= 255'],
    ['{ file: a }', 22, 'must be an absolute path'],
    [`{ unix: /${'a'.repeat(107)} }`, 22, 'smoke.checks[0].unix must NOT have more than 107 characters'],
    ['{ file: /a, within: 61m }', 34, 'smoke.checks[0].within is "61m", but must be at most 1h'],
    ['{ file: /a, within: 99999h }', 34, 'smoke.checks[0].within is "99999h", but must be at most 1h'],
    ['{ file: /a, every: 49ms }', 33, 'smoke.checks[0].every is "49ms", but must be from 50ms to 1m'],
  ])('%s', async (check, column, message) => {
    const found = await failureOf(`smoke:\n  checks: [${check}]\n`);
    expect([found.message, found.at]).toEqual([expect.stringContaining(message), `2:${column - 2}`]);
  });
});

describe('what is wrong in the rest is said with its place', () => {
  test.each([
    ['targets: [debian:99]', 'smoke.targets[0]: "debian:99" is not a known distribution'],
    ['targets: [debian:12/x86]', 'smoke.targets[0]: "x86" is not a known architecture'],
    ['targets: [debian:12, debian:bookworm]', 'smoke.targets lists debian:12 twice'],
    ['unreachable: ignore', 'smoke.unreachable is "ignore", but must be one of fail, skip'],
    ['ports: [8080]', 'smoke.ports[0] is 8080, but must be an address with port and protocol, such as'],
    ['ports: ["127.0.0.1:80"]', 'must be an address with port and protocol'],
    ['ports: ["*:80/tcp", "*:80/tcp"]', 'smoke.ports lists *:80/tcp twice'],
    ['allow: { changes: [etc] }', 'must be an absolute path, with * for any part of a name'],
    ['beside: ["Nginx"]', 'must be the name of a package'],
    ['beside: [[]]', 'smoke.beside[0] is an empty list'],
    ['previous: last', 'smoke.previous is "last", but must be one of none, ./<folder of packages, or a manifest>, github'],
    ['figures: { install: 0.5 }', 'smoke.figures.install is 0.5, but must be a percentage such as 50%'],
    ['figures: { install: 50 % }', 'must be a percentage such as 50%'],
    ['services: [{ unit: a.service, state: off }]', 'must be one of active, inactive'],
    ['services: [{ unit: a.service, healthy: [] }]', 'smoke.services[0].healthy is an empty list'],
    ['services: [{ unit: a.service, healthy: x }]', 'smoke.services[0].healthy is "x", but must be a map of keys and values or a list'],
    ['autopkgtest: on', 'smoke.autopkgtest is "on", but must be true or false'],
  ])('%s', async (text, message) => {
    const found = await failureOf(`smoke:\n  ${text}\n`);
    expect([found.code, found.message]).toEqual(['E_CONFIG', expect.stringContaining(message)]);
    expect(found.at).toMatch(/^2:\d+$/);
  });

  test.each(['preseed: ../x', 'preseed: /etc/x', 'previous: ../old', 'previous: /srv/old'])('%s leads out (H21)', async (text) => {
    expect(await failureOf(`smoke:\n  ${text}\n`)).toMatchObject({ code: 'E_PATH', at: expect.stringMatching(/^2:/) });
  });
});

async function failureOf(text: string): Promise<{ code: string; at: string; message: string }> {
  try {
    await readConfig(text, file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.code, at: `${error.place?.line}:${error.place?.column}`, message: error.message };
  }
  throw new Error(`accepted: ${text}`);
}
