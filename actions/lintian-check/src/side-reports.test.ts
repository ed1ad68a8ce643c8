import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { anyCharacter } from '@release-kit/action/any-character';
import fc from 'fast-check';
import { readAppstream } from './appstream.ts';
import { blhcExit, loggedBuild, readBlhc } from './build-log.ts';
import { desktopEntryLine, readDesktopFiles } from './desktop-file.ts';
import { readShellcheck } from './shellcheck.ts';
import type { ReadSubject, SideReport } from './side-report.ts';
import { isUnitName, lacksOption, missingCommands, readUnitVerification } from './unit-file.ts';

/** What the tools of Debian printed for files of our own. */
const sample = (name: string): string => readFileSync(new URL(`./fixtures/beside/${name}`, import.meta.url), 'utf8');

function subjectOf(index: ReadSubject['index'], path: string, text = ''): ReadSubject {
  const folder = index === 'control' ? 'control' : 'data';
  return { file: 'gloomy_1.0_all.deb', package: 'gloomy', type: 'binary', index, path, name: `0/${folder}/${path}`, text };
}

const byName = (subjects: readonly ReadSubject[]) => new Map(subjects.map((subject) => [subject.name, subject]));
const short = ({ hints }: SideReport) =>
  hints.map(({ hint: { tag, severity, pointer, masked } }) => [tag, severity, pointer?.line, ...(masked ? ['masked'] : [])]);

describe('readShellcheck', () => {
  const scripts = byName([
    subjectOf('control', 'postinst', sample('subjects/postinst')),
    ...['postrm', 'preinst', 'prerm'].map((name) => subjectOf('control', name)),
  ]);

  test('each comment is a finding at its line; style is pedantic; what debhelper wrote is masked', () => {
    const report = readShellcheck(sample('shellcheck-0.9.0.json'), scripts);
    expect(report.hints.filter(({ hint }) => hint.pointer?.path === 'postinst').length).toBe(8);
    expect(short({ ...report, hints: report.hints.filter(({ hint }) => hint.pointer?.path === 'postinst') })).toEqual([
      ['shellcheck/SC2045', 'error', 3],
      ['shellcheck/SC2086', 'info', 4],
      ['shellcheck/SC3014', 'warning', 6],
      ['shellcheck/SC2046', 'warning', 8],
      ['shellcheck/SC2005', 'pedantic', 8],
      ['shellcheck/SC2006', 'pedantic', 8],
      ['shellcheck/SC2154', 'warning', 14, 'masked'],
      ['shellcheck/SC2086', 'info', 14, 'masked'],
    ]);
    expect(report.hints[0]).toMatchObject({ file: 'gloomy_1.0_all.deb', hint: { package: 'gloomy', pointer: { index: 'control' } } });
    const notes = report.hints.map(({ hint }) => hint.note);
    expect(notes).toContain('Double quote to prevent globbing and word splitting. “chown root:root $f”');
    expect(report.explanations.get('shellcheck/SC2086')?.cure).toContain('double quotes');
    expect([...report.explanations.values()].every(({ references }) => references.length > 0)).toBe(true);
  });

  test.each([
    ['', /not JSON/],
    ['[]', /comments /],
    ['{"comments":[{}]}', /comments\[0\]\.file/],
    ['{"comments":[{"file":"0/control/other","line":1,"level":"error","code":1,"message":""}]}', /comments\[0\]\.file/],
    ['{"comments":[{"file":"0/control/postrm","line":0,"level":"error","code":1,"message":""}]}', /comments\[0\]\.line/],
    ['{"comments":[{"file":"0/control/postrm","line":1,"level":"fatal","code":1,"message":""}]}', /comments\[0\]\.level/],
  ])('what is no report proves nothing: %s', (text, message) => {
    expect(() => readShellcheck(text, scripts)).toThrowWithCode('E_LINT_INCOMPLETE', message);
  });
});

