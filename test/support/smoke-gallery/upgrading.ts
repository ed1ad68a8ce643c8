import { type BrokenPackage, ownService, servicePackage } from './broken-package.ts';

const previousFolder = ['previous: ./previous'];
const conf = 'etc/broken.conf';
const sleeping = ['ExecStart=/usr/lib/broken/daemon'];
const purgeState = 'if [ "$1" = purge ]; then rm -rf /var/lib/broken; fi';
const daemon = (version: number) => ({
  files: { 'usr/lib/broken/daemon': `#!/bin/sh\n# Version ${version}.\nexec sleep infinity\n` },
  modes: { 'usr/lib/broken/daemon': 0o755 },
});
// Refuses a table of a later version, as a database does.
const tableDaemon = (version: number) => ({
  files: {
    'usr/lib/broken/daemon': `#!/bin/sh\ntable=$(cat /var/lib/broken/table)\n[ "$table" -le ${version} ] || { echo "the table is of version $table" >&2; exit 7; }\necho ${version} > /var/lib/broken/table\nexec sleep infinity\n`,
  },
  modes: { 'usr/lib/broken/daemon': 0o755 },
});
const withTable = (version: number) => {
  const made = servicePackage(sleeping, { version: `${version}.0`, ...tableDaemon(version) });
  const { postinst = '', prerm = '', postrm = '' } = made.scripts ?? {};
  const first = 'mkdir -p /var/lib/broken\n[ -e /var/lib/broken/table ] || echo 0 > /var/lib/broken/table\n';
  return {
    ...made,
    scripts: { postinst: first + postinst, prerm, postrm: `${postrm}\n${purgeState}` },
  };
};

const oldService = servicePackage(sleeping, { version: '1.0', ...daemon(1) });
const newService = (scripts: Readonly<Record<string, string>>) => servicePackage(sleeping, { version: '2.0', ...daemon(2), scripts });

/** Packages that lose something on the way from one version to another. */
export const upgrading: readonly BrokenPackage[] = [
  {
    name: 'conffile-overwritten',
    shownBy: 'smoke-upgrade',
    previous: [{ name: 'broken', version: '1.0', files: { [conf]: 'port 1\n' }, conffiles: [`/${conf}`] }],
    packages: [
      {
        name: 'broken',
        version: '2.0',
        files: { [conf]: 'port 1\n', 'usr/share/broken/broken.conf': 'port 2\n' },
        conffiles: [`/${conf}`],
        scripts: { postinst: 'if [ -n "$2" ]; then\n\tcp /usr/share/broken/broken.conf /etc/broken.conf\nfi' },
      },
    ],
    smoke: previousFolder,
  },
  {
    name: 'not-restarted',
    shownBy: 'smoke-upgrade',
    previous: [oldService],
    packages: [
      newService({
        postinst:
          'deb-systemd-helper enable broken.service >/dev/null\nif [ -z "$2" ] && [ -d /run/systemd/system ]; then\n\tsystemctl daemon-reload\n\tsystemctl start broken.service\nfi',
      }),
    ],
    smoke: [...ownService, ...previousFolder],
  },
  {
    name: 'downgrade-breaks-state',
    shownBy: 'smoke-upgrade',
    previous: [withTable(1)],
    packages: [withTable(2)],
    smoke: [...ownService, ...previousFolder],
  },
  {
    name: 'upgrade-loses-state',
    isVariation: true,
    previous: [withTable(2)],
    packages: [{ ...withTable(1), version: '3.0' }],
    smoke: [...ownService, ...previousFolder],
  },
  {
    name: 'upgrade-fails',
    shownBy: 'smoke-tracing',
    previous: [{ name: 'broken', version: '1.0' }],
    packages: [
      {
        name: 'broken',
        version: '2.0',
        scripts: {
          preinst: 'if [ "$1" = upgrade ] && dpkg --compare-versions "$2" lt 2.0; then\n\techo "version $2 is too old" >&2\n\texit 1\nfi',
        },
      },
    ],
    smoke: previousFolder,
  },
  {
    name: 'downgrade-refused',
    previous: [{ name: 'broken', version: '1.0' }],
    packages: [
      {
        name: 'broken',
        version: '2.0',
        scripts: { prerm: 'if [ "$1" = upgrade ] && dpkg --compare-versions "$2" lt 2.0; then\n\texit 6\nfi' },
      },
    ],
    smoke: previousFolder,
  },
  {
    name: 'previous-missing',
    packages: [{ name: 'broken', version: '2.0' }],
    previous: [{ name: 'other', version: '1.0' }],
    smoke: previousFolder,
  },
  {
    name: 'bigger-than-before',
    previous: [{ name: 'broken', version: '1.0', files: { 'usr/share/broken/table': 'x'.repeat(100_000) } }],
    packages: [{ name: 'broken', version: '2.0', files: { 'usr/share/broken/table': 'x'.repeat(6_000_000) } }],
    smoke: [...previousFolder, 'figures: { disk: 50%, exceeded: fail }'],
  },
  {
    name: 'conffile-given-up',
    shownBy: 'smoke-upgrade',
    previous: [{ name: 'broken', version: '1.0', files: { [conf]: 'port 1\n' }, conffiles: [`/${conf}`] }],
    packages: [{ name: 'broken', version: '2.0' }],
    smoke: previousFolder,
  },
  {
    name: 'unit-given-up',
    shownBy: 'smoke-upgrade',
    previous: [oldService],
    packages: [{ name: 'broken', version: '2.0', ...daemon(2) }],
    smoke: previousFolder,
  },
  {
    name: 'enabled-again',
    shownBy: 'smoke-upgrade',
    previous: [oldService],
    packages: [
      newService({
        postinst:
          'if [ -d /run/systemd/system ]; then\n\tsystemctl daemon-reload\n\tsystemctl enable --quiet broken.service\n\tsystemctl restart broken.service\nfi',
        prerm: 'if [ "$1" = remove ] && [ -d /run/systemd/system ]; then\n\tsystemctl disable --quiet --now broken.service\nfi',
      }),
    ],
    smoke: previousFolder,
  },
  {
    name: 'state-deleted-on-upgrade',
    shownBy: 'smoke-upgrade',
    previous: [
      {
        name: 'broken',
        version: '1.0',
        scripts: { postinst: 'mkdir -p /var/lib/broken\ntouch /var/lib/broken/table', postrm: purgeState },
      },
    ],
    packages: [
      { name: 'broken', version: '2.0', scripts: { postinst: 'if [ -n "$2" ]; then\n\trm -rf /var/lib/broken\nfi', postrm: purgeState } },
    ],
    smoke: previousFolder,
  },
];
