import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { openGit } from '@release-kit/git';
import { projectForEach } from '../project-for-each.test-support.ts';
import { bumpProject, type ProjectBump } from './bump-project.ts';
import { projectFiles } from './project-files.ts';

const project = projectForEach();
beforeEach(async () => {
  await project.host.exec(['git', 'init', '-q'], { cwd: project.checkout });
});

const at = (path: string) => join(project.checkout, path);

async function put(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), content);
  }
  await project.host.exec(['git', 'add', '--all', '--force'], { cwd: project.checkout });
}

async function bump(request: Partial<ProjectBump> = {}) {
  await using git = await openGit(project.host, project.checkout);
  const usual = { folder: '', named: undefined, names: [], versions: ['1.2.0'], to: '1.3.0' };
  return await bumpProject({ project: await projectFiles(git), ...usual, ...request });
}

/** `file:line what old -> new`, then what was said. */
async function story(request: Partial<ProjectBump> = {}): Promise<readonly string[]> {
  const { files, remarks } = await bump(request);
  const changes = files.flatMap(({ path, places }) => places.map(({ line, what, from, to }) => `${path}:${line} ${what} ${from} -> ${to}`));
  return [...changes, ...remarks];
}

const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;

describe('by habit', () => {
  test('an npm workspace gets one version, and who has its own keeps it', async () => {
    await put({
      'package.json': json({ name: 'app', version: '1.2.0', workspaces: ['packages/*', '!packages/private'] }),
      'package-lock.json': json({
        name: 'app',
        version: '1.2.0',
        lockfileVersion: 3,
        packages: {
          '': { name: 'app', version: '1.2.0' },
          'node_modules/@x/a': { resolved: 'packages/a', link: true },
          'packages/a': { name: '@x/a', version: '1.2.0' },
          'packages/own': { name: 'own', version: '0.4.0' },
        },
      }),
      'packages/a/package.json': json({ name: '@x/a', version: '1.2.0' }),
      'packages/a/test/fixture/package.json': json({ name: 'fixture', version: '1.2.0' }),
      'packages/b/package.json': json({ name: '@x/b', version: '1.2.0', dependencies: { '@x/a': '^1.2.0' } }),
      'packages/b/CMakeLists.txt': 'project(other VERSION 7.1)\n',
      'packages/own/package.json': json({ name: 'own', version: '0.4.0', dependencies: { '@x/a': '^1.2.0' } }),
      'packages/private/package.json': json({ name: 'left', version: '1.2.0' }),
      'node_modules/@x/a/package.json': json({ name: '@x/a', version: '1.2.0' }),
    });
    expect(await story()).toEqual([
      'package-lock.json:3 version 1.2.0 -> 1.3.0',
      'package-lock.json:8 packages[""].version 1.2.0 -> 1.3.0',
      'package-lock.json:16 packages["packages/a"].version 1.2.0 -> 1.3.0',
      'package.json:3 version 1.2.0 -> 1.3.0',
      'packages/a/package.json:3 version 1.2.0 -> 1.3.0',
      'packages/b/package.json:3 version 1.2.0 -> 1.3.0',
      'packages/b/package.json:5 dependencies.@x/a 1.2.0 -> 1.3.0',
      'packages/own/package.json has a version of its own, 0.4.0; it is left as it is',
    ]);
  });

  test('a Cargo workspace, with crates that only a path leads to, and what they ask of each other', async () => {
    await put({
      'Cargo.toml':
        '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n[workspace.package]\nversion = "1.2.0"\n[workspace.dependencies]\na = { path = "crates/a", version = "1.2.0" }\n',
      'Cargo.lock':
        'version = 3\n\n[[package]]\nname = "a"\nversion = "1.2.0"\n\n[[package]]\nname = "rand"\nversion = "1.2.0"\nsource = "registry+x"\n\n[[package]]\nname = "deep"\nversion = "1.2.0"\n',
      'crates/a/Cargo.toml':
        '[package]\nname = "a"\nversion.workspace = true\n[dependencies]\ndeep = { path = "../../tools/deep", version = "=1.2.0" }\n',
      'crates/b/Cargo.toml': '[package]\nname = "b"\nversion.workspace = true\n',
      'crates/old/Cargo.toml': '[package]\nname = "old"\nversion = "1.2.0"\n',
      'tools/deep/Cargo.toml': '[package]\nname = "deep"\nversion = "1.2.0"\n',
      'tools/other/Cargo.toml': '[package]\nname = "other"\nversion = "1.2.0"\n',
    });
    expect(await story()).toEqual([
      'Cargo.lock:5 the version of a 1.2.0 -> 1.3.0',
      'Cargo.lock:14 the version of deep 1.2.0 -> 1.3.0',
      'Cargo.toml:5 workspace.package.version 1.2.0 -> 1.3.0',
      'Cargo.toml:7 workspace.dependencies.a.version 1.2.0 -> 1.3.0',
      'crates/a/Cargo.toml:5 dependencies.deep.version 1.2.0 -> 1.3.0',
      'tools/deep/Cargo.toml:3 package.version 1.2.0 -> 1.3.0',
      'crates/a/Cargo.toml and 1 more: package.version comes from the workspace (version.workspace), whose Cargo.toml holds it',
    ]);
  });

  test('CMake, Meson, Autoconf, Python, a snap and a marked read-me, each in its own way', async () => {
    await put({
      'CMakeLists.txt': 'project(x VERSION 1.2.0 LANGUAGES C)\n',
      'meson.build': "project('x', 'c', version: '1.2.0')\n",
      'configure.ac': 'AC_INIT([x], [1.2.0])\n',
      'pyproject.toml': '[project]\nname = "x"\nversion = "1.2.0"\n',
      'snap/snapcraft.yaml': 'name: x\nversion: 1.2.0\n',
      'README.md': 'Get x 1.2.0. <!-- x-release-version -->\n\nx 1.1.0 had no snap.\n',
      'docs/README.md': 'x 1.2.0 <!-- x-release-version -->\n',
    });
    expect(await story({ to: '1.3.0-rc.1' })).toEqual([
      'CMakeLists.txt:1 VERSION of project() 1.2.0 -> 1.3.0',
      'README.md:1 a marked version 1.2.0 -> 1.3.0-rc.1',
      'configure.ac:1 the version of AC_INIT 1.2.0 -> 1.3.0-rc.1',
      'meson.build:1 version of project() 1.2.0 -> 1.3.0-rc.1',
      'pyproject.toml:3 project.version 1.2.0 -> 1.3.0rc1',
      'snap/snapcraft.yaml:2 version 1.2.0 -> 1.3.0-rc.1',
      "CMakeLists.txt: CMake's versions are numbers: 1.3.0 stands for 1.3.0-rc.1",
    ]);
  });

  test('a package of a repository with several has its own files, and its line in the lock file around it', async () => {
    await put({
      'package.json': json({ name: 'all', version: '9.0.0' }),
      'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n',
      'Cargo.lock': 'version = 3\n\n[[package]]\nname = "a"\nversion = "1.2.0"\n\n[[package]]\nname = "b"\nversion = "1.2.0"\n',
      'a/Cargo.toml': '[package]\nname = "a"\nversion = "1.2.0"\n',
      'b/Cargo.toml': '[package]\nname = "b"\nversion = "1.2.0"\n',
    });
    expect(await story({ folder: 'a' })).toEqual([
      'Cargo.lock:5 the version of a 1.2.0 -> 1.3.0',
      'a/Cargo.toml:3 package.version 1.2.0 -> 1.3.0',
    ]);
  });

  test('files have the last candidate, or the last stable release where candidates are not written into them', async () => {
    const versions = ['1.3.0-rc.2', '1.2.0'];
    for (const version of versions) {
      await put({ 'package.json': json({ version }), VERSION: `${version}\n` });
      expect(await story({ versions })).toHaveLength(2);
    }
    await put({ 'package.json': json({ version: '1.1.0' }) });
    await expect(bump({ versions })).rejects.toThrowWithCode('E_BUMP', /1\.3\.0-rc\.2/);
  });

  test('of a first release may have any lower version, and members the one that all have', async () => {
    await put({
      'package.json': json({ private: true, workspaces: { packages: ['p/*'] } }),
      'p/a/package.json': json({ name: 'a', version: '0.9.0' }),
      'p/b/package.json': json({ name: 'b', version: '0.9.0' }),
    });
    expect(await story({ versions: [], to: '1.0.0' })).toEqual([
      'p/a/package.json:3 version 0.9.0 -> 1.0.0',
      'p/b/package.json:3 version 0.9.0 -> 1.0.0',
      'package.json: the package is private and has no version',
    ]);
  });

  test('many packages with versions of their own are told in one line', async () => {
    const own = Object.fromEntries(
      Array.from({ length: 7 }, (_, at) => [`p/${at}/package.json`, json({ name: `${at}`, version: `0.${at}.1` })]),
    );
    await put({ 'package.json': json({ version: '1.2.0', workspaces: ['p/*'] }), ...own });
    expect((await story()).filter((line) => line.includes('of their own'))).toEqual([
      '7 packages have versions of their own and are left as they are: p/0/package.json 0.0.1, p/1/package.json 0.1.1, p/2/package.json 0.2.1, p/3/package.json 0.3.1, p/4/package.json 0.4.1 and 2 more',
    ]);
  });

  test('a placeholder is told and left, and a read-me without marks may be in any encoding', async () => {
    await put({ 'package.json': json({ version: '0.0.0' }), 'README.txt': Buffer.from([0xe9]) });
    expect(await story()).toEqual(['package.json: version is 0.0.0, a placeholder; it is left as it is']);
  });

  test('what is not in the work tree is told', async () => {
    const gone = { VERSION: '1.2.0\n', 'p/a/package.json': json({ version: '1.2.0' }) };
    await put({ ...gone, 'package.json': json({ version: '1.2.0', workspaces: ['p/*'] }) });
    for (const path of Object.keys(gone)) await rm(at(path));
    expect(await story()).toEqual([
      'package.json:2 version 1.2.0 -> 1.3.0',
      'VERSION and 1 more: git knows it, but it is not in the work tree',
    ]);
  });

  test('patterns of members that are not read are told', async () => {
    await put({ 'package.json': json({ version: '1.2.0', workspaces: ['{a,b}'] }), 'a/package.json': json({ version: '1.2.0' }) });
    expect(await story()).toContain('package.json lists members by {a,b}, a pattern that is not read; name their files');
  });
});

