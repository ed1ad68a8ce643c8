/** A unit that packages bring. */
export interface PackagedUnit {
  /** `hello.service` */
  readonly name: string;
  /** Where its file, or the link of an alias, is. */
  readonly path: string;
  readonly package: string;
  /** Whose manager runs it: the system's, or that of each user who is logged in. */
  readonly manager: 'system' | 'user';
  /** `x@.service`: only an instance of it, such as `x@a.service`, can be started. */
  readonly isTemplate: boolean;
}

const kinds = 'service|socket|timer|path|mount|automount|target|slice|swap|device';
// systemd.unit(5), "Unit File Load Path": what packages may use of it. Before systemd moved, its folder was in /lib.
const pattern = new RegExp(`^(?:/usr)?/lib/systemd/(system|user)/([A-Za-z0-9:_.\\\\@-]{1,200}\\.(?:${kinds}))$`);

/** The units among installed paths, sorted by name; one that is there by two paths counts once. Drop-ins are none. */
export function packagedUnits(paths: readonly { readonly path: string; readonly package: string }[]): readonly PackagedUnit[] {
  const found = new Map<string, PackagedUnit>();
  for (const { path, package: owner } of paths) {
    const [, manager, name] = pattern.exec(path) ?? [];
    if (name === undefined || (manager !== 'system' && manager !== 'user')) continue;
    found.set(`${manager} ${name}`, { name, path, package: owner, manager, isTemplate: /@\.[a-z]+$/.test(name) });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * The units that systemd makes of init scripts (systemd-sysv-generator(8)) that no unit of the packages stands for. One of another package
 * may: such a name is a service of an init script only where systemd says that it is generated.
 */
export function initScriptUnits(
  paths: readonly { readonly path: string; readonly package: string }[],
  packaged: readonly PackagedUnit[],
): readonly PackagedUnit[] {
  const known = new Set(packaged.filter(({ manager }) => manager === 'system').map(({ name }) => name));
  return paths.flatMap(({ path, package: owner }) => {
    const script = /^\/etc\/init\.d\/([A-Za-z0-9_][A-Za-z0-9:_.-]{0,200})$/.exec(path)?.[1];
    const name = `${script?.replace(/\.sh$/, '')}.service`;
    return script === undefined || known.has(name) ? [] : [{ name, path, package: owner, manager: 'system', isTemplate: false }];
  });
}

/** The instances of packaged templates among units that systemd has loaded. */
export function instancesAmong(loaded: readonly string[], packaged: readonly PackagedUnit[]): readonly string[] {
  const templates = new Set(packaged.filter(({ manager, isTemplate }) => manager === 'system' && isTemplate).map(({ name }) => name));
  return loaded.filter((unit) => /@.+\.[a-z]+$/s.test(unit) && templates.has(unit.replace(/@.*(?=\.[a-z]+$)/s, '@')));
}

/** `x@.service` and `a` make `x@a.service`. */
export function instanceOf(template: string, instance: string): string {
  return template.replace('@.', () => `@${instance}.`);
}

/** Names of units that can be started, of the kinds that packages start, among paths. */
export function unitsIn(paths: readonly string[]): readonly string[] {
  return packagedUnits(paths.map((path) => ({ path, package: '' })))
    .filter(({ name, manager, isTemplate }) => manager === 'system' && !isTemplate && /\.(?:service|socket|timer|path)$/.test(name))
    .map(({ name }) => name);
}
