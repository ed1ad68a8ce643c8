import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost, UserError } from '@release-kit/action';
import { debianChangelog, everything, metainfo, sampleProject, writtenNames } from './sample-project.test-support.ts';

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const golden = (name: string): Promise<string> => readFile(join(import.meta.dirname, 'fixtures', name), 'utf8');
const maintained = { maintainer: 'Ada Builder <ada@example.org>' };

describe('the files of a release', () => {
  test('are written together, the same bytes every time', async () => {
    const { changelog, read } = await sampleProject(host);
    const outputs = await changelog({ ...everything, ...maintained });
    for (const name of writtenNames) expect(await read(name)).toBe(await golden(basename(name)));
    expect(outputs).toMatchObject({ version: '3.0.0', tag: 'v3.0.0', released: 'true', notes: await golden('notes.md') });
    expect(outputs.changed.split('\n').sort()).toEqual(writtenNames.map((name) => `project/${name}`).sort());
    expect(outputs.announcement).toBe(await golden('announcement.txt'));
    expect(host.recorded.lines.join('\n')).not.toContain('secret');
  });

  test('are left alone by a second run, bytes and times', async () => {
    const { changelog, read, checkout } = await sampleProject(host);
    await changelog({ ...everything, ...maintained });
    const times = () => Promise.all(writtenNames.map(async (name) => (await stat(join(checkout, name))).ino));
    const before = await times();
    expect(await changelog({ ...everything, ...maintained })).toMatchObject({ changed: '', version: '3.0.0' });
    expect(await times()).toEqual(before);
    expect(await read('debian/changelog')).toBe(await golden('changelog'));
    expect(host.recorded.lines).toContain('As before: project/debian/changelog (entry of debian/changelog)');
  });

  test('are all as before when one cannot be written', async () => {
    const { changelog, read, checkout, put } = await sampleProject(host);
    await put('hello.metainfo.xml', '<component>\n  <releases type="external"/>\n</component>\n');
    await expect(changelog({ ...everything, ...maintained })).rejects.toThrowWithCode('E_CHANGELOG_FILE', /hello\.metainfo\.xml/);
    expect(await read('debian/changelog')).toBe(debianChangelog);
    expect(existsSync(join(checkout, 'CHANGELOG.md'))).toBe(false);
    expect((await readdir(checkout)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('that hold a version wait until something asks for a release; notes do not', async () => {
    const { changelog, read, checkout } = await sampleProject(host, { steps: ['feat: one', 'tag v2.0.0', 'docs: explain'] });
    const outputs = await changelog({ ...everything, ...maintained });
    expect(outputs).toMatchObject({ version: '2.0.0', bump: 'none', released: 'false', tag: 'v2.0.0', announcement: '' });
    expect(await read('debian/changelog')).toBe(debianChangelog);
    expect(await read('hello.metainfo.xml')).toBe(metainfo);
    expect(existsSync(join(checkout, 'CHANGELOG.md'))).toBe(false);
    expect(await read('notes.md')).toContain('explain');
    expect(host.recorded.lines).toContain('Not written, since nothing asks for a release: changelog, debian-changelog, appstream');
  });

  test('keep their modes, and a link stays one', async () => {
    const { changelog, checkout, put } = await sampleProject(host);
    await put('docs/CHANGES.md', '# Changes\n');
    await symlink('docs/CHANGES.md', join(checkout, 'CHANGELOG.md'));
    await chmod(join(checkout, 'debian/changelog'), 0o600);
    await changelog({ ...everything, ...maintained });
    expect((await stat(join(checkout, 'debian/changelog'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(checkout, 'docs/CHANGES.md'), 'utf8')).toContain('## [3.0.0]');
  });

  test('are told in the summary, with the reason of the version', async () => {
    const { changelog } = await sampleProject(host);
    const { reason } = await changelog({ changelog: 'project/CHANGELOG.md' });
    expect(reason).toContain('Compared with v2.0.0: the greatest lower stable release before it');
    expect(host.summary.text).toContain('- `project/CHANGELOG.md`: section of the changelog\n');
    expect(host.summary.text).toContain('- `So the version is 3.0.0`\n');
  });

  test('are plain files: a pipe would be waited for without end', async () => {
    const { changelog, checkout } = await sampleProject(host);
    await host.exec(['mkfifo', join(checkout, 'pipe')]);
    await expect(changelog({ output: 'project/pipe' })).rejects.toThrowWithCode('E_PATH', /is no place for a file/);
    await symlink('loop', join(checkout, 'loop'));
    await expect(changelog({ output: 'project/loop' })).rejects.toThrowWithCode('E_PATH', /ELOOP/);
  });

  test('of one name are refused before anything is read', async () => {
    const { changelog } = await sampleProject(host);
    await expect(changelog({ output: 'x.md', changelog: 'x.md' })).rejects.toThrowWithCode('E_INPUT', /the same file/);
  });
});

describe('CHANGELOG.md', () => {
  test('that is not UTF-8 is refused, since it would not come back as it is', async () => {
    const { changelog, put } = await sampleProject(host);
    await put('CHANGELOG.md', Buffer.from('# Chang\xe9s\n', 'latin1'));
    await expect(changelog({ changelog: 'project/CHANGELOG.md' })).rejects.toThrowWithCode('E_CHANGELOG_FILE', /not UTF-8/);
  });

  test('whose section people changed is refused with its line, and they may take it out', async () => {
    const { changelog, put, read } = await sampleProject(host);
    await changelog({ changelog: 'project/CHANGELOG.md' });
    await put('CHANGELOG.md', (await read('CHANGELOG.md')).replace('twice as fast', 'three times as fast'));
    await expect(changelog({ changelog: 'project/CHANGELOG.md' })).rejects.toMatchObject({
      code: 'E_CHANGELOG_FILE',
      place: { file: 'project/CHANGELOG.md', line: 3 },
    });
    await rm(join(host.files.workspace, 'project/CHANGELOG.md'));
    expect((await changelog({ changelog: 'project/CHANGELOG.md' })).changed).toBe('project/CHANGELOG.md');
  });
});

describe('debian/changelog', () => {
  const entry = { 'debian-changelog': 'project/debian/changelog' };

  test('is signed by the input, else DEBFULLNAME and DEBEMAIL, else as its newest entry', async () => {
    const { changelog, read, put } = await sampleProject(host);
    const signer = async (given: Record<string, string>, env: Record<string, string>) => {
      await put('debian/changelog', debianChangelog);
      await using other = await recordingHost({ workspace: host.files.workspace, env });
      await changelog({ ...entry, ...given }, other);
      return /^ -- (.*) {2}/m.exec(await read('debian/changelog'))?.[1];
    };
    const env = { DEBFULLNAME: 'Eve', DEBEMAIL: 'eve@example.org' };
    expect(await signer({ maintainer: 'Bob <bob@example.org>' }, env)).toBe('Bob <bob@example.org>');
    expect(await signer({}, env)).toBe('Eve <eve@example.org>');
    expect(await signer({}, { DEBEMAIL: 'Dan <dan@example.org>' })).toBe('Dan <dan@example.org>');
    expect(await signer({}, {})).toBe('Ada Builder <ada@example.org>');
  });

  test('takes distribution, urgency and bugs from the configuration, and security for urgent', async () => {
    const config = 'changelog:\n  debian: { distribution: noble, closes: all }\n';
    const { changelog, read, put } = await sampleProject(host, {
      steps: ['feat: one', 'tag v2.0.0', ['fix(security): bounds', 'Closes: #12']],
      files: { 'release-kit.yml': config },
    });
    await changelog(entry);
    expect(await read('debian/changelog')).toMatch(/^hello \(2\.0\.1-1\) noble; urgency=high\n\n {2}\* security: bounds \(Closes: #12\)\n/);
    await put('debian/changelog', debianChangelog);
    await changelog({ ...entry, distribution: 'bookworm-backports', urgency: 'low' });
    expect(await read('debian/changelog')).toMatch(/^hello \(2\.0\.1-1\) bookworm-backports; urgency=low\n/);
  });

  test('in progress becomes the entry, also when it is run again', async () => {
    const progress = debianChangelog.replace('(2.0.0-1) unstable', '(2.0.0-2) UNRELEASED').replace('Release 2.0.0.', 'By hand.');
    const { changelog, read } = await sampleProject(host, { files: { 'debian/changelog': `${progress}\n${debianChangelog}` } });
    await changelog({ ...entry, ...maintained });
    const once = await read('debian/changelog');
    expect(once).toMatch(/^hello \(3\.0\.0-1\) unstable; urgency=medium\n\n(?: {2}\[ Ada Builder \]\n)? {2}\* By hand\.\n/);
    expect(once).not.toContain('UNRELEASED');
    expect(await changelog({ ...entry, ...maintained })).toMatchObject({ changed: '' });
    expect(await read('debian/changelog')).toBe(once);
  });

  test('that has the version with other changes is refused', async () => {
    const { changelog } = await sampleProject(host, {
      files: { 'debian/changelog': debianChangelog.replace('2.0.0-1', '3.0.0-1') },
    });
    await expect(changelog(entry)).rejects.toThrowWithCode('E_CHANGELOG', /has an entry of version "?3\.0\.0-1"? already/);
  });

  test('that is not there is no place for an entry, since nobody knows the name of the package', async () => {
    const { changelog, checkout } = await sampleProject(host);
    await rm(join(checkout, 'debian/changelog'));
    await expect(changelog(entry)).rejects.toThrowWithCode('E_CHANGELOG', /is not there/);
  });

  test('without dpkg is checked by ourselves, and this is told', async () => {
    const { changelog } = await sampleProject(host);
    const missing = new UserError('E_TOOL_MISSING', 'dpkg-parsechangelog is not installed');
    const exec: typeof host.exec = (argv, options) =>
      argv[0] === 'dpkg-parsechangelog' ? Promise.reject(missing) : host.exec(argv, options);
    expect(await changelog(entry, { ...host, exec })).toMatchObject({ changed: 'project/debian/changelog' });
    expect(host.recorded.lines).toContain(
      'project/debian/changelog: dpkg-parsechangelog is not installed, so only release-kit has checked the entry',
    );
  });
});

describe('a migration guide', () => {
  test('leads over any range of versions, what comes next included', async () => {
    const { changelog, read } = await sampleProject(host);
    await changelog({ 'migration-guide': 'project/m.md', 'migrate-from': '1.4', 'migrate-to': '3.0' });
    expect(await read('m.md')).toBe(await golden('migration-1.4-3.0.md'));
    await changelog({ 'migration-guide': 'project/m.md', 'migrate-from': '1.4', 'migrate-to': '2' });
    expect(await read('m.md')).not.toContain('--output');
  });

  test('of a range that is none, and of a first release, is refused', async () => {
    const { changelog } = await sampleProject(host, { steps: ['feat!: one'] });
    await expect(changelog({ 'migration-guide': 'm.md' })).rejects.toThrowWithCode('E_INPUT', /no version to start from/);
    await expect(changelog({ 'migration-guide': 'm.md', 'migrate-from': '2' })).rejects.toThrowWithCode('E_INPUT', /not lower/);
    await expect(changelog({ 'migrate-from': '2' })).rejects.toThrowWithCode('E_INPUT', /nothing without migration-guide/);
  });
});

describe('an announcement', () => {
  test('uses the templates of the project; an input comes before its configuration', async () => {
    const { changelog } = await sampleProject(host, {
      files: {
        'release-kit.yml':
          'changelog:\n  announcements:\n    project: Hello World\n    chat: { title: "New {{ version }}", body: .github/chat.liquid }\n',
        '.github/chat.liquid': 'From {{ previous }}: {{ address }}\n',
        'other.liquid': '{{ project }}\n',
      },
    });
    expect((await changelog({ announcement: 'chat' })).announcement).toBe(
      'New 3.0.0\n\nFrom v2.0.0: https://github.com/owner/hello/releases/tag/v3.0.0\n',
    );
    expect((await changelog({ announcement: 'chat', template: 'project/other.liquid' })).announcement).toBe('New 3.0.0\n\nHello World\n');
    expect((await changelog({ announcement: 'issue' })).announcement).toMatch(/^Hello World 3\.0\.0\n\nHello World 3\.0\.0 is out: /);
  });

  test('with a template that cannot be used is E_CONFIG with its line', async () => {
    const { changelog, checkout } = await sampleProject(host, {
      files: {
        'a.liquid': '\n{{ secret }}\n',
        'release-kit.yml': 'changelog: { announcements: { mail: { body: gone.liquid } } }\n',
      },
    });
    await expect(changelog({ announcement: 'chat', template: 'project/a.liquid' })).rejects.toMatchObject({
      code: 'E_CONFIG',
      place: { file: 'project/a.liquid', line: 2 },
    });
    await expect(changelog({ announcement: 'mail' })).rejects.toThrowWithCode('E_PATH', /gone\.liquid/);
    await writeFile(join(checkout, 'gone.liquid'), Buffer.from([0xff]));
    await expect(changelog({ announcement: 'mail' })).rejects.toThrowWithCode('E_CONFIG', /not UTF-8/);
  });
});
