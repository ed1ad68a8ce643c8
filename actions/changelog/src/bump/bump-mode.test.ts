import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readInputs } from '@release-kit/action';
import { projectForEach } from '../project-for-each.test-support.ts';
import { run } from '../run.ts';
import { spec } from '../spec.ts';
import { makeHistory, type Step } from '../test-history.ts';

const project = projectForEach();

const at = (path: string) => join(project.checkout, path);
const debianChangelog =
  'hello (1.2.0-1) unstable; urgency=medium\n\n  * Initial release.\n\n -- A Person <a@example.org>  Tue, 14 Nov 2023 08:00:00 +0000\n';
const files: Readonly<Record<string, string>> = {
  'package.json': '{\n  "name": "x",\n  "version": "1.2.0"\n}\n',
  'meson.build': "project('x', 'c',\n  version: '1.2.0')\n",
  'README.md': '# x\n\nGet x 1.2.0 now. <!-- x-release-version -->\n',
  'pyproject.toml': '[project]\r\nversion = "1.2.0"\r\n',
  'debian/changelog': debianChangelog,
};

async function projectWith(
  more: Readonly<Record<string, string>> = {},
  steps: readonly Step[] = ['feat: one', 'tag v1.2.0', 'feat(cli): two'],
) {
  await makeHistory(project.host, project.checkout, steps);
  for (const [path, text] of Object.entries({ ...files, ...more })) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
  }
  await project.host.exec(['git', 'add', '--all'], { cwd: project.checkout });
}

const bump = (given: Record<string, string> = {}) =>
  run(
    readInputs(
      spec,
      { source: project.checkout, mode: 'bump', ...given },
      { workspace: project.host.files.workspace, nameOf: (name) => name },
    ),
    project.host,
  );

const texts = async (): Promise<Record<string, string>> =>
  Object.fromEntries(await Promise.all(Object.keys(files).map(async (path) => [path, await readFile(at(path), 'utf8')])));

describe('a bump', () => {
  test('changes every file that holds the version, gives debian/changelog an entry, and says so', async () => {
    await projectWith();
    await chmod(at('package.json'), 0o755);
    const { version, changed } = await bump();
    expect(version).toBe('1.3.0');
    expect(changed.split('\n')).toEqual(
      ['README.md', 'meson.build', 'package.json', 'pyproject.toml', 'debian/changelog'].map((path) => `project/${path}`),
    );
    const { 'debian/changelog': entries = '', ...rest } = await texts();
    const { 'debian/changelog': _, ...before } = files;
    expect(rest).toEqual(Object.fromEntries(Object.entries(before).map(([path, text]) => [path, text.replace('1.2.0', '1.3.0')])));
    expect(entries).toMatch(
      /^hello \(1\.3\.0-1\) unstable; urgency=medium\n\n {2}\* cli: two\n\n -- A Person <a@example\.org> {2}Tue, 14 Nov 2023/,
    );
    expect(entries.endsWith(`\n\n${debianChangelog}`)).toBe(true);
    expect((await stat(at('package.json'))).mode & 0o777).toBe(0o755);
    expect(project.host.recorded.lines).toContain('project/README.md:3: a marked version 1.2.0 -> 1.3.0');
    expect(project.host.recorded.lines).toContain('Written: project/debian/changelog (entry of debian/changelog)');
  });

  test('changes nothing a second time', async () => {
    await projectWith();
    await bump();
    const once = await texts();
    expect(await bump()).toMatchObject({ version: '1.3.0', changed: '' });
    expect(await texts()).toEqual(once);
  });

  test('of a dry run tells the lines and writes nothing', async () => {
    await projectWith();
    expect(await bump({ 'dry-run': 'true', version: '2.0.0' })).toMatchObject({ version: '2.0.0', changed: '' });
    expect(await texts()).toEqual(files);
    expect(project.host.recorded.lines).toContain('project/meson.build:2: version of project() 1.2.0 -> 2.0.0');
    expect(project.host.recorded.lines).toContain('A dry run: nothing was written');
  });

  test('without a commit that asks for a release changes nothing', async () => {
    await projectWith({}, ['feat: one', 'tag v1.2.0', 'ci: two']);
    expect(await bump()).toMatchObject({ released: 'false', changed: '' });
    expect(await texts()).toEqual(files);
  });

  test('of a candidate is one in every form, and the next one follows', async () => {
    await projectWith();
    await bump({ pre: 'rc' });
    const first = await texts();
    expect(first['pyproject.toml']).toContain('"1.3.0rc1"');
    expect(first['debian/changelog']).toMatch(/^hello \(1\.3\.0~rc\.1-1\)/);
    await project.host.exec(['git', 'tag', 'v1.3.0-rc.1'], { cwd: project.checkout });
    expect(await bump({ promote: 'true' })).toMatchObject({ version: '1.3.0' });
    expect((await texts())['package.json']).toContain('"1.3.0"');
  });
});

