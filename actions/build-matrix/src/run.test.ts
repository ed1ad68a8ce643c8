import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run } from './run.ts';
import { spec } from './spec.ts';

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

async function write(name: string, content: string | Uint8Array): Promise<void> {
  const file = join(host.files.workspace, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

const control = (source: string, ...architectures: string[]) =>
  [
    `Source: ${source}`,
    `Maintainer: A <a@example.org>`,
    ...architectures.flatMap((word, index) => ['', `Package: ${source}${index}`, `Architecture: ${word}`, 'Description: x']),
  ]
    .join('\n')
    .concat('\n');

const outputs = (given: Record<string, string> = {}) =>
  run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name }), host);

/** As a caller gives them: text by name; the matrix is read back. */
async function plan(given: Record<string, string> = {}) {
  const { matrix, count } = await outputs(given);
  const parsed: { include: readonly { name: string; path: string; runner: unknown; strategy: string }[] } = JSON.parse(matrix);
  expect(count).toBe(String(parsed.include.length));
  return parsed.include;
}

const names = (jobs: readonly { name: string }[]) => jobs.map(({ name }) => name);

describe('without a configuration', () => {
  test('debian/control of the source is planned for debian:12 on amd64', async () => {
    await write('debian/control', control('hello', 'any'));
    expect(await plan()).toEqual([
      {
        name: 'hello-debian-12-amd64',
        path: '.',
        package: 'hello',
        distribution: 'debian:12',
        architecture: 'amd64',
        strategy: 'native',
        runner: 'ubuntu-24.04',
        'build-all': false,
        source: true,
        'version-suffix': '',
        cost: 1,
        artifact: 'hello-debian-12-amd64',
        stage: 1,
        smoke: true,
        needs: '',
      },
    ]);
    expect(host.recorded.lines).toEqual([
      'Configuration: none, defaults are used',
      'Everything is built: this is no pull request',
      'Package  Path  Distribution  Architecture  Strategy  Runner        Cost  all',
      'hello    .     debian:12     amd64         native    ubuntu-24.04  1',
    ]);
    expect(host.summary.text).toBe(
      [
        '## Plan: 1 job',
        '',
        '| Package | Path | Distribution | Architecture | Strategy | Runner | Cost | all |',
        '| --- | --- | --- | --- | --- | --- | --- | --- |',
        '| `hello` | `.` | `debian:12` | `amd64` | `native` | `ubuntu-24.04` | `1` |  |',
        '',
        '| Package | Path | Built | Because |',
        '| --- | --- | --- | --- |',
        '| `hello` | `.` | `yes` | `this is no pull request` |',
        '',
      ].join('\n'),
    );
  });

  test('the source may be a folder below', async () => {
    await write('src/debian/control', control('hello', 'any'));
    expect((await plan({ source: 'src' }))[0]?.path).toBe('src');
  });

  test('a folder without debian/control, or with a broken one, is told with its place', async () => {
    await expect(plan()).rejects.toThrowWithCode('E_SOURCE', /there is no debian\/control/);
    await write('debian', 'a file');
    await expect(plan()).rejects.toThrowWithCode('E_SOURCE', /there is no debian\/control/);
    await write('a/debian/control', 'Source: Hello\n');
    await expect(plan({ source: 'a' })).rejects.toMatchObject({ code: 'E_CONTROL', place: { file: 'a/debian/control', line: 1 } });
    await write('b/debian/control', Buffer.from('Source: h\xe9\n', 'latin1'));
    await expect(plan({ source: 'b' })).rejects.toThrowWithCode('E_CONTROL', /not UTF-8/);
    await write('c/debian/control', Buffer.alloc(1024 * 1024 + 1, '#'));
    await expect(plan({ source: 'c' })).rejects.toThrowWithCode('E_CONTROL', /larger than 1 MiB/);
    await mkdir(join(host.files.workspace, 'd/debian/control'), { recursive: true });
    await expect(plan({ source: 'd' })).rejects.toThrowWithCode('E_SOURCE', /there is no debian\/control in d or below it/);
    await write('release-kit.yml', 'packages: [{ path: d }]');
    await expect(plan()).rejects.toThrowWithCode('E_SOURCE', /cannot be read/);
  });

  test('packages are found anywhere below; what is inside a package is left out, and said', async () => {
    await write('apps/one/debian/control', control('one', 'any'));
    await write('two/debian/control', control('two', 'all'));
    await write('two/vendor/x/debian/control', control('x', 'any'));
    await write('.git/x/debian/control', 'broken');
    expect(names(await plan())).toEqual(['one-debian-12-amd64', 'two-debian-12-amd64']);
    expect(host.recorded.lines.at(-1)).toBe(
      'warning: left out: two/vendor/x: it is part of the package in two; list it under packages to build it',
    );
  });
});

