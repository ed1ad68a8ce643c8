import { describe, expect, test } from '@jest/globals';
import { failure, file } from './config-failure.test-support.ts';
import { effectiveText } from './effective-text.ts';
import { readConfig } from './load-config.ts';

const full = `# every key
packages:
  - path: ./server/
  - path: client
    name: our-client
    paths: [client/**, "!client/docs/**"]
    distributions: [debian:sid]
    architectures: [riscv64]
    strategy: emulate
    strategies: { amd64: native }
shared: [lib/**]
architectures: [amd64, arm64]
distributions: [debian:bookworm, ubuntu:22.04]
build:
  strategy: cross
  strategies: { arm64: native }
matrix:
  fail-fast: true
  max-parallel: 4
  exclude:
    - { package: "s*", distribution: debian:bookworm, architecture: arm64 }
  include:
    - { distribution: "ubuntu:*", runner: own }
    - { package: server, distribution: debian:13, architecture: i386, strategy: cross, runner: [a, b] }
runners:
  arm64: ubuntu-24.04-arm
  riscv64: [self-hosted, riscv]
lint: { fail-on: warning, fail-on-new: info, lintian: "debian:sid", baseline: ./debian/known, also: [blhc, shellcheck] }
smoke:
  services:
    - unit: hello.service
      healthy: { http: "http://127.0.0.1:8080/healthz", within: 10s }
    - unit: hello@1.socket
    - unit: late.service
      healthy: { http: "http://[::1]/" }
  commands: ["hello --version"]
  files:
    - { path: /etc/hello/hello.conf, mode: "0640", owner: root, group: hello }
    - path: /usr/bin/hello
release:
  draft: false
  channels: { "*-rc*": beta }
`;

const smokeDefaults = {
  targets: [],
  unreachable: 'fail',
  services: [],
  checks: [],
  commands: [],
  files: [],
  ports: undefined,
  allow: { changes: [], leftovers: [], modes: [] },
  recommends: true,
  beside: [],
  preseed: undefined,
  previous: undefined,
  figures: {
    ...{ install: undefined, active: undefined, healthy: undefined, memory: undefined, processor: undefined, disk: undefined },
    exceeded: 'warn',
  },
  autopkgtest: true,
  piuparts: false,
};

const httpCheck = (url: string, within: number) => ({
  ...{ kind: 'http', url, status: undefined, body: undefined, headers: {}, tls: { ca: undefined, name: undefined } },
  ...{ within, every: 200 },
});