describe('readDesktopFiles', () => {
  const folder = 'usr/share/applications';
  const files = byName([
    subjectOf('installed', `${folder}/gloomy.desktop`, sample('subjects/gloomy.desktop')),
    subjectOf('installed', `${folder}/none.desktop`, 'Type=Application\n'),
    subjectOf('installed', `${folder}/e: error: v.desktop`, '[Desktop Entry]\nType=Application\nCategories=x\n'),
    subjectOf('installed', `${folder}/e`),
  ]);

  test('the sentence is the note, and the key or line that it quotes is the place', () => {
    const report = readDesktopFiles(sample('desktop-file-validate-0.26.txt'), files);
    expect(report.unread).toEqual([]);
    expect(short(report).map(([tag, severity, line]) => [`${tag}`.split('/')[1], severity, line])).toEqual([
      ['invalid-value', 'error', 1],
      ['invalid-value', 'error', 3],
      ['invalid-line', 'error', 13],
      ['invalid-exec', 'error', 3],
      ['deprecated', 'warning', 5],
      ['unregistered', 'error', 6],
      ['main-category', 'info', 6],
      ['icon-extension', 'warning', 7],
      ['invalid-value', 'error', 9],
      ['untranslated-key-missing', 'error', 10],
      ['unregistered', 'error', 11],
      ['unregistered', 'error', 14],
      ['entry-before-group', 'error', 1],
    ]);
    expect(report.hints[0]?.hint.pointer?.path).toBe(`${folder}/e: error: v.desktop`);
    expect(report.hints[7]?.hint.note).toMatch(/^value "gloomy\.png" for key "Icon"/);
  });

  test('a line of no file that was given is not read, and counted', () => {
    const { hints, unread } = readDesktopFiles('other.desktop: error: x\n0/data/usr/share/applications/e: oops\n\n', files);
    expect([hints, unread.length]).toEqual([[], 2]);
  });

  test('a key is looked for in its own group, and stands for the group when it is missing', () => {
    const text = '[Desktop Entry]\nName=x\n\n[Desktop Action a]\nName = y\n';
    expect(desktopEntryLine('key "Name" in group "Desktop Action a" is deprecated', text)).toBe(5);
    expect(desktopEntryLine('required key "Type" in group "Desktop Entry" is not present', text)).toBe(1);
    expect(desktopEntryLine('key "Name" in group "Other" is deprecated', text)).toBeUndefined();
    expect(desktopEntryLine('file is empty', text)).toBeUndefined();
  });
});

describe('readAppstream', () => {
  const subject = subjectOf('installed', 'usr/share/metainfo/org.example.gloomy.metainfo.xml');

  test('issues come with line, hint and the explanation of the tool', async () => {
    const report = await readAppstream(sample('appstreamcli-0.16.1.yaml'), subject);
    expect(report.hints.length).toBe(14);
    expect(report.hints[0]?.hint).toMatchObject({
      tag: 'appstreamcli/metadata-license-invalid',
      severity: 'error',
      note: 'GPL-3.0+',
      pointer: { index: 'installed', line: 4 },
    });
    expect(report.hints.at(-1)?.hint).toMatchObject({ tag: 'appstreamcli/content-rating-missing', note: '', pointer: { line: undefined } });
    expect(report.explanations.get('appstreamcli/url-uses-ftp')?.meaning).toMatch(/^This web link uses the FTP protocol/);
  });

  test('1.0 says the same, and that the developer is not named', async () => {
    const tags = async (name: string) => (await readAppstream(sample(name), subject)).hints.map(({ hint }) => hint.tag);
    expect(await tags('appstreamcli-1.0.5.yaml')).toEqual([
      ...(await tags('appstreamcli-0.16.1.yaml')),
      'appstreamcli/developer-info-missing',
    ]);
  });

  test('a file that is no XML is a finding', async () => {
    const { hints } = await readAppstream(sample('appstreamcli-0.16.1-broken.yaml'), subject);
    expect(hints.map(({ hint }) => [hint.tag, hint.severity])).toEqual([['appstreamcli/xml-markup-invalid', 'error']]);
    expect(hints[0]?.hint.note).toMatch(/^Could not parse XML data/);
  });

  test.each([
    ['', /Passed/],
    ['a: [', /not YAML/],
    ['Issues:\n- tag: x\n', /Passed/],
    ['Issues: x\nPassed: no\n', /Issues/],
    ['Issues:\n- tag: X Y\n  severity: error\nPassed: no\n', /Issues\[0\]\.tag/],
    ['Issues:\n- tag: x\n  severity: fatal\nPassed: no\n', /Issues\[0\]\.severity/],
    ['Issues:\n- tag: x\n  severity: info\n  line: -1\nPassed: no\n', /Issues\[0\]\.line/],
  ])('what is no report proves nothing: %j', async (text, message) => {
    await expect(readAppstream(text, subject)).rejects.toThrowWithCode('E_LINT_INCOMPLETE', message);
  });

  test('a file without issues has none', async () => {
    expect((await readAppstream('---\nFile: x.xml\nValidator: 0.16.1\nPassed: yes\n', subject)).hints).toEqual([]);
  });
});

