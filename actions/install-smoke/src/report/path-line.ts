import { matches } from '@release-kit/action';

/** Which files of debian/ can bring about a path, the likeliest first: what a script does stands above what a list installs. */
const kinds = [
  /^(?:.+\.)?(?:postinst|preinst|postrm|prerm|config)$/,
  /^(?:.+\.)?(?:tmpfiles|sysusers|logrotate|maintscript)$/,
  /^rules$/,
  /^(?:.+\.)?(?:install|dirs|links|conffiles|docs|examples|manpages)$/,
  /^(?:.+\.)?(?:service|socket|timer|path|mount|target)$/,
] as const;

/** Names of files in debian/ that may speak of an installed path, best first. */
export function filesOfPaths(names: readonly string[]): readonly string[] {
  return kinds.flatMap((kind) => names.filter((name) => kind.test(name)).toSorted());
}

/** The line of a file of debian/, from 1, that brings about an absolute path of the installed system; undefined when none does. */
export function pathLine(name: string, text: string, path: string): number | undefined {
  const speaks = speakerOf(name, path);
  const index = text.split('\n').findIndex((line) => !line.trimStart().startsWith('#') && speaks(line, path));
  return index < 0 ? undefined : index + 1;
}

function speakerOf(name: string, path: string): (line: string, path: string) => boolean {
  if (kinds[3].test(name)) return installs;
  if (kinds[4].test(name)) return isEnabledAs(name, path) ? enables : makesFolder;
  return kinds[0].test(name) && path.startsWith('/etc/alternatives/') ? makesAlternative : names;
}

/** Whether a path is a link by which a unit is enabled, or what deb-systemd-helper(1p) notes of it; `name`: as dh_installsystemd(1) has it. */
function isEnabledAs(name: string, path: string): boolean {
  if (!/^\/etc\/systemd\/|^\/var\/lib\/systemd\/deb-systemd-(?:user-)?helper-enabled\//.test(path)) return false;
  const unit = path.slice(path.lastIndexOf('/') + 1).replace(/\.dsh-also$/, '');
  return unit === name || name.endsWith(`.${unit}`) || (!name.includes('.') && unit.endsWith(`.${name}`));
}

/** Settings of the section `[Install]`, systemd.unit(5). */
const enables = (line: string): boolean => /^\s*(?:WantedBy|RequiredBy|UpheldBy|Alias|Also)=/.test(line);

/** `update-alternatives --install LINK NAME PATH PRIORITY` */
function makesAlternative(line: string, path: string): boolean {
  return /\bupdate-alternatives\b/.test(line) && line.split(/\s+/).includes(path.slice('/etc/alternatives/'.length));
}

/** The whole path, or the same below the folder that a build installs into; not one that only begins with it. */
function names(line: string, path: string): boolean {
  for (let at = line.indexOf(path); at >= 0; at = line.indexOf(path, at + 1)) {
    const after = line.charAt(at + path.length);
    if (!/[\w.+-]/.test(after) || (after === '.' && !/\w/.test(line.charAt(at + path.length + 1)))) return true;
  }
  return false;
}

/** `SOURCE… FOLDER` of dh_install(1); a single word is installed where it lies, or is a folder of dh_installdirs(1). */
function installs(line: string, path: string): boolean {
  const words = line.trim().split(/\s+/);
  const [first = '', ...rest] = words;
  const target = rest.at(-1);
  const inside = path.slice(1);
  if (target === undefined) return trimmed(first.replace(/^debian\/tmp\//, '')) === inside || names(line, path);
  const folder = trimmed(target);
  if (folder === inside) return true;
  if (!inside.startsWith(`${folder}/`)) return false;
  const [below = ''] = inside.slice(folder.length + 1).split('/');
  return words.slice(0, -1).some((source) => matches(source.replace(/\/$/, '').split('/').at(-1) ?? '', below));
}

const trimmed = (path: string): string => path.replace(/^\/+|\/+$/g, '');

const folders = {
  StateDirectory: '/var/lib/',
  CacheDirectory: '/var/cache/',
  LogsDirectory: '/var/log/',
  ConfigurationDirectory: '/etc/',
} as const;

/** Folders that systemd makes for a unit and nobody removes; systemd.exec(5), `StateDirectory=`. */
function makesFolder(line: string, path: string): boolean {
  const [, setting = '', value = ''] = /^\s*(\w+)=(.*)$/.exec(line) ?? [];
  const above = Object.entries(folders).find(([name]) => name === setting)?.[1];
  if (above === undefined) return names(line, path);
  return value.split(/\s+/).some((word) => word !== '' && (path === `${above}${word}` || path.startsWith(`${above}${word}/`)));
}
