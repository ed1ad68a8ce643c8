import { type BrokenPackage, servicePackage } from './broken-package.ts';

/** Packages that cannot be removed, or of which something stays. */
export const removing: readonly BrokenPackage[] = [
  { name: 'prerm-fails', packages: [{ name: 'broken', scripts: { prerm: 'if [ "$1" = remove ]; then\n\tbroken-unregister\nfi' } }] },
  {
    name: 'postrm-fails-on-purge',
    isVariation: true,
    packages: [{ name: 'broken', scripts: { postrm: 'if [ "$1" = purge ]; then\n\trmdir /var/lib/broken\nfi' } }],
  },
  {
    name: 'still-running',
    shownBy: 'install-smoke',
    packages: [servicePackage(['ExecStart=/bin/sleep infinity'], { scripts: { prerm: ':' } })],
  },
  {
    name: 'process-left',
    shownBy: 'smoke-files',
    packages: [
      {
        name: 'broken',
        scripts: {
          postinst:
            'id broken >/dev/null 2>&1 || useradd --system broken\nif [ -d /run/systemd/system ]; then\n\tsystemd-run --quiet --uid=broken sleep infinity\nfi',
        },
      },
    ],
  },
  {
    name: 'conffile-deleted-on-remove',
    packages: [
      {
        name: 'broken',
        files: { 'etc/broken.conf': 'x\n' },
        conffiles: ['/etc/broken.conf'],
        scripts: { postrm: 'if [ "$1" = remove ]; then\n\trm -f /etc/broken.conf\nfi' },
      },
    ],
  },
  {
    name: 'state-left',
    packages: [{ name: 'broken', scripts: { postinst: '# Room for the table.\nmkdir -p /var/lib/broken\ntouch /var/lib/broken/table' } }],
  },
  {
    name: 'home-of-user-left',
    isVariation: true,
    packages: [
      {
        name: 'broken',
        scripts: { postinst: 'getent passwd broken >/dev/null || useradd --system --create-home --home-dir /var/lib/broken broken' },
      },
    ],
  },
  {
    name: 'diversion-left',
    shownBy: 'smoke-files',
    packages: [
      {
        name: 'broken',
        scripts: { preinst: 'dpkg-divert --package broken --add --rename --divert /etc/issue.distrib /etc/issue' },
      },
    ],
  },
  {
    name: 'alternative-left',
    shownBy: 'smoke-files',
    packages: [
      {
        name: 'broken',
        files: { 'usr/bin/broken-pager': '#!/bin/sh\n' },
        modes: { 'usr/bin/broken-pager': 0o755 },
        scripts: { postinst: 'update-alternatives --install /usr/bin/broken-view broken-view /usr/bin/broken-pager 50' },
      },
    ],
  },
  {
    name: 'cron-job-left',
    isVariation: true,
    packages: [
      {
        name: 'broken',
        scripts: { postinst: 'mkdir -p /etc/cron.d\necho "0 4 * * * root /usr/bin/true" > /etc/cron.d/broken' },
      },
    ],
  },
  {
    name: 'debconf-left',
    shownBy: 'smoke-files',
    packages: [
      {
        name: 'broken',
        depends: 'debconf',
        control: { templates: 'Template: broken/port\nType: string\nDefault: 80\nDescription: Port\n The port.\n' },
        scripts: {
          config: '. /usr/share/debconf/confmodule\ndb_input medium broken/port || true\ndb_go || true',
          postinst: '. /usr/share/debconf/confmodule\ndb_get broken/port',
        },
      },
    ],
  },
  {
    name: 'link-of-unit-left',
    isVariation: true,
    packages: [servicePackage(['ExecStart=/bin/sleep infinity'], { scripts: { postrm: ':' } })],
  },
  {
    name: 'directories-of-unit-left',
    isVariation: true,
    packages: [servicePackage(['ExecStart=/bin/sleep infinity', 'StateDirectory=broken', 'LogsDirectory=broken'])],
  },
  {
    name: 'hostile-names-left',
    packages: [
      {
        name: 'broken',
        scripts: {
          postinst: 'mkdir -p "/var/lib/$(printf \'x\\n::error file=y::z\\033[31m `|<b>\')"\ntouch "/var/log/::add-mask::root"',
        },
      },
    ],
  },
];