describe('readUnitVerification', () => {
  const root = '/srv/beside/unpacked/0/data';
  const folder = 'lib/systemd/system';
  const units = [
    subjectOf('installed', `${folder}/gloomy.service`, sample('subjects/gloomy.service')),
    ...['gloomy@.service', 'gloomy.timer', 'lonely.socket'].map((name) => subjectOf('installed', `${folder}/${name}`)),
  ];
  const read = (text: string, programs: readonly string[] = []) => readUnitVerification(text, { root, units, programs: new Set(programs) });

  test('messages have the severity of their log level, and the place they name', () => {
    const report = read(sample('systemd-analyze-252.txt'));
    expect(report.unread).toEqual([]);
    expect(short(report)).toEqual([
      ['systemd-analyze/unknown-key', 'warning', 5],
      ['systemd-analyze/ignored-value', 'warning', 6],
      ['systemd-analyze/ignored-value', 'warning', 9],
      ['systemd-analyze/ignored-value', 'warning', 14],
      ['systemd-analyze/deprecated', 'warning', 16],
      ['systemd-analyze/invalid-line', 'warning', 20],
      ['systemd-analyze/ignored-value', 'warning', 4],
      ['systemd-analyze/refused', 'error', undefined],
      ['systemd-analyze/ignored-value', 'warning', 2],
      ['systemd-analyze/unknown-section', 'warning', 3],
      ['systemd-analyze/refused', 'error', undefined],
      ['systemd-analyze/missing-command', 'info', 11],
      ['systemd-analyze/missing-command', 'info', 12],
    ]);
  });

  test('a later systemd says more and calls lib usr/lib, and its findings are at the same places', () => {
    const report = read(sample('systemd-analyze-257.txt'));
    expect(report.unread).toEqual([]);
    expect(short(report).filter(([, , line]) => line === 15)).toEqual([['systemd-analyze/deprecated', 'info', 15]]);
    expect(short(report).filter(([, , line]) => line !== 15)).toEqual(short(read(sample('systemd-analyze-252.txt'))));
    expect(report.hints[0]?.hint.pointer?.path).toBe(`${folder}/gloomy.service`);
  });

  test('a program that a package or every system brings is not missing', () => {
    const text = sample('systemd-analyze-252.txt');
    expect(missingCommands(text)).toEqual(['/usr/bin/not-there']);
    expect(read(text, ['/usr/bin/not-there']).hints.length).toBe(12);
  });

  test('a program that several lines of a unit start is missing once', () => {
    const line = '<27>gloomy.service: Command /usr/sbin/x is not executable: No such file or directory\n';
    expect(read(line.repeat(3))).toMatchObject({ hints: [{ hint: { severity: 'info' } }], unread: [] });
  });

  test('an old systemd says that it lacks an option; a unit that holds those words does not', () => {
    expect(lacksOption("systemd-analyze: unrecognized option '--recursive-errors=no'\n")).toBe(true);
    expect(lacksOption("<28>/a.service:1: Unknown key 'systemd-analyze: unrecognized option ' in section [Unit], ignoring.\n")).toBe(false);
  });

  test('an instance that systemd makes up belongs to its template', () => {
    const { hints } = read('<27>gloomy@i.service: Service has no ExecStart=. Refusing.\n');
    expect(hints[0]?.hint.pointer?.path).toBe(`${folder}/gloomy@.service`);
  });

  test('what names no unit of the package, or has no level, is counted as not read', () => {
    const strange = ['<27>Failed to create manager', `${root}/x:1: y`, '<28>/etc/systemd/system/a.service:1: b', '<27>ssh.service: no'];
    expect(read(strange.join('\n'))).toMatchObject({ hints: [], unread: strange });
  });

  test('notes do not name the folder in which packages were unpacked', () => {
    const { hints } = read(`<28>Configuration file ${root}/${folder}/gloomy.timer is marked executable. Please remove executable bits.\n`);
    expect(hints[0]?.hint.note).toMatch(/^Configuration file \/lib\/systemd\/system\/gloomy\.timer is marked/);
  });

  test.each([
    ['a.service', true],
    ['a@.socket', true],
    ['dev-disk\\x2dx.mount', true],
    ['-a.service', true],
    ['a b.service', false],
    ['a.service.d', false],
    ['ä.service', false],
  ])('%s is a unit: %s', (name, is) => {
    expect(isUnitName(name)).toBe(is);
  });
});