describe('with a configuration', () => {
  beforeEach(async () => {
    await write('server/debian/control', control('server', 'any', 'all'));
    await write('data/debian/control', control('data', 'all'));
  });
  const packages = 'packages: [{ path: server }, { path: data }]\n';

  test('every package is planned for all that is listed, whatever its order; architecture-independent ones once', async () => {
    await write('release-kit.yml', `${packages}distributions: [ubuntu:24.04, debian:13]\narchitectures: [arm64, amd64]\n`);
    expect(names(await plan())).toEqual([
      'data-debian-13-amd64',
      'data-ubuntu-24.04-amd64',
      'server-debian-13-amd64',
      'server-debian-13-arm64',
      'server-ubuntu-24.04-amd64',
      'server-ubuntu-24.04-arm64',
    ]);
    expect(host.recorded.lines[0]).toBe('Configuration: release-kit.yml');
  });

  test('inputs override it, by number or code name, each named once', async () => {
    await write('.github/release-kit.yml', `${packages}distributions: [ubuntu:24.04]\narchitectures: [arm64]\n`);
    const jobs = await plan({ distributions: 'debian:bookworm\ndebian:12', architectures: 'amd64\namd64' });
    expect(names(jobs)).toEqual(['data-debian-12-amd64', 'server-debian-12-amd64']);
    expect(jobs.map(({ path }) => path)).toEqual(['data', 'server']);
  });

  test('may be another file, whose folder its paths start from', async () => {
    await write('ci/release-kit.yml', 'packages: [{ path: pkg }]\n');
    await write('ci/pkg/debian/control', control('other', 'any'));
    expect((await plan({ config: 'ci/release-kit.yml' }))[0]).toMatchObject({ package: 'other', path: 'ci/pkg' });
  });

  test('in a folder below is named in messages from the workspace, as annotations need it', async () => {
    await write('sub/release-kit.yml', 'lint:\n  failon: error\n');
    await expect(plan({ source: 'sub' })).rejects.toMatchObject({
      code: 'E_CONFIG',
      place: { file: 'sub/release-kit.yml', line: 2, column: 3 },
    });
  });

  test('runners are its labels, several as a list', async () => {
    await write(
      'release-kit.yml',
      'packages: [{ path: server }]\narchitectures: [amd64, arm64, riscv64]\ndistributions: [debian:13]\nrunners: { amd64: mine, riscv64: [self-hosted, riscv] }\n',
    );
    expect((await plan()).map(({ runner }) => runner)).toEqual(['mine', 'ubuntu-24.04-arm', ['self-hosted', 'riscv']]);
    expect(host.summary.text).toContain('| `self-hosted, riscv` |');
  });

  test('an architecture without a runner is refused at its place', async () => {
    await write('release-kit.yml', 'packages: [{ path: server }]\narchitectures: [s390x]\nbuild: { strategy: native }\n');
    await expect(plan()).rejects.toMatchObject({
      code: 'E_ARCHITECTURE',
      message: 'no runner is known for s390x',
      place: { file: 'release-kit.yml', line: 3 },
      cure: expect.stringContaining('runners:'),
    });
  });

  test('foreign architectures are built on amd64 when it says cross or emulate', async () => {
    await write(
      'release-kit.yml',
      'packages: [{ path: server }]\narchitectures: [amd64, arm64, s390x]\nbuild: { strategy: cross }\nrunners: { amd64: mine }\n',
    );
    expect((await plan()).map(({ strategy, runner }) => [strategy, runner])).toEqual([
      ['native', 'mine'],
      ['cross', 'mine'],
      ['cross', 'mine'],
    ]);
  });

  test('what cannot be is left out, and said', async () => {
    await write(
      'release-kit.yml',
      'packages: [{ path: server }]\narchitectures: [amd64, riscv64, i386]\ndistributions: [debian:12, ubuntu:24.04]\nrunners: { riscv64: r }\n',
    );
    expect(names(await plan())).toEqual([
      'server-debian-12-amd64',
      'server-debian-12-i386',
      'server-ubuntu-24.04-amd64',
      'server-ubuntu-24.04-riscv64',
    ]);
    expect(host.recorded.lines.slice(-2)).toEqual([
      'warning: left out: server for debian:12 riscv64: Debian has riscv64 from release 13 on',
      'warning: left out: server for ubuntu:24.04 i386: Ubuntu has i386 only as a set of libraries',
    ]);
    expect(host.summary.text).toContain('Left out:\n\n- `server for debian:12 riscv64:');
  });

  test('two packages of one name are refused at the second', async () => {
    await write('copy/debian/control', control('server', 'any'));
    await write('release-kit.yml', 'packages:\n  - path: server\n  - path: copy\n');
    await expect(plan()).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: 'the source packages in server and copy are both called server',
      place: { line: 3, column: 11 },
    });
  });

  test('a package that is not there is told where it is listed', async () => {
    await write('release-kit.yml', 'packages:\n  - path: nothing\n');
    await expect(plan()).rejects.toMatchObject({ code: 'E_SOURCE', place: { file: 'release-kit.yml', line: 2, column: 11 } });
  });
});

