import type { TinyPackage } from '../packages.ts';
import type { BrokenPackage } from './broken-package.ts';

const confmodule = '. /usr/share/debconf/confmodule\n';

/** Asks debconf for a port. */
function asking(template: string, priority: string, afterwards = ''): TinyPackage {
  return {
    name: 'broken',
    depends: 'debconf',
    control: { templates: `Template: broken/port\n${template}\nDescription: Port\n The port.\n` },
    scripts: {
      config: `${confmodule}db_input ${priority} broken/port || true\ndb_go || true`,
      postinst: `${confmodule}db_get broken/port${afterwards}`,
      postrm: `if [ "$1" = purge ]; then\n\t${confmodule}\tdb_purge\nfi`,
    },
  };
}

/** Packages that cannot be installed. */
export const installing: readonly BrokenPackage[] = [
  { name: 'dependency-missing', packages: [{ name: 'broken', depends: 'no-such-package (>= 3)' }] },
  { name: 'dependency-too-new', isVariation: true, packages: [{ name: 'broken', depends: 'libc6 (>= 99)' }] },
  { name: 'conflicts-with-installed', isVariation: true, packages: [{ name: 'broken', version: '1.1', fields: ['Conflicts: dbus'] }] },
  {
    name: 'conflict-of-the-set',
    shownBy: 'smoke-life-cycle',
    packages: [{ name: 'broken', fields: ['Conflicts: broken-extra'] }, { name: 'broken-extra' }],
  },
  { name: 'file-of-another-package', isVariation: true, packages: [{ name: 'broken', files: { 'usr/bin/env': 'x' } }] },
  {
    name: 'file-in-both-packages',
    isVariation: true,
    packages: [
      { name: 'broken', files: { 'usr/share/broken/table': 'a' } },
      { name: 'broken-extra', files: { 'usr/share/broken/table': 'b' } },
    ],
  },
  {
    name: 'preinst-fails',
    isVariation: true,
    packages: [{ name: 'broken', scripts: { preinst: 'test "$1" = install\nfalse' } }],
  },
  {
    name: 'postinst-fails',
    packages: [
      {
        name: 'broken',
        scripts: { postinst: '# Makes the table.\nmkdir -p /var/lib/broken\ncp /usr/share/broken/no-table /var/lib/broken/table' },
      },
    ],
  },
  {
    name: 'postinst-ends-with-3',
    isVariation: true,
    packages: [{ name: 'broken', scripts: { postinst: 'if [ "$1" = configure ]; then\n\techo "no licence" >&2\n\texit 3\nfi' } }],
  },
  {
    name: 'postinst-hangs',
    shownBy: 'smoke-isolation',
    packages: [
      { name: 'broken', scripts: { postinst: 'echo waiting for the daemon\nwhile ! test -e /run/broken.ready; do sleep 1; done' } },
    ],
    timeout: '20s',
  },
  {
    name: 'postinst-reads-input',
    isVariation: true,
    packages: [{ name: 'broken', scripts: { postinst: 'echo "Which port?"\nread -r port\necho "$port" > /etc/broken.port' } }],
  },
  {
    // One that multiplies is in smoke-isolation.test.ts; this one leaves the processor to the tests beside it.
    name: 'postinst-forks-without-end',
    packages: [{ name: 'broken', scripts: { postinst: 'while true; do\n\tsleep 1000 &\ndone' } }],
    // The limit of processes ends it, also on a slow host.
    timeout: '90s',
  },
  {
    name: 'postinst-needs-network',
    shownBy: 'smoke-life-cycle',
    packages: [
      {
        name: 'broken',
        scripts: { postinst: 'mkdir -p /var/lib/broken\nbash -c "exec 3<>/dev/tcp/data.example.org/80; cat <&3 > /var/lib/broken/data"' },
      },
    ],
  },
  {
    name: 'postinst-speaks-to-the-runner',
    isVariation: true,
    packages: [
      {
        name: 'broken',
        scripts: {
          postinst: 'printf "::add-mask::root\\n::error file=x::owned\\n\\033[2J::stop-commands::x\\n" >&2\nexit 1',
        },
      },
    ],
  },
  { name: 'postinst-unknown-program', isVariation: true, packages: [{ name: 'broken', scripts: { postinst: 'set-up-broken --all' } }] },
  {
    name: 'clashes-beside-another',
    packages: [{ name: 'broken', files: { 'usr/bin/dos2unix': '#!/bin/sh\n' }, modes: { 'usr/bin/dos2unix': 0o755 } }],
    smoke: ['beside: [dos2unix]'],
  },
  {
    name: 'stops-its-neighbour',
    shownBy: 'smoke-life-cycle',
    packages: [{ name: 'broken', scripts: { postinst: 'systemctl stop memcached.service || true' } }],
    smoke: ['beside: [memcached]'],
  },
  { name: 'question-without-answer', shownBy: 'smoke-life-cycle', packages: [asking('Type: string', 'high')] },
  {
    name: 'answer-to-no-question',
    isVariation: true,
    packages: [asking('Type: string\nDefault: 80', 'medium')],
    source: { 'debian/smoke.preseed': '# Answers.\nbroken broken/prot string 8080\n' },
    smoke: ['preseed: debian/smoke.preseed'],
  },
  {
    name: 'answer-not-understood',
    packages: [asking('Type: string\nDefault: 80', 'medium', '\ntest "$RET" -lt 1024')],
    source: { 'debian/smoke.preseed': 'broken broken/port string 8080\n' },
    smoke: ['preseed: debian/smoke.preseed'],
  },
];