describe('all files are as before', () => {
  test('when one of five has another version', async () => {
    await projectWith({ 'meson.build': "project('x', 'c',\n  version: '1.1.0')\n" });
    const before = await texts();
    await expect(bump()).rejects.toMatchObject({ code: 'E_BUMP', place: { file: 'meson.build', line: 2 } });
    expect(await texts()).toEqual(before);
  });

  test('when debian/changelog cannot have the entry', async () => {
    await projectWith({ 'debian/changelog': `No heading.\n${debianChangelog}` });
    const before = await texts();
    await expect(bump()).rejects.toThrowWithCode('E_CHANGELOG');
    expect(await texts()).toEqual(before);
  });

  test('when the last one cannot be written', async () => {
    // Beside a name of this length there is no room for that of the unfinished file.
    const long = 'z'.repeat(250);
    await projectWith({ [long]: 'x 1.2.0 # x-release-version\n' });
    const listed = [...Object.keys(files), long].join('\n');
    await expect(bump({ 'bump-files': listed })).rejects.toThrowWithCode('E_PATH', /^z+ cannot be written: ENAMETOOLONG$/);
    expect(await texts()).toEqual(files);
    expect((await readdir(project.checkout)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('which files', () => {
  test('an input names them, and then debian/changelog only when it is among them', async () => {
    await projectWith();
    expect(await bump({ 'bump-files': 'package.json' })).toMatchObject({ changed: 'project/package.json' });
    expect(await bump({ 'bump-files': 'package.json\ndebian/changelog' })).toMatchObject({ changed: 'project/debian/changelog' });
  });

  test('the configuration names them, with changelogs that a release is written into', async () => {
    await projectWith({ 'release-kit.yml': 'changelog:\n  bump: { files: [meson.build] }\n  files: { changelog: CHANGELOG.md }\n' });
    expect((await bump()).changed.split('\n')).toEqual(['project/meson.build', 'project/CHANGELOG.md']);
    expect(await bump()).toMatchObject({ changed: '' });
  });

  test('one that is a changelog as well is refused', async () => {
    const text = '# Changes\n\nNow 1.2.0 <!-- x-release-version -->\n\n## 1.2.0\n\n- One.\n';
    await projectWith({
      'CHANGES.md': text,
      'release-kit.yml': 'changelog:\n  bump: { files: [CHANGES.md] }\n  files: { changelog: CHANGES.md }\n',
    });
    await expect(bump()).rejects.toThrowWithCode('E_INPUT', /CHANGES\.md would be written twice/);
  });

  test('a changelog that leads out of the checkout is not followed', async () => {
    await projectWith();
    await writeFile(join(project.host.files.workspace, 'changelog'), debianChangelog);
    await project.host.exec(['ln', '-sf', '../../changelog', 'debian/changelog'], { cwd: project.checkout });
    await expect(bump()).rejects.toThrowWithCode('E_PATH', /debian\/changelog leads out of the repository/);
    expect(await bump({ 'bump-files': 'package.json' })).toMatchObject({ changed: 'project/package.json' });
  });

  test('of a package of several, those in its folder, with its own tags', async () => {
    const config =
      'changelog:\n  packages:\n    - { name: server, path: server, tags: server/v* }\n    - { name: client, path: client, tags: client/v* }\n';
    await projectWith(
      { 'release-kit.yml': config, 'server/package.json': '{ "version": "0.4.0" }\n', 'server/debian/changelog': debianChangelog },
      ['feat: one', 'tag server/v0.4.0', 'tag client/v1.0.0'],
    );
    await project.host.exec(['git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '-q', '-m', 'feat: all files'], {
      cwd: project.checkout,
    });
    const { changed, tag } = await bump({ package: 'server', version: '1.3.0' });
    expect({ changed, tag }).toEqual({ changed: 'project/server/package.json\nproject/server/debian/changelog', tag: 'server/v1.3.0' });
    expect(await texts()).toEqual(files);
  });

  test('of a folder with a configuration of its own, those in it', async () => {
    await projectWith({ 'sub/release-kit.yml': 'changelog: {}\n', 'sub/package.json': '{ "version": "1.2.0" }\n' });
    expect(await bump({ source: join(project.checkout, 'sub') })).toMatchObject({ changed: 'project/sub/package.json' });
  });

  test('tells where else the version seems to stand, unless all files are listed', async () => {
    await projectWith({ 'x/__init__.py': '__version__ = "1.2.0"\n' });
    const lines = () => project.host.recorded.lines.filter((line) => line.includes('__init__'));
    await bump({ 'bump-files': 'package.json', 'dry-run': 'true' });
    expect(lines()).toEqual([]);
    await bump();
    expect(lines()).toEqual([expect.stringMatching(/^Left: x\/__init__\.py:1 may hold 1\.2\.0 as the version too;/)]);
  });

  test('of no file the tag alone is the version', async () => {
    await makeHistory(project.host, project.checkout, ['feat: one']);
    expect(await bump()).toMatchObject({ version: '0.1.0', changed: '' });
    expect(project.host.recorded.lines).toContain('No file was found that holds the version, so the tag alone says that it is 0.1.0');
  });
});
