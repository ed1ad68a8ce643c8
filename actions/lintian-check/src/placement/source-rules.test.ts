import { changelogRules } from './changelog-rules.ts';
import { controlRules } from './control-rules.ts';
import { copyrightRules } from './copyright-rules.ts';
import { relationRules } from './relation-rules.ts';
import { binary, describeRules, installed, patched, type RuleCase, source } from './rule-case.test-support.ts';
import { sourceRules } from './source-rules.ts';

const rules = { ...controlRules, ...relationRules, ...changelogRules, ...copyrightRules, ...sourceRules };

const cases: readonly RuleCase[] = [
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

  { rule: 'hardening', hint: binary('hardening-no-relro', '', installed('usr/bin/hello')), shown: 'Makefile:3' },
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
];

describeRules('the table of rules for debian/ and the source', rules, cases);