describe('a configuration', () => {
  test('arrives with every value, distributions by their number, times in milliseconds', async () => {
    const { place, changelog: _, ...config } = await readConfig(full, file);
    expect(config).toEqual({
      packages: [
        { path: 'server', strategies: {} },
        {
          path: 'client',
          name: 'our-client',
          paths: ['client/**', '!client/docs/**'],
          distributions: ['debian:sid'],
          architectures: ['riscv64'],
          strategy: 'emulate',
          strategies: { amd64: 'native' },
        },
      ],
      shared: ['lib/**'],
      architectures: ['amd64', 'arm64'],
      distributions: ['debian:12', 'ubuntu:22.04'],
      build: { strategy: 'cross', strategies: { arm64: 'native' } },
      matrix: {
        failFast: true,
        maxParallel: 4,
        exclude: [{ package: 's*', distribution: 'debian:12', architecture: 'arm64' }],
        include: [
          { package: '*', distribution: 'ubuntu:*', architecture: '*', runner: ['own'] },
          { package: 'server', distribution: 'debian:13', architecture: 'i386', strategy: 'cross', runner: ['a', 'b'] },
        ],
      },
      runners: { arm64: ['ubuntu-24.04-arm'], riscv64: ['self-hosted', 'riscv'] },
      lint: { failOn: 'warning', failOnNew: 'info', lintian: 'debian:sid', baseline: 'debian/known', also: ['blhc', 'shellcheck'] },
      smoke: {
        ...smokeDefaults,
        services: [
          { unit: 'hello.service', state: 'active', healthy: [httpCheck('http://127.0.0.1:8080/healthz', 10_000)] },
          { unit: 'hello@1.socket', state: 'active', healthy: [] },
          { unit: 'late.service', state: 'active', healthy: [httpCheck('http://[::1]/', 30_000)] },
        ],
        commands: ['hello --version'],
        files: [
          { path: '/etc/hello/hello.conf', mode: '0640', owner: 'root', group: 'hello' },
          { path: '/usr/bin/hello', mode: undefined, owner: undefined, group: undefined },
        ],
      },
      release: { draft: false, channels: { '*-rc*': 'beta' } },
    });
    expect(place('smoke.services[0].unit')).toEqual({ file, line: 31, column: 13 });
    expect(place('lint.fail-on')).toEqual({ file, line: 28, column: 18 });
    expect(place('release.channels["*-rc*"]')).toEqual({ file, line: 42, column: 24 });
    expect(place('smoke.services[9]')).toBeUndefined();
  });

  const defaults = {
    packages: undefined,
    shared: ['.github/workflows/**', '.github/actions/**'],
    architectures: ['amd64'],
    distributions: ['debian:12'],
    build: { strategy: 'auto', strategies: {} },
    runners: {},
    matrix: { exclude: [], include: [], failFast: false, maxParallel: undefined },
    lint: { failOn: 'error', failOnNew: 'never', lintian: 'build', baseline: undefined, also: [] },
    smoke: smokeDefaults,
    release: { draft: true, channels: {} },
  };

  test.each(['', '# nothing yet\n', '{}', '---\n...\n', '\ufeff# made on Windows\r\n'])(
    'that says nothing (%j) is the defaults',
    async (text) => {
      expect(await readConfig(text, file)).toMatchObject(defaults);
    },
  );

  test('may start with a byte-order mark and end its lines with CR LF; places still count right', async () => {
    const config = await readConfig('\ufefflint:\r\n  fail-on: never\r\nrelease:\r\n  draft: false\r\n', file);
    expect(config.lint.failOn).toBe('never');
    expect(config.place('release.draft')).toEqual({ file, line: 4, column: 10 });
  });

  test('may use an anchor twice', async () => {
    const { runners } = await readConfig('runners:\n  arm64: &own [self-hosted, linux]\n  armhf: *own\n', file);
    expect(runners).toEqual({ arm64: ['self-hosted', 'linux'], armhf: ['self-hosted', 'linux'] });
  });
});

