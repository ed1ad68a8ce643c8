import type { BrokenPackage } from './broken-package.ts';

const file = (path: string, mode: number) => ({ files: { [path]: 'x\n' }, modes: { [path]: mode } });

/** Packages whose files are wrong, or that change those of others. */
export const placing: readonly BrokenPackage[] = [
  {
    name: 'mode-not-as-listed',
    shownBy: 'install-smoke',
    packages: [{ name: 'broken', files: { 'etc/broken.conf': 'password\n' }, conffiles: ['/etc/broken.conf'] }],
    smoke: ['files:', '  - { path: /etc/broken.conf, mode: "0640", owner: root, group: adm }'],
  },
  {
    name: 'listed-file-missing',
    isVariation: true,
    packages: [{ name: 'broken' }],
    smoke: ['files:', '  - { path: /usr/bin/broken, mode: "0755" }'],
  },
  { name: 'world-writable', shownBy: 'smoke-files', packages: [{ name: 'broken', ...file('usr/share/broken/table', 0o666) }] },
  { name: 'setuid', shownBy: 'smoke-files', packages: [{ name: 'broken', ...file('usr/bin/broken-helper', 0o4755) }] },
  {
    name: 'mode-opened-by-postinst',
    isVariation: true,
    packages: [{ name: 'broken', ...file('usr/bin/broken-helper', 0o755), scripts: { postinst: 'chmod g+s,o+w /usr/bin/broken-helper' } }],
  },
  {
    name: 'owner-unknown',
    isVariation: true,
    packages: [
      { name: 'broken', ...file('usr/share/broken/table', 0o644), scripts: { postinst: 'chown 4711:4711 /usr/share/broken/table' } },
    ],
  },
  { name: 'in-usr-local', shownBy: 'smoke-files', packages: [{ name: 'broken', ...file('usr/local/bin/broken', 0o755) }] },
  { name: 'in-home', isVariation: true, packages: [{ name: 'broken', ...file('home/broken/.profile', 0o644) }] },
  {
    name: 'edits-the-file-of-another',
    packages: [{ name: 'broken', scripts: { postinst: 'if [ "$1" = configure ]; then\n\techo "UMASK 000" >> /etc/login.defs\nfi' } }],
  },
  {
    name: 'deletes-the-file-of-another',
    isVariation: true,
    packages: [{ name: 'broken', scripts: { postinst: 'rm -f /etc/issue.net' } }],
  },
  {
    name: 'writes-below-usr',
    isVariation: true,
    packages: [
      {
        name: 'broken',
        scripts: { postinst: 'mkdir -p /usr/share/broken\ndate > /usr/share/broken/index', postrm: 'rm -rf /usr/share/broken' },
      },
    ],
  },
  { name: 'link-to-nothing', packages: [{ name: 'broken', links: { 'usr/bin/broken-view': 'broken-viewer' } }] },
];
