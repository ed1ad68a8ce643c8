import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import type { Hint, Pointer } from '@release-kit/debian';
import { hintOf } from '../hint.test-support.ts';
import { openSourceTree, type SourceTree } from '../source-tree.ts';
import { placeOf } from './place.ts';
import { type PlacementRuleId, placementRules, ruleNameOf } from './rules.ts';
import { writeSampleTree } from './sample-tree.test-support.ts';

interface Case {
  readonly rule: PlacementRuleId;
  readonly hint: Partial<Hint>;
  readonly shown: string;
  /** Otherwise the place is exact. */
  readonly rough?: true;
}

const source = (tag: string, note = '', pointer?: Pointer): Partial<Hint> => ({
  tag,
  note,
  type: 'source',
  ...(pointer === undefined ? {} : { pointer }),
});
const binary = (tag: string, note = '', pointer?: Pointer): Partial<Hint> => ({ tag, note, ...(pointer === undefined ? {} : { pointer }) });
const patched = (path: string, line?: number): Pointer => ({ index: 'patched', path, line });
const installed = (path: string, line?: number): Pointer => ({ index: 'installed', path, line });
const member = (path: string, line?: number): Pointer => ({ index: 'control', path, line });

const cases: readonly Case[] = [
  { rule: 'standards-version', hint: source('out-of-date-standards-version', '4.5.0 (released 2020-01-20)'), shown: 'debian/control:11' },
  { rule: 'debhelper-level', hint: source('package-uses-old-debhelper-compat-version', '11'), shown: 'debian/control:7' },
  { rule: 'rules-require-root', hint: source('silent-on-rules-requiring-root', '', patched('debian/control')), shown: 'debian/control:1' },
  { rule: 'homepage', hint: source('homepage-field-uses-insecure-uri', 'http://example.org/'), shown: 'debian/control:12' },
  { rule: 'version-control', hint: source('vcs-field-uses-insecure-uri', 'Git git://example.org/hello.git'), shown: 'debian/control:13' },
  { rule: 'people', hint: source('bogus-mail-host', 'Uploaders cleo@localhost'), shown: 'debian/control:6' },
  { rule: 'section', hint: binary('unknown-section', 'utils'), shown: 'debian/control:2' },
  { rule: 'section', hint: { ...binary('unknown-section', 'misc'), package: 'hello-data' }, shown: 'debian/control:30' },
  { rule: 'priority', hint: source('priority-extra-is-replaced-by-priority-optional'), shown: 'debian/control:3' },
  { rule: 'architecture', hint: binary('package-contains-no-arch-dependent-files'), shown: 'debian/control:18' },
  { rule: 'multi-arch', hint: binary('multiarch-foreign-shared-library'), shown: 'debian/control:19' },
  { rule: 'essential', hint: binary('essential-no-not-needed'), shown: 'debian/control:20' },
  { rule: 'description', hint: binary('spelling-error-in-description', 'recieves receives'), shown: 'debian/control:27' },
  { rule: 'description', hint: binary('description-contains-tabs', 'line 2'), shown: 'debian/control:27' },
  { rule: 'description', hint: binary('description-synopsis-starts-with-article'), shown: 'debian/control:24' },
  {
    rule: 'description',
    hint: source('duplicate-short-description', 'hello-data hello', patched('debian/control')),
    shown: 'debian/control:32',
  },
  { rule: 'built-using', hint: binary('missing-built-using-field-for-golang-package'), shown: 'debian/control:17' },
  { rule: 'testsuite', hint: source('unknown-testsuite', 'autopkgtest'), shown: 'debian/control:14' },
  { rule: 'go-import-path', hint: source('missing-xs-go-import-path-for-golang-package'), shown: 'debian/control:1' },
  { rule: 'python-version-field', hint: source('ancient-python-version-field', 'X-Python3-Version 3.2'), shown: 'debian/control:15' },
  { rule: 'missing-field', hint: source('recommended-field', '(in section for hello-data) Homepage'), shown: 'debian/control:29' },
  { rule: 'any-field', hint: source('adopted-extended-field', 'Testsuite'), shown: 'debian/control:14' },
  { rule: 'relations', hint: binary('depends-on-obsolete-package', 'Depends: python (>= 2) => python3'), shown: 'debian/control:22' },
  { rule: 'relations', hint: source('build-depends-on-obsolete-package', 'Build-Depends: libfoo-dev'), shown: 'debian/control:10' },
  {
    rule: 'relations',
    hint: source('package-depends-on-hardcoded-libc', '(in section for hello) Depends python (>= 2), libc6', patched('debian/control', 21)),
    shown: 'debian/control:22',
  },
  { rule: 'relations', hint: binary('doc-package-depends-on-main-package', 'Depends'), shown: 'debian/control:21' },
  { rule: 'relations', hint: binary('conflicts-with-version', 'python (<< 3)'), shown: 'debian/control:23' },
  { rule: 'package-name', hint: binary('package-name-doesnt-match-sonames', 'libhello1'), shown: 'debian/control:17' },

  {
    rule: 'changelog-heading',
    hint: { ...binary('bad-distribution-in-changes-file', 'unstabel'), type: 'changes' },
    shown: 'debian/changelog:1',
  },
  {
    rule: 'changelog-trailer',
    hint: binary('debian-changelog-has-wrong-day-of-week', '2026-11-21 is a Saturday'),
    shown: 'debian/changelog:6',
  },
  { rule: 'changelog-version', hint: source('odd-historical-debian-changelog-version', '1.0-1 (for hello)'), shown: 'debian/changelog:8' },
  { rule: 'changelog-line', hint: binary('spelling-error-in-changelog', 'teh the'), shown: 'debian/changelog:3' },
  { rule: 'changelog-line', hint: binary('improbable-bug-number-in-closes', '12'), shown: 'debian/changelog:4' },
  {
    rule: 'changelog-line',
    hint: binary('debian-changelog-line-too-long', 'line 3', installed('usr/share/doc/hello/changelog.Debian.gz')),
    shown: 'debian/changelog:3',
  },
  {
    rule: 'changelog-line',
    hint: binary('debian-changelog-line-too-long', '', installed('usr/share/doc/hello/changelog.Debian.gz', 10)),
    shown: 'debian/changelog:10',
  },
  { rule: 'changelog', hint: binary('changelog-file-not-compressed', 'changelog.Debian'), shown: 'debian/changelog:1' },
  { rule: 'old-address-of-fsf', hint: binary('old-fsf-address-in-copyright-file'), shown: 'debian/copyright:14' },
  { rule: 'copyright-format', hint: source('insecure-copyright-format-uri', '', patched('debian/copyright')), shown: 'debian/copyright:1' },
  {
    rule: 'copyright-years',
    hint: source('update-debian-copyright', '2019 vs 2026', patched('debian/copyright', 10)),
    shown: 'debian/copyright:10',
  },
  { rule: 'copyright-without-format', hint: source('no-dep5-copyright', '', patched('debian/copyright')), shown: 'debian/copyright:1' },
  { rule: 'copyright-years', hint: source('update-debian-copyright', '2019 vs 2026'), shown: 'debian/copyright:8' },
  {
    rule: 'copyright-upstream',
    hint: source('repackaged-source-not-advertised', '', patched('debian/copyright')),
    shown: 'debian/copyright:2',
  },
  {
    rule: 'copyright-paragraph',
    hint: source('superfluous-file-pattern', 'gone/*', patched('debian/copyright', 8)),
    shown: 'debian/copyright:9',
  },
  { rule: 'copyright-paragraph', hint: source('unused-license-paragraph-in-dep5-copyright', 'expat Expat'), shown: 'debian/copyright:16' },
  {
    rule: 'copyright',
    hint: binary('copyright-not-using-common-license-for-gpl', '/usr/share/common-licenses/GPL'),
    shown: 'debian/copyright:14',
  },
  { rule: 'watch-missing', hint: source('debian-watch-file-is-missing'), shown: 'debian/watch:1' },
  {
    rule: 'watch-signature',
    hint: source('debian-watch-does-not-check-openpgp-signature', '', patched('debian/watch')),
    shown: 'debian/watch:3',
  },
  { rule: 'watch-standard', hint: source('older-debian-watch-file-standard', '3', patched('debian/watch')), shown: 'debian/watch:1' },
  {
    rule: 'watch',
    hint: source('debian-watch-uses-insecure-uri', 'http://example.org/', patched('debian/watch', 3)),
    shown: 'debian/watch:3',
  },
  { rule: 'hardening', hint: binary('hardening-no-bindnow', '', installed('usr/bin/hello')), shown: 'debian/rules:2' },
  { rule: 'library-trigger', hint: binary('package-has-unnecessary-activation-of-ldconfig-trigger'), shown: 'debian/rules:6' },
  {
    rule: 'rules-help',
    hint: source('missing-build-dependency-for-dh-addon', 'python3 (does not satisfy dh-python:any)'),
    shown: 'debian/rules:4',
  },
  {
    rule: 'rules',
    hint: source('debian-rules-contains-unnecessary-get-orig-source-target', '', patched('debian/rules')),
    shown: 'debian/rules:8',
  },
  { rule: 'rules', hint: source('excessive-debhelper-overrides', '12'), shown: 'debian/rules:3' },
  {
    rule: 'patch-forwarded',
    hint: source('patch-not-forwarded-upstream', '', patched('debian/patches/fix.patch')),
    shown: 'debian/patches/fix.patch:1',
  },
  {
    rule: 'patch-header',
    hint: source('spelling-error-in-patch-description', 'teh the', patched('debian/patches/fix.patch')),
    shown: 'debian/patches/fix.patch:2',
  },
  {
    rule: 'series',
    hint: source('quilt-series-references-non-existent-patch', 'gone.patch', patched('debian/patches/series')),
    shown: 'debian/patches/series:2',
  },
  { rule: 'source-format', hint: source('older-source-format', '1.0'), shown: 'debian/source/format:1' },
  {
    rule: 'upstream-metadata',
    hint: source('upstream-metadata-field-unknown', 'Foo', patched('debian/upstream/metadata')),
    shown: 'debian/upstream/metadata:2',
  },
  {
    rule: 'tests',
    hint: source('unknown-runtime-tests-restriction', 'needs-recommends', patched('debian/tests/control')),
    shown: 'debian/tests/control:3',
  },

  { rule: 'manual-page-missing', hint: binary('no-manual-page', '', installed('usr/bin/hello')), shown: 'debian/install:1' },
  {
    rule: 'manual-page-missing',
    hint: binary('no-manual-page', '', installed('usr/games/other')),
    shown: 'debian/manpages:1',
    rough: true,
  },
  {
    rule: 'manual-page-spelling',
    hint: binary('typo-in-manual-page', 'teh the', installed('usr/share/man/man1/hello.1.gz', 4)),
    shown: 'doc/hello.1:4',
  },
  {
    rule: 'manual-page',
    hint: binary('groff-message', "5: warning: macro 'foo' not defined", installed('usr/share/man/man1/hello.1.gz', 1)),
    shown: 'doc/hello.1:5',
  },
  {
    rule: 'manual-page',
    hint: binary('acute-accent-in-manual-page', '', installed('usr/share/man/man1/hello.1.gz')),
    shown: 'doc/hello.1',
  },
  { rule: 'manual-page-name', hint: binary('bad-whatis-entry', '', installed('usr/share/man/man1/hello.1.gz')), shown: 'doc/hello.1:3' },
  {
    rule: 'manual-page-title',
    hint: binary('wrong-manual-section', '1 != 8', installed('usr/share/man/man1/hello.1.gz')),
    shown: 'doc/hello.1:1',
  },
  {
    rule: 'manual-page-file',
    hint: binary('spare-manual-page', '', installed('usr/share/man/man1/hello.1.gz')),
    shown: 'debian/manpages:1',
  },
  {
    rule: 'unit-bindto',
    hint: binary('systemd-service-file-refers-to-obsolete-bindto', '', installed('lib/systemd/system/hello.service')),
    shown: 'debian/hello.service:3',
  },
  {
    rule: 'desktop-command',
    hint: binary('desktop-command-not-in-package', 'hallo', installed('usr/share/applications/hello.desktop')),
    shown: 'data/hello.desktop:4',
  },
  {
    rule: 'news',
    hint: binary('debian-news-entry-uses-asterisk', '', installed('usr/share/doc/hello/NEWS.Debian.gz')),
    shown: 'debian/NEWS:3',
  },
  { rule: 'library-path', hint: binary('custom-library-search-path', '/opt/hello/lib', installed('usr/bin/hello')), shown: 'Makefile:1' },
  {
    rule: 'library-path',
    hint: binary('custom-library-search-path', '/opt/other/lib', installed('usr/bin/hello')),
    shown: 'debian/rules:3',
    rough: true,
  },
  { rule: 'static-program', hint: binary('statically-linked-binary', '', installed('usr/bin/hello')), shown: 'Makefile:2' },
  { rule: 'hardening', hint: binary('hardening-no-relro', '', installed('usr/bin/hello')), shown: 'Makefile:3' },
  {
    rule: 'permissions',
    hint: binary('non-standard-file-perm', '0640 != 0644', installed('usr/share/hello/table')),
    shown: 'debian/rules:7',
  },
  {
    rule: 'installed-file',
    hint: binary('file-directly-in-usr-share', '', installed('usr/share/icons/a.png')),
    shown: 'debian/control:17',
    rough: true,
  },
  {
    rule: 'installed-file',
    hint: { ...binary('file-in-unusual-dir', '', installed('usr/share/icons/a.png')), package: 'hello-data' },
    shown: 'debian/hello-data.install:1',
  },
  {
    rule: 'override',
    hint: source('unused-override', 'some-tag', patched('debian/source/lintian-overrides', 1)),
    shown: 'debian/source/lintian-overrides:1',
  },
  {
    rule: 'override',
    hint: binary('unused-override', 'some-tag', installed('usr/share/lintian/overrides/hello', 2)),
    shown: 'debian/hello.lintian-overrides:2',
  },
  { rule: 'source-file', hint: source('source-is-missing', '', patched('src/main.c')), shown: 'src/main.c' },
  {
    rule: 'spelling-in-program',
    hint: binary('spelling-error-in-binary', 'recieve receive', installed('usr/bin/hello', 77)),
    shown: 'src/main.c:3',
  },
  {
    rule: 'spelling-in-program',
    hint: binary('spelling-error-in-binary', 'wont won’t', installed('usr/bin/hello', 77)),
    shown: 'debian/install:1',
    rough: true,
  },
  {
    rule: 'spelling-in-file',
    hint: binary('spelling-error-in-readme-debian', 'teh the', installed('usr/share/man/man1/hello.1.gz')),
    shown: 'doc/hello.1:4',
  },
  {
    rule: 'unit-documentation',
    hint: binary('systemd-service-file-missing-documentation-key', '', installed('lib/systemd/system/hello.service')),
    shown: 'debian/hello.service:1',
  },
  {
    rule: 'unit-install',
    hint: binary('systemd-service-file-missing-install-key', '', installed('usr/lib/systemd/system/hello.service')),
    shown: 'debian/hello.service:1',
  },
  {
    rule: 'unit-kill-mode',
    hint: binary('kill-mode-none', '', installed('lib/systemd/system/hello.service')),
    shown: 'debian/hello.service:7',
  },
  {
    rule: 'unit',
    hint: binary('systemd-service-file-refers-to-var-run', 'PIDFile /var/run/hello.pid', installed('lib/systemd/system/hello.service')),
    shown: 'debian/hello.service:6',
  },
  {
    rule: 'unit',
    hint: binary('systemd-service-file-missing-hardening-features', '', installed('lib/systemd/system/hello.service')),
    shown: 'debian/hello.service:4',
  },
  {
    rule: 'desktop',
    hint: binary('desktop-entry-contains-encoding-key', 'Encoding', installed('usr/share/applications/hello.desktop', 3)),
    shown: 'data/hello.desktop:3',
  },
  {
    rule: 'desktop',
    hint: binary('desktop-entry-lacks-keywords-entry', '', installed('usr/share/applications/hello.desktop')),
    shown: 'data/hello.desktop:1',
  },
  {
    rule: 'init-script',
    hint: binary('init.d-script-has-bad-lsb-line', '', installed('etc/init.d/hello', 3)),
    shown: 'debian/hello.init:3',
  },
  { rule: 'interpreter', hint: binary('script-not-executable', '', installed('usr/bin/hello')), shown: 'src/hello:1' },
  { rule: 'text-of-file', hint: binary('privacy-breach-generic', '[print("hello")]', installed('usr/bin/hello')), shown: 'src/hello:2' },
  { rule: 'text-of-file', hint: binary('national-encoding', '', installed('usr/bin/hello')), shown: 'src/hello' },
  {
    rule: 'symbols',
    hint: binary('symbols-file-contains-debian-revision', 'hello@Base', member('symbols')),
    shown: 'debian/hello.symbols:2',
  },
  {
    rule: 'symbols',
    hint: { ...binary('no-symbols-control-file', 'usr/share/icons/x.so'), package: 'hello-data' },
    shown: 'debian/hello-data.install:1',
  },
  {
    rule: 'maintainer-script',
    hint: binary('chown-with-dot', '"chown root.root /var/lib/hello"', member('postinst', 3)),
    shown: 'debian/hello.postinst:3',
  },
  {
    rule: 'maintainer-script',
    hint: binary('command-with-path-in-maintainer-script', '/usr/sbin/later', member('postinst', 19)),
    shown: 'debian/hello.postinst:5',
  },
  {
    rule: 'maintainer-script',
    hint: binary('maintainer-script-ignores-errors', '', member('postinst', 6)),
    shown: 'debian/hello.postinst:4',
    rough: true,
  },
  {
    rule: 'maintainer-script',
    hint: binary('bash-term-in-posix-shell', "'let'", installed('etc/init.d/hello', 2)),
    shown: 'debian/hello.init:2',
  },
  {
    rule: 'maintainer-script',
    hint: source('maintainer-script-lacks-debhelper-token', '', patched('debian/hello.prerm')),
    shown: 'debian/hello.prerm',
  },
  { rule: 'debconf', hint: binary('malformed-prompt-in-templates', 'hello/name', member('templates')), shown: 'debian/hello.templates:1' },
  {
    rule: 'conffiles',
    hint: binary('file-in-etc-not-marked-as-conffile', '', installed('etc/hello/extra.conf')),
    shown: 'debian/install:3',
  },
  {
    rule: 'triggers',
    hint: binary('uses-implicit-await-trigger', 'activate ldconfig', member('triggers', 1)),
    shown: 'debian/hello.triggers:1',
  },
  {
    rule: 'wrong-dependency-of-file',
    hint: binary('missing-dep-for-interpreter', 'python => python3', installed('usr/bin/hello')),
    shown: 'debian/control:22',
  },
  { rule: 'no-own-file', hint: binary('duplicate-files', 'etc/hello/extra.conf etc/hello/other.conf'), shown: 'debian/install:3' },
];