describe('readBlhc', () => {
  const source = { ...subjectOf('patched', 'debian/rules'), type: 'source', file: 'gloomy_1.0_amd64.changes' } as const;

  test('the same flags missing in many commands are one finding, which names the first file', () => {
    const report = readBlhc(sample('blhc-0.13.txt'), source);
    expect(report.unread).toEqual([]);
    expect(report.hints.map(({ hint }) => [hint.tag, hint.severity, hint.note])).toEqual([
      ['blhc/CFLAGS-missing', 'warning', '-fstack-protector-strong -Wformat -Werror=format-security: src/main.c'],
      ['blhc/CPPFLAGS-missing', 'warning', '-D_FORTIFY_SOURCE=2: b.c and others'],
      ['blhc/CXXFLAGS-missing', 'warning', '-g -O2 -fstack-protector-strong -Wformat -Werror=format-security: src/th$(ing).cc'],
      ['blhc/LDFLAGS-missing', 'warning', '-Wl,-z,relro: gloomy'],
      ['blhc/hidden-flags', 'info', 'CC       hidden.o and others'],
      ['blhc/CFLAGS-missing', 'warning', '-g -O2 -fstack-protector-strong -Wformat -Werror=format-security: b.c'],
    ]);
    expect(report.hints[0]?.hint).toMatchObject({ type: 'source', pointer: { path: 'debian/rules', index: 'patched' } });
    expect(report.explanations.get('blhc/CPPFLAGS-missing')?.meaning).toContain('check the size of their target');
  });

  test('0.14 asks for more flags', () => {
    const { hints, unread } = readBlhc(sample('blhc-0.14.txt'), source);
    expect(unread).toEqual([]);
    expect(hints.map(({ hint }) => hint.note)).toContain('-fstack-clash-protection -fcf-protection: src/good.c and others');
  });

  test('anything else is counted as not read', () => {
    expect(readBlhc("checking 'x'...\nNo compiler commands!\nstrange line\n", source)).toMatchObject({
      hints: [],
      unread: ['strange line'],
    });
  });

  test('the exit code must be what goes with the output: Perl that dies takes any', () => {
    expect(['blhc-0.13.txt', 'blhc-0.14.txt'].map((name) => blhcExit(sample(name)))).toEqual([12, 12]);
    expect(blhcExit('No compiler commands!\n')).toBe(1);
    expect(blhcExit('')).toBe(0);
    expect(blhcExit('HARDENING WRAPPER: no checks possible, aborting\nINVALID CMAKE: 2.8.7-1\n')).toBe(48);
  });

  test('a log says what was built', () => {
    expect(loggedBuild(sample('build.log').split('\n'))).toEqual({ source: 'gloomy', architecture: 'amd64' });
    expect(loggedBuild(['gcc -c x.c'])).toBeUndefined();
    expect(loggedBuild(['dpkg-buildpackage: info: source package --x'])).toBeUndefined();
  });
});

test('no text makes a reader throw that reads lines, and nothing of it is lost', () => {
  const subject = subjectOf('installed', 'usr/lib/systemd/system/a.service');
  const line = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.constantFrom(`${subject.name}: error: `, '<27>a.service: x', 'CFLAGS missing (-g): cc', '<28>/r/x:1: y', 'NONVERBOSE BUILD: '),
  );
  const lines = fc.array(line, { maxLength: 8 }).map((all) => all.map((each) => each.replaceAll('\n', ' ')));
  fc.assert(
    fc.property(lines, (all) => {
      const text = all.join('\n');
      const said = all.filter((each) => each.trim() !== '').length;
      const desktop = readDesktopFiles(text, byName([subject]));
      expect(desktop.hints.length + desktop.unread.length).toBe(said);
      const units = readUnitVerification(text, { root: '/r', units: [subject], programs: new Set() });
      expect(units.hints.length + units.unread.length).toBe(said);
      expect(readBlhc(text, subject).unread.length).toBeLessThanOrEqual(said);
    }),
    { numRuns: 1000 },
  );
});