describe('what is wrong is said with its place and what is allowed (H22)', () => {
  test.each([
    ['lnt: { fail-on: error }', '1:1', '"lnt" is not a key of the file; did you mean lint?'],
    ['lint:\n  failon: error', '2:3', '"failon" is not a key of lint; did you mean fail-on?'],
    ['\n\nbuild:\n  shell: bash', '4:3', '"shell" is not a key of build; allowed are strategy'],
    ['lint: { fail-on: erorr }', '1:18', 'lint.fail-on is "erorr", but must be one of error, warning, info, pedantic, never'],
    ['lint: { fail-on: none }', '1:18', 'lint.fail-on is "none", but must be one of error, warning, info, pedantic, never'],
    ['lint: { lintian: debian:99 }', '1:18', 'lint.lintian: "debian:99" is not a known distribution'],
    ['release: { draft: yes }', '1:19', 'release.draft is "yes", but must be true or false'],
    ['release: { draft: "true" }', '1:19', 'release.draft is "true", but must be true or false'],
    ['build:', '1:1', 'build is empty; remove the key or give it a value'],
    ['smoke: [1]', '1:8', 'smoke is a list, but must be a map of keys and values'],
    ['- a', '1:1', 'the file is a list, but must be a map of keys and values'],
    ['just text', '1:1', 'the file is "just text", but must be a map of keys and values'],
    ['packages: []', '1:11', 'packages is an empty list; remove the key or list something'],
    ['packages:\n  - {}', '2:5', 'packages[0] lacks the key path'],
    ['distributions: [13]', '1:17', 'distributions[0] is 13, but must be text; put it in quotes'],
    ['distributions: [debian:12, debian:12]', '1:16', 'distributions lists the same entry twice (entries 1 and 2)'],
    ['distributions: [debian:12, debian:bookworm]', '1:28', 'distributions lists debian:12 twice'],
    ['distributions: [debian:1O]', '1:17', 'distributions[0]: "debian:1O" is not a known distribution; did you mean debian:'],
    ['architectures: [x86_64]', '1:17', 'architectures[0]: "x86_64" is not a known architecture; Debian calls it amd64. Known are amd64'],
    ['architectures: [arm65]', '1:17', 'architectures[0]: "arm65" is not a known architecture; did you mean arm64? Known'],
    ['runners: { aarch64: x }', '1:12', 'runners: "aarch64" is not a known architecture; Debian calls it arm64'],
    ['packages: [{ path: a, archs: [arm64] }]', '1:23', '"archs" is not a key of packages[0]'],
    [
      'packages: [{ path: a, architectures: [x64] }]',
      '1:39',
      'packages[0].architectures[0]: "x64" is not a known architecture; Debian calls',
    ],
    ['packages: [{ path: a, distributions: [debian:2] }]', '1:39', 'packages[0].distributions[0]: "debian:2" is not a known'],
    [
      'packages: [{ path: a, strategy: cros }]',
      '1:33',
      'packages[0].strategy is "cros", but must be one of auto, native, cross, emulate; did you',
    ],
    [
      'packages: [{ path: a, strategies: { arm6: cross } }]',
      '1:37',
      'packages[0].strategies: "arm6" is not a known architecture; did you mean arm64',
    ],
    ['packages: [{ path: a, name: A_b }]', '1:29', 'must be a name of lower-case letters, digits and + . -'],
    ['packages: [{ path: a, name: x }, { path: b, name: x }]', '1:51', 'two packages have the name x'],
    ['packages: [{ path: a, paths: [/etc/**] }]', '1:31', 'must be a pattern of paths from the root of the repository'],
    ['packages: [{ path: a, paths: ["!../x"] }]', '1:31', 'must be a pattern of paths from the root of the repository'],
    ['shared: [a/../../x]', '1:10', 'must be a pattern of paths from the root of the repository'],
    ['matrix: { exclud: [] }', '1:11', '"exclud" is not a key of matrix; did you mean exclude?'],
    ['matrix: { exclude: [{}] }', '1:21', 'matrix.exclude[0] says nothing; remove it, or name what it is about'],
    [
      'matrix: { exclude: [{ arch: arm64 }] }',
      '1:23',
      '"arch" is not a key of matrix.exclude[0]; allowed are package, distribution, architecture',
    ],
    [
      'matrix: { exclude: [{ architecture: aarch64 }] }',
      '1:37',
      'matrix.exclude[0].architecture: "aarch64" is not a known architecture; Debian',
    ],
    ['matrix: { include: [{ distribution: debian:1 }] }', '1:37', 'matrix.include[0].distribution: "debian:1" is not a known distribution'],
    ['matrix: { max-parallel: 0 }', '1:25', 'matrix.max-parallel must be >= 1'],
    ['matrix: { max-parallel: many }', '1:25', 'matrix.max-parallel is "many", but must be a whole number'],
    ['runners: { arm64: [] }', '1:19', 'runners.arm64 is an empty list'],
    ['runners: { arm64: 7 }', '1:19', 'runners.arm64 is 7, but must be text or a list'],
    ['runners: { arm64: "a\\nb" }', '1:19', 'runners.arm64 is "a\\\\nb", but must be one line of text without control characters'],
    ['smoke: { files: [{ path: /a, mode: 0640 }] }', '1:36', 'smoke.files[0].mode is a number to YAML; quote it, such as mode: "0640"'],
    ['smoke: { files: [{ path: /a, mode: "640" }] }', '1:36', 'smoke.files[0].mode is "640", but must be four octal digits in quotes'],
    ['smoke: { files: [{ path: etc/a }] }', '1:26', 'smoke.files[0].path is "etc/a", but must be an absolute path'],
    ['smoke: { files: [{ path: /etc/../a }] }', '1:26', 'must be an absolute path without . and .. parts'],
    ['smoke: { files: [{ path: /a, owner: "a b" }] }', '1:37', 'must be the name of a user or group'],
    ['smoke: { services: [{ unit: hello }] }', '1:29', 'must be the name of a unit with its type, such as hello.service'],
    ['smoke: { services: [{ unit: "-x.service" }] }', '1:29', 'must be the name of a unit'],
    [
      'smoke: { services: [{ unit: a.service, healthy: { http: "http://example.org/" } }] }',
      '1:57',
      'must be an http:// or https:// address on 127.0.0.1, localhost or [::1]',
    ],
    [
      'smoke: { services: [{ unit: a.service, healthy: { http: "http://127.0.0.1@evil/" } }] }',
      '1:57',
      'must be an http:// or https:// address on',
    ],
    ['smoke: { services: [{ unit: a.service, healthy: { within: 1s } }] }', '1:49', 'smoke.services[0].healthy says nothing to check'],
    [
      'smoke: { services: [{ unit: a.service, healthy: { http: "http://localhost/", within: 10 } }] }',
      '1:86',
      'within is 10, but must be a length of time such as 500ms, 10s or 2m',
    ],
    [
      'smoke: { services: [{ unit: a.service, healthy: { http: "http://localhost/", within: 10 s } }] }',
      '1:86',
      'must be a length of time such as 500ms, 10s or 2m',
    ],
    ['smoke: { commands: [""] }', '1:21', 'smoke.commands[0] is an empty text; remove the entry or give it a value'],
    ['release: { channels: { "a b": beta } }', '1:24', 'the key "a b" of release.channels must be a pattern of tags such as *-rc*'],
    ['release: { channels: { "*-rc*": Beta! } }', '1:33', 'must be the name of a channel'],
  ])('%j', async (text, at, message) => {
    const found = await failure(text);
    expect(found.code).toBe('E_CONFIG');
    expect(found.message).toContain(message);
    expect(found.at).toBe(at);
  });

  test('all of it at once, in the order of the file', async () => {
    const { at, message } = await failure('smoke: { x: 1 }\nlint: { fail-on: 3 }\nbuild:\n');
    expect(at).toBe('1:10');
    expect(message).toMatch(
      /^"x" is not a key of smoke; .* \(and 2 more: line 2: lint.fail-on is 3, but must be one of .*; line 3: build is empty/,
    );
  });

  test('but a file that is nonsense throughout does not flood the log', async () => {
    const { message } = await failure(Array.from({ length: 2000 }, (_, index) => `key${index}: 1`).join('\n'));
    expect(message).toContain('… 1994 not shown');
    expect(message.length).toBeLessThan(2000);
  });

  test('and hostile names come out inert', async () => {
    expect((await failure('"::error::\\e[31m\\r": 1')).message).not.toMatch(/[\u001b\r]|^::/);
  });
});

test('the effective configuration is printed as a file that says the same', async () => {
  const { place: _, ...config } = await readConfig(full, file);
  const { place: __, ...again } = await readConfig(await effectiveText({ ...config, place: () => undefined }), file);
  expect(again).toEqual(config);
  const { place: ___, ...defaults } = await readConfig('', file);
  const { place: ____, ...same } = await readConfig(await effectiveText({ ...defaults, place: () => undefined }), file);
  expect(same).toEqual(defaults);
});

describe('paths stay inside the repository (H21)', () => {
  test.each(['../..', '..', '/etc', 'a/../../b', 'a\\..\\b'])('%s', async (path) => {
    expect(await failure(`packages:\n  - path: ${path}`)).toMatchObject({ code: 'E_PATH', at: '2:11' });
    expect(await failure(`lint:\n  baseline: ${path}`)).toMatchObject({ code: 'E_PATH', at: '2:13' });
  });

  test('and the same folder is not built twice under two names', async () => {
    expect(await failure('packages: [{ path: a }, { path: ./a/ }]')).toMatchObject({
      code: 'E_CONFIG',
      message: 'packages lists a twice',
      at: '1:25',
    });
  });
});
