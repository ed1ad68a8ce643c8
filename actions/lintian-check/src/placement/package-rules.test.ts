import { manualRules } from './manual-rules.ts';
import { packageRules } from './package-rules.ts';
import { binary, describeRules, installed, member, patched, type RuleCase, source } from './rule-case.test-support.ts';
import { textRules } from './text-rules.ts';
import { unitRules } from './unit-rules.ts';

const rules = { ...manualRules, ...unitRules, ...textRules, ...packageRules };

const cases: readonly RuleCase[] = [
  ['manual-page-missing', binary('no-manual-page', '', installed('usr/bin/hello')), 'debian/install:1'],
  ['manual-page-missing', binary('no-manual-page', '', installed('usr/games/other')), 'debian/manpages:1', 'rough'],
  ['manual-page-spelling', binary('typo-in-manual-page', 'teh the', installed('usr/share/man/man1/hello.1.gz', 4)), 'doc/hello.1:4'],
  [
    'manual-page',
    binary('groff-message', "more.1.in:3: warning: macro 'foo' not defined", installed('usr/share/man/man1/more.1.gz', 1)),
    'doc/more.1:7',
  ],
  [
    'manual-page',
    binary('groff-message', "5: warning: macro 'foo' not defined", installed('usr/share/man/man1/hello.1.gz', 1)),
    'doc/hello.1:5',
  ],
  ['manual-page', binary('acute-accent-in-manual-page', '', installed('usr/share/man/man1/hello.1.gz')), 'doc/hello.1'],
  ['manual-page-name', binary('bad-whatis-entry', '', installed('usr/share/man/man1/hello.1.gz')), 'doc/hello.1:3'],
  ['manual-page-title', binary('wrong-manual-section', '1 != 8', installed('usr/share/man/man1/hello.1.gz')), 'doc/hello.1:1'],
  ['manual-page-file', binary('spare-manual-page', '', installed('usr/share/man/man1/hello.1.gz')), 'debian/manpages:1'],
  [
    'unit-bindto',
    binary('systemd-service-file-refers-to-obsolete-bindto', '', installed('lib/systemd/system/hello.service')),
    'debian/hello.service:3',
  ],
  [
    'desktop-command',
    binary('desktop-command-not-in-package', 'hallo', installed('usr/share/applications/hello.desktop')),
    'data/hello.desktop:4',
  ],
  ['news', binary('debian-news-entry-uses-asterisk', '', installed('usr/share/doc/hello/NEWS.Debian.gz')), 'debian/NEWS:3'],
  ['library-path', binary('custom-library-search-path', '/opt/hello/lib', installed('usr/bin/hello')), 'Makefile:1'],
  ['library-path', binary('custom-library-search-path', '/opt/other/lib', installed('usr/bin/hello')), 'debian/rules:3', 'rough'],
  ['static-program', binary('statically-linked-binary', '', installed('usr/bin/hello')), 'Makefile:2'],
  ['permissions', binary('executable-desktop-file', '0755', installed('usr/share/applications/hello.desktop')), 'debian/install:2'],
  ['permissions', binary('non-standard-file-perm', '0640 != 0644', installed('usr/share/hello/table')), 'debian/rules:7'],
  ['installed-file', binary('file-directly-in-usr-share', '', installed('usr/share/icons/a.png')), 'debian/control:17', 'rough'],
  [
    'installed-file',
    { ...binary('file-in-unusual-dir', '', installed('usr/share/icons/a.png')), package: 'hello-data' },
    'debian/hello-data.install:1',
  ],
  ['spelling-in-program', binary('spelling-error-in-binary', 'recieve receive', installed('usr/bin/hello', 77)), 'src/main.c:3'],
  ['spelling-in-program', binary('spelling-error-in-binary', 'wont won’t', installed('usr/bin/hello', 77)), 'debian/install:1', 'rough'],
  ['spelling-in-file', binary('spelling-error-in-readme-debian', 'teh the', installed('usr/share/man/man1/hello.1.gz')), 'doc/hello.1:4'],
  [
    'unit-documentation',
    binary('systemd-service-file-missing-documentation-key', '', installed('lib/systemd/system/hello.service')),
    'debian/hello.service:1',
  ],
  [
    'unit-install',
    binary('systemd-service-file-missing-install-key', '', installed('usr/lib/systemd/system/hello.service')),
    'debian/hello.service:1',
  ],
  ['unit-kill-mode', binary('kill-mode-none', '', installed('lib/systemd/system/hello.service')), 'debian/hello.service:7'],
  [
    'unit',
    binary('systemd-service-file-refers-to-var-run', 'PIDFile /var/run/hello.pid', installed('lib/systemd/system/hello.service')),
    'debian/hello.service:6',
  ],
  [
    'unit',
    binary('systemd-service-file-missing-hardening-features', '', installed('lib/systemd/system/hello.service')),
    'debian/hello.service:4',
  ],
  [
    'desktop',
    binary('desktop-entry-contains-encoding-key', 'Encoding', installed('usr/share/applications/hello.desktop', 3)),
    'data/hello.desktop:3',
  ],
  ['desktop', binary('desktop-entry-lacks-keywords-entry', '', installed('usr/share/applications/hello.desktop')), 'data/hello.desktop:1'],
  ['init-script', binary('init.d-script-has-bad-lsb-line', '', installed('etc/init.d/hello', 3)), 'debian/hello.init:3'],
  ['interpreter', binary('script-not-executable', '', installed('usr/bin/hello')), 'src/hello:1'],
  ['text-of-file', binary('privacy-breach-generic', '[print("hello")]', installed('usr/bin/hello')), 'src/hello:2'],
  ['encoding', source('national-encoding', '', patched('AUTHORS')), 'AUTHORS:2'],
  [
    'invariants',
    source('license-problem-gfdl-non-official-text', 'invariant part is: with no invariant sections', patched('AUTHORS')),
    'AUTHORS:3',
  ],
  ['encoding', binary('national-encoding', '', installed('usr/bin/hello')), 'src/hello'],
  ['symbols', binary('symbols-file-contains-debian-revision', 'hello@Base', member('symbols')), 'debian/hello.symbols:2'],
  ['symbols', { ...binary('no-symbols-control-file', 'usr/share/icons/x.so'), package: 'hello-data' }, 'debian/hello-data.install:1'],
  ['maintainer-script', binary('maintscript-calls-ldconfig', '', member('prerm')), 'debian/hello.prerm:3'],
  ['maintainer-script', binary('chown-with-dot', '"chown root.root /var/lib/hello"', member('postinst', 3)), 'debian/hello.postinst:3'],
  [
    'maintainer-script',
    binary('command-with-path-in-maintainer-script', '/usr/sbin/later', member('postinst', 19)),
    'debian/hello.postinst:5',
  ],
  ['maintainer-script', binary('maintainer-script-ignores-errors', '', member('postinst', 6)), 'debian/hello.postinst:4', 'rough'],
  ['maintainer-script', binary('bash-term-in-posix-shell', "'let'", installed('etc/init.d/hello', 2)), 'debian/hello.init:2'],
  ['maintainer-script', source('maintainer-script-lacks-debhelper-token', '', patched('debian/hello.prerm')), 'debian/hello.prerm'],
  ['debconf', binary('malformed-prompt-in-templates', 'hello/name', member('templates')), 'debian/hello.templates:1'],
  ['conffiles', binary('file-in-etc-not-marked-as-conffile', '', installed('etc/hello/extra.conf')), 'debian/install:3'],
  ['triggers', binary('uses-implicit-await-trigger', 'activate ldconfig', member('triggers', 1)), 'debian/hello.triggers:1'],
  ['wrong-dependency-of-file', binary('missing-dep-for-interpreter', 'python => python3', installed('usr/bin/hello')), 'debian/control:22'],
  ['no-own-file', binary('duplicate-files', 'etc/hello/extra.conf etc/hello/other.conf'), 'debian/install:3'],
];

describeRules('the table of rules for what packages hold', rules, cases);
