import { plainPath } from './dh-entry.ts';

/** Where debhelper puts a file of debian/ that no list names. `*` in the path stands for the name: the package's, or one chosen by `--name`. */
interface Convention {
  /** As in debian/PACKAGE.KIND. */
  readonly kind: string;
  readonly path: string;
}

/** The tables of dh_installinit(1), dh_installsystemd(1), dh_installudev(1) and their like. */
const conventions: readonly Convention[] = [
  ...['service', 'socket', 'timer', 'path', 'mount', 'target'].flatMap((kind) => [
    { kind, path: `usr/lib/systemd/system/*.${kind}` },
    { kind: `user.${kind}`, path: `usr/lib/systemd/user/*.${kind}` },
  ]),
  { kind: 'tmpfile', path: 'usr/lib/tmpfiles.d/*.conf' },
  { kind: 'tmpfiles', path: 'usr/lib/tmpfiles.d/*.conf' },
  { kind: 'sysusers', path: 'usr/lib/sysusers.d/*.conf' },
  { kind: 'udev', path: 'usr/lib/udev/rules.d/60-*.rules' },
  { kind: 'init', path: 'etc/init.d/*' },
  { kind: 'default', path: 'etc/default/*' },
  { kind: 'cron.d', path: 'etc/cron.d/*' },
  ...['hourly', 'daily', 'weekly', 'monthly', 'yearly'].map((every) => ({ kind: `cron.${every}`, path: `etc/cron.${every}/*` })),
  { kind: 'logrotate', path: 'etc/logrotate.d/*' },
  { kind: 'pam', path: 'etc/pam.d/*' },
  { kind: 'modprobe', path: 'etc/modprobe.d/*.conf' },
  { kind: 'if-up', path: 'etc/network/if-up.d/*' },
  { kind: 'if-pre-up', path: 'etc/network/if-pre-up.d/*' },
  { kind: 'if-down', path: 'etc/network/if-down.d/*' },
  { kind: 'if-post-down', path: 'etc/network/if-post-down.d/*' },
  { kind: 'ppp.ip-up', path: 'etc/ppp/ip-up.d/*' },
  { kind: 'ppp.ip-down', path: 'etc/ppp/ip-down.d/*' },
  { kind: 'emacsen-install', path: 'usr/lib/emacsen-common/packages/install/*' },
  { kind: 'emacsen-remove', path: 'usr/lib/emacsen-common/packages/remove/*' },
  { kind: 'emacsen-startup', path: 'etc/emacs/site-start.d/50*.el' },
  { kind: 'bash-completion', path: 'usr/share/bash-completion/completions/*' },
  { kind: 'doc-base', path: 'usr/share/doc-base/*' },
  { kind: 'lintian-overrides', path: 'usr/share/lintian/overrides/*' },
  { kind: 'menu', path: 'usr/share/menu/*' },
  { kind: 'menu', path: 'usr/lib/menu/*' },
  { kind: 'mime', path: 'usr/lib/mime/packages/*' },
  { kind: 'sharedmimeinfo', path: 'usr/share/mime/packages/*.xml' },
  { kind: 'apport', path: 'usr/share/apport/package-hooks/*.py' },
  { kind: 'initramfs-hook', path: 'usr/share/initramfs-tools/hooks/*' },
  { kind: 'bug-script', path: 'usr/share/bug/*/script' },
  { kind: 'bug-control', path: 'usr/share/bug/*/control' },
  { kind: 'bug-presubj', path: 'usr/share/bug/*/presubj' },
  { kind: 'NEWS', path: 'usr/share/doc/*/NEWS.Debian' },
  { kind: 'README.Debian', path: 'usr/share/doc/*/README.Debian' },
  { kind: 'README.debian', path: 'usr/share/doc/*/README.Debian' },
  { kind: 'TODO', path: 'usr/share/doc/*/TODO.Debian' },
  { kind: 'copyright', path: 'usr/share/doc/*/copyright' },
  { kind: 'changelog', path: 'usr/share/doc/*/changelog.Debian' },
];

/** Kinds that debhelper takes from debian/KIND for every package: dh_installchangelogs(1), dh_installdocs(1). */
const shared: readonly string[] = ['changelog', 'copyright', 'NEWS'];

export interface Owner {
  readonly package: string;
  /** The first package of debian/control, which the files without a package's name belong to: debhelper(7). */
  readonly main: boolean;
}

/** The files of debian/ that would be installed as `path` (without `.gz`), best first. */
export function conventionalFiles(path: string, owner: Owner): readonly string[] {
  const plain = plainPath(path);
  const files = conventions.flatMap(({ kind, path: pattern }) => {
    const name = nameIn(pattern, plain);
    if (name === undefined) return [];
    return [...packagingFiles(kind, owner, name), ...(shared.includes(kind) ? [`debian/${kind}`] : [])];
  });
  return [...new Set(files)];
}

/** What stands for the `*` of a pattern. */
function nameIn(pattern: string, path: string): string | undefined {
  const [before = '', after = ''] = pattern.split('*');
  if (!path.startsWith(before) || !path.endsWith(after) || path.length <= before.length + after.length) return undefined;
  const name = path.slice(before.length, path.length - after.length);
  return name.includes('/') ? undefined : name;
}

/** Names of the file of one kind: debian/PACKAGE.KIND, with `name` where it is not the package's; for the main package without the package. */
export function packagingFiles(kind: string, owner: Owner, name: string = owner.package): readonly string[] {
  const own = name === owner.package ? kind : name.startsWith(`${owner.package}@`) ? undefined : `${name}.${kind}`;
  // A template unit is debian/PACKAGE@.service.
  if (own === undefined) return [`debian/${name}.${kind}`];
  return [`debian/${owner.package}.${own}`, ...(owner.main ? [`debian/${own}`] : []), ...(own === kind ? [] : [`debian/${name}.${kind}`])];
}
