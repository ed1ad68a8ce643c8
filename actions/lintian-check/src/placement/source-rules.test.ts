import { changelogRules } from './changelog-rules.ts';
import { controlRules } from './control-rules.ts';
import { copyrightRules } from './copyright-rules.ts';
import { relationRules } from './relation-rules.ts';
import { binary, describeRules, installed, patched, type RuleCase, source } from './rule-case.test-support.ts';
import { sourceRules } from './source-rules.ts';

const rules = { ...controlRules, ...relationRules, ...changelogRules, ...copyrightRules, ...sourceRules };

const cases: readonly RuleCase[] = [
  ['standards-version', source('out-of-date-standards-version', '4.5.0 (released 2020-01-20)'), 'debian/control:11'],
  ['debhelper-level', source('package-uses-old-debhelper-compat-version', '11'), 'debian/control:7'],
  ['rules-require-root', source('silent-on-rules-requiring-root', '', patched('debian/control')), 'debian/control:1'],
  ['homepage', source('homepage-field-uses-insecure-uri', 'http://example.org/'), 'debian/control:12'],
  ['version-control', source('vcs-field-uses-insecure-uri', 'Git git://example.org/hello.git'), 'debian/control:13'],
  ['people', source('bogus-mail-host', 'Uploaders cleo@localhost'), 'debian/control:6'],
  ['section', binary('unknown-section', 'utils'), 'debian/control:2'],
  ['section', { ...binary('unknown-section', 'misc'), package: 'hello-data' }, 'debian/control:30'],
  ['priority', source('priority-extra-is-replaced-by-priority-optional'), 'debian/control:3'],
  ['architecture', binary('package-contains-no-arch-dependent-files'), 'debian/control:18'],
  ['multi-arch', binary('multiarch-foreign-shared-library'), 'debian/control:19'],
  ['essential', binary('essential-no-not-needed'), 'debian/control:20'],
  ['description', binary('spelling-error-in-description', 'recieves receives'), 'debian/control:27'],
  ['description', binary('description-contains-tabs', 'line 2'), 'debian/control:27'],
  ['description', binary('description-synopsis-starts-with-article'), 'debian/control:24'],
  ['description', source('duplicate-short-description', 'hello-data hello', patched('debian/control')), 'debian/control:32'],
  ['built-using', binary('missing-built-using-field-for-golang-package'), 'debian/control:17'],
  ['testsuite', source('unknown-testsuite', 'autopkgtest'), 'debian/control:14'],
  ['go-import-path', source('missing-xs-go-import-path-for-golang-package'), 'debian/control:1'],
  ['python-version-field', source('ancient-python-version-field', 'X-Python3-Version 3.2'), 'debian/control:15'],
  ['missing-field', source('recommended-field', '(in section for hello-data) Homepage'), 'debian/control:29'],
  ['any-field', source('adopted-extended-field', 'Testsuite'), 'debian/control:14'],
  ['relations', binary('depends-on-obsolete-package', 'Depends: python (>= 2) => python3'), 'debian/control:22'],
  ['relations', source('build-depends-on-obsolete-package', 'Build-Depends: libfoo-dev'), 'debian/control:10'],
  [
    'relations',
    source('package-depends-on-hardcoded-libc', '(in section for hello) Depends python (>= 2), libc6', patched('debian/control', 21)),
    'debian/control:22',
  ],
  ['relations', binary('doc-package-depends-on-main-package', 'Depends'), 'debian/control:21'],
  ['relations', binary('conflicts-with-version', 'python (<< 3)'), 'debian/control:23'],
  ['any-field', source('unknown-field', 'Python3-Version'), 'debian/control:15'],
  ['package-name', binary('package-name-doesnt-match-sonames', 'libhello1'), 'debian/control:17'],

  ['changelog-heading', { ...binary('bad-distribution-in-changes-file', 'unstabel'), type: 'changes' }, 'debian/changelog:1'],
  ['changelog-trailer', binary('debian-changelog-has-wrong-day-of-week', '2026-11-21 is a Saturday'), 'debian/changelog:6'],
  ['changelog-version', source('odd-historical-debian-changelog-version', '1.0-1 (for hello)'), 'debian/changelog:8'],
  ['changelog-line', binary('spelling-error-in-changelog', 'teh the'), 'debian/changelog:3'],
  ['changelog-line', binary('improbable-bug-number-in-closes', '12'), 'debian/changelog:4'],
  [
    'changelog-line',
    binary('debian-changelog-line-too-long', 'line 3', installed('usr/share/doc/hello/changelog.Debian.gz')),
    'debian/changelog:3',
  ],
  [
    'changelog-line',
    binary('debian-changelog-line-too-long', '', installed('usr/share/doc/hello/changelog.Debian.gz', 10)),
    'debian/changelog:10',
  ],
  [
    'changelog-syntax',
    binary('syntax-error-in-debian-changelog', '"Ann wrote teh date"', installed('usr/share/doc/hello/changelog.gz', 12)),
    'debian/changelog:12',
  ],
  ['changelog-installed', binary('changelog-file-not-compressed', 'changelog.Debian'), 'debian/changelog:1', 'rough'],
  ['changelog', binary('debian-changelog-file-missing', 'changelog.Debian'), 'debian/changelog:1'],
  ['old-address-of-fsf', binary('old-fsf-address-in-copyright-file'), 'debian/copyright:14'],
  ['copyright-format', source('insecure-copyright-format-uri', '', patched('debian/copyright')), 'debian/copyright:1'],
  ['copyright-years', source('update-debian-copyright', '2019 vs 2026', patched('debian/copyright', 10)), 'debian/copyright:10'],
  ['copyright-without-format', source('no-dep5-copyright', '', patched('debian/copyright')), 'debian/copyright:1'],
  ['copyright-years', source('update-debian-copyright', '2019 vs 2026'), 'debian/copyright:8'],
  ['copyright-upstream', source('repackaged-source-not-advertised', '', patched('debian/copyright')), 'debian/copyright:2'],
  ['copyright-paragraph', source('superfluous-file-pattern', 'gone/*', patched('debian/copyright', 8)), 'debian/copyright:9'],
  ['copyright-template', binary('helper-templates-in-copyright'), 'debian/copyright:1'],
  ['copyright-paragraph', source('unused-license-paragraph-in-dep5-copyright', 'expat Expat'), 'debian/copyright:16'],
  ['copyright', binary('copyright-not-using-common-license-for-gpl', '/usr/share/common-licenses/GPL'), 'debian/copyright:14'],
  ['watch-missing', source('debian-watch-file-is-missing'), 'debian/watch:1'],
  ['watch-signature', source('debian-watch-does-not-check-openpgp-signature', '', patched('debian/watch')), 'debian/watch:3'],
  ['watch-standard', source('older-debian-watch-file-standard', '3', patched('debian/watch')), 'debian/watch:1'],
  ['watch', source('debian-watch-uses-insecure-uri', 'http://example.org/', patched('debian/watch', 3)), 'debian/watch:3'],
  ['hardening', binary('hardening-no-bindnow', '', installed('usr/bin/hello')), 'debian/rules:2'],
  ['library-trigger', binary('package-has-unnecessary-activation-of-ldconfig-trigger'), 'debian/rules:6'],
  ['rules-help', source('missing-build-dependency-for-dh-addon', 'python3 (does not satisfy dh-python:any)'), 'debian/rules:4'],
  ['rules', source('debian-rules-contains-unnecessary-get-orig-source-target', '', patched('debian/rules')), 'debian/rules:8'],
  ['rules', source('excessive-debhelper-overrides', '12'), 'debian/rules:3'],
  ['patch-forwarded', source('patch-not-forwarded-upstream', '', patched('debian/patches/fix.patch')), 'debian/patches/fix.patch:1'],
  [
    'patch-header',
    source('spelling-error-in-patch-description', 'teh the', patched('debian/patches/fix.patch')),
    'debian/patches/fix.patch:2',
  ],
  [
    'series',
    source('quilt-series-references-non-existent-patch', 'gone.patch', patched('debian/patches/series')),
    'debian/patches/series:2',
  ],
  ['source-format', source('older-source-format', '1.0'), 'debian/source/format:1'],
  [
    'upstream-metadata',
    source('upstream-metadata-field-unknown', 'Foo', patched('debian/upstream/metadata')),
    'debian/upstream/metadata:2',
  ],
  ['tests', source('unknown-runtime-tests-restriction', 'needs-recommends', patched('debian/tests/control')), 'debian/tests/control:3'],

  ['hardening', binary('hardening-no-relro', '', installed('usr/bin/hello')), 'Makefile:3'],
  ['override', source('unused-override', 'some-tag', patched('debian/source/lintian-overrides', 1)), 'debian/source/lintian-overrides:1'],
  [
    'override',
    binary('unused-override', 'some-tag', installed('usr/share/lintian/overrides/hello', 2)),
    'debian/hello.lintian-overrides:2',
  ],
  [
    'override',
    {
      ...binary('mismatched-override', 'other-tag usr/share/hello', installed('usr/share/lintian/overrides/hello-data', 2)),
      package: 'hello-data',
    },
    'debian/lintian/data-overrides:2',
  ],
  [
    'override',
    source('duplicate-override-context', '(lines 1 1)', patched('debian/source/lintian-overrides')),
    'debian/source/lintian-overrides:1',
  ],
  [
    'override',
    binary('duplicate-override-context', 'some-tag (lines 1 2)', installed('usr/share/lintian/overrides/hello')),
    'debian/hello.lintian-overrides:2',
  ],
  [
    'override',
    { ...binary('malformed-override', 'Expected a colon', installed('usr/share/lintian/overrides/hello-data', 2)), package: 'hello-data' },
    'debian/lintian/hello-data:2',
  ],
  ['source-file', source('source-is-missing', '', patched('src/main.c')), 'src/main.c'],
];

describeRules('the table of rules for debian/ and the source', rules, cases);
