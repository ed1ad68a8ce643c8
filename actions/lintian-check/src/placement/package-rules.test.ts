import { manualRules } from './manual-rules.ts';
import { packageRules } from './package-rules.ts';
import { binary, describeRules, installed, member, patched, type RuleCase, source } from './rule-case.test-support.ts';
import { textRules } from './text-rules.ts';
import { unitRules } from './unit-rules.ts';

const rules = { ...manualRules, ...unitRules, ...textRules, ...packageRules };

const cases: readonly RuleCase[] = [
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
  { rule: 'encoding', hint: source('national-encoding', '', patched('AUTHORS')), shown: 'AUTHORS:2' },
  {
    rule: 'invariants',
    hint: source('license-problem-gfdl-non-official-text', 'invariant part is: with no invariant sections', patched('AUTHORS')),
    shown: 'AUTHORS:3',
  },
  { rule: 'encoding', hint: binary('national-encoding', '', installed('usr/bin/hello')), shown: 'src/hello' },
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

describeRules('the table of rules for what packages hold', rules, cases);