describe('files that are named', () => {
  test('are all, and their packages follow each other', async () => {
    await put({
      'sub/package.json': json({ name: 'x', version: '1.2.0' }),
      'sub/other/package.json': json({ name: 'y', version: '1.2.0', dependencies: { x: '1.2.0', z: '1.2.0' } }),
      'sub/src/version.h': '#define VERSION "1.2.0" // x-release-version\n',
      'sub/VERSION': '7\n',
    });
    const named = ['package.json', 'other/package.json', './src/version.h', 'src/version.h'];
    expect(await story({ folder: 'sub', named, names: ['z'] })).toEqual([
      'sub/other/package.json:3 version 1.2.0 -> 1.3.0',
      'sub/other/package.json:5 dependencies.x 1.2.0 -> 1.3.0',
      'sub/other/package.json:6 dependencies.z 1.2.0 -> 1.3.0',
      'sub/package.json:3 version 1.2.0 -> 1.3.0',
      'sub/src/version.h:1 a marked version 1.2.0 -> 1.3.0',
    ]);
  });

  test('must be there and hold a version', async () => {
    await put({ 'notes.txt': 'no mark\n' });
    await expect(bump({ named: ['missing.txt'] })).rejects.toThrowWithCode('E_PATH', /missing\.txt/);
    await expect(bump({ named: ['notes.txt'] })).rejects.toThrowWithCode('E_BUMP', /no version/);
    await expect(bump({ named: ['.'] })).rejects.toThrowWithCode('E_PATH', /is no file/);
  });
});