describe('the table of rules', () => {
  let host: RecordingHost | undefined;
  let tree: SourceTree | undefined;
  beforeAll(async () => {
    host = await recordingHost();
    await writeSampleTree(host.files.workspace);
    tree = await openSourceTree(host.files.workspace, host.files.workspace);
  });
  afterAll(async () => {
    await host?.[Symbol.asyncDispose]();
  });

  test('has a case for each of its rules', () => {
    expect(Object.keys(placementRules).filter((id) => !cases.some(({ rule }) => rule === id))).toEqual([]);
  });

  test.each(cases.map((each) => [`${each.rule}: ${each.hint.tag} ${each.hint.note}`, each] as const))(
    '%s',
    async (_, { rule, hint, shown, rough }) => {
      expect(ruleNameOf(hint.tag ?? '')).toBe(rule);
      const location = tree === undefined ? undefined : await placeOf(hintOf(hint), tree);
      expect([location?.shown, location?.exact]).toEqual([shown, rough !== true]);
      expect(location?.reason).toMatch(/^[a-zA-Z0-9$].*[^.]$/);
    },
  );

  test('a name comes before a pattern, and what is unknown has no rule', () => {
    expect(ruleNameOf('spelling-error-in-binary')).toBe('spelling-in-program');
    expect(ruleNameOf('spelling-error-in-changelog')).toBe('changelog-line');
    expect(ruleNameOf('some-tag-of-tomorrow')).toBeUndefined();
    expect(ruleNameOf('constructor')).toBeUndefined();
  });
});