describe('what the workflow needs besides', () => {
  test('comes from the inputs, else from the configuration, else is what GitHub does not mind', async () => {
    await write('debian/control', control('hello', 'any'));
    expect(await outputs()).toMatchObject({ any: 'true', count: '1', failFast: 'false', maxParallel: '256', packages: 'hello' });
    await write('release-kit.yml', 'matrix: { fail-fast: true, max-parallel: 2 }');
    expect(await outputs()).toMatchObject({ failFast: 'true', maxParallel: '2' });
    expect(await outputs({ 'fail-fast': 'false', 'max-parallel': '7' })).toMatchObject({ failFast: 'false', maxParallel: '7' });
  });

  test('an empty plan says so and is a matrix', async () => {
    await write('debian/control', control('hello', 'any'));
    await write('release-kit.yml', 'matrix: { exclude: [{ package: hello }] }');
    expect(await outputs()).toMatchObject({ matrix: '{"include":[]}', any: 'false', count: '0', packages: '' });
    expect(host.recorded.lines.at(-1)).toBe('warning: the plan is empty: there is nothing to build');
    expect(host.summary.text).toMatch(/^## Plan: 0 jobs\n/);
  });

  test.each([
    ['json', '  "cost": 1,', '```json\n{\n  "cost": 1,'],
    ['mermaid', 'flowchart LR', '```mermaid\nflowchart LR\n'],
  ])('the plan is shown as %s in log and summary', async (show, line, markdown) => {
    await write('debian/control', control('hello', 'any'));
    await outputs({ show });
    expect(host.recorded.lines).toContain(line);
    expect(host.summary.text).toContain(markdown);
    expect(host.summary.text).toContain('| `hello` | `.` | `yes` |');
  });
});

describe('inputs that name nothing known', () => {
  test.each([
    [{ distributions: 'debian:1' }, 'E_DISTRIBUTION'],
    [{ architectures: 'x86_64' }, 'E_ARCHITECTURE'],
    [{ base: '--output=x' }, 'E_INPUT'],
    [{ base: 'a b' }, 'E_INPUT'],
    [{ show: 'tabel' }, 'E_INPUT'],
    [{ base: 'main' }, 'E_GIT'],
  ] as const)('%j', async (given, code) => {
    await write('debian/control', control('hello', 'any'));
    await expect(plan(given)).rejects.toThrowWithCode(code);
  });
});