describe('links', () => {
  test('inside of the checkout lead to the file, once', async () => {
    await put({ 'shared/README.md': '1.2.0 <!-- x-release-version -->\n' });
    await symlink('shared/README.md', at('README.md'));
    await put({});
    const { files } = await bump({ named: ['README.md', 'shared/README.md'] });
    expect(files).toMatchObject([{ path: 'README.md', target: at('shared/README.md') }]);
  });

  test.each([
    ['out of the checkout', '../outside/package.json'],
    ["into git's own folder", '.git/package.json'],
  ])('%s are refused, whoever named them', async (_, target) => {
    await mkdir(join(project.host.files.workspace, 'outside'));
    await writeFile(join(project.checkout, target), json({ version: '1.2.0' }));
    await symlink(target, at('package.json'));
    await project.host.exec(['git', 'add', 'package.json'], { cwd: project.checkout });
    await expect(bump()).rejects.toThrowWithCode('E_PATH', /package\.json .*lead/);
    await expect(bump({ named: ['package.json'] })).rejects.toThrowWithCode('E_PATH');
    await expect(bump({ named: ['../outside/package.json'] })).rejects.toThrowWithCode('E_PATH', /outside/);
  });
});

test('every byte but the version stays: byte-order mark, line ends, indentation', async () => {
  const text = '\ufeff{\r\n\t"version" : "1.2.0",\r\n\t"x": "\u00e9"}';
  await put({ 'package.json': text });
  await chmod(at('package.json'), 0o600);
  const { files } = await bump();
  expect(files[0]?.content).toBe(text.replace('1.2.0', '1.3.0'));
  expect(await readFile(at('package.json'), 'utf8')).toBe(text);
});

test('what has the new version already is not changed', async () => {
  await put({ 'package.json': json({ version: '1.3.0' }), VERSION: 'v1.3.0\n' });
  expect(await bump()).toEqual({ files: [], unchanged: ['VERSION', 'package.json'], remarks: [] });
});

test('a text that is not UTF-8 is refused', async () => {
  await put({ VERSION: Buffer.from('1.2.0 \xe9', 'latin1') });
  await expect(bump()).rejects.toThrowWithCode('E_BUMP', /VERSION is not UTF-8/);
});
