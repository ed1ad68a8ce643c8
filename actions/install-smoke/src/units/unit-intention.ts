/** What the packaging means to do with a unit when it is installed. `unknown`: no maintainer script speaks of any unit. */
export interface UnitIntention {
  readonly enable: 'yes' | 'no' | 'unknown';
  readonly start: 'yes' | 'no' | 'unknown';
}

/** What the postinst scripts of some packages do with units. */
export interface UnitIntentions {
  readonly of: (unit: string) => UnitIntention;
}

/**
 * Reads the postinst scripts. Packages rarely say what they want of a unit anywhere else: debhelper leaves its lines there
 * (dh_installsystemd(1)), where `enable` without `debian-installed` of the same unit means that it is enabled, and `--no-enable` and
 * `--no-start` show by what is not there.
 */
export function unitIntentions(scripts: readonly string[]): UnitIntentions {
  const seen: Seen = { enabled: new Set(), kept: new Set(), started: new Set(), mentioned: new Set() };
  for (const script of scripts) readScript(script, seen);
  const { enabled, kept, started, mentioned } = seen;
  const left = mentioned.size > 0 ? 'no' : 'unknown';
  return {
    of: (unit) => {
      const names = [unit, unit.replace(/@[^.]*(?=\.[a-z]+$)/, '@')];
      const isIn = (set: ReadonlySet<string>): boolean => names.some((name) => set.has(name));
      return {
        enable: isIn(kept) ? 'no' : isIn(enabled) ? 'yes' : left,
        // A template cannot be started, only its instances.
        start: started.has(unit) ? 'yes' : left,
      };
    },
  };
}

interface Seen {
  readonly enabled: Set<string>;
  /** As they are: only enabled when they were before. */
  readonly kept: Set<string>;
  readonly started: Set<string>;
  readonly mentioned: Set<string>;
}

const add = (set: Set<string>, names: readonly string[]): void => {
  for (const name of names) set.add(name);
};

function readScript(script: string, seen: Seen): void {
  const variables = variablesOf(script);
  for (const line of script.replace(/\\\n/g, ' ').split('\n')) {
    if (line.trimStart().startsWith('#')) continue;
    for (const [, command = '', rest = ''] of line.matchAll(/\b(deb-systemd-helper|deb-systemd-invoke|systemctl)\s+([^;&|>]*)/g))
      readCommand(command, rest, variables, seen);
    for (const [, name = ''] of line.matchAll(/\b(?:service|invoke-rc\.d)\s+(?:--\S+\s+)*["']?([\w@.-]+)["']?\s+(?:re)?start\b/g)) {
      add(seen.started, [withKind(name)]);
      add(seen.mentioned, [withKind(name)]);
    }
  }
}

/** Values that a script gives to variables: debhelper takes one of two actions by `_dh_action`, and others go over lists of units. */
function variablesOf(script: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const keep = (name: string, values: readonly string[]): void => {
    found.set(name, [...(found.get(name) ?? []), ...values]);
  };
  for (const [, name = '', value = ''] of script.matchAll(/(?<![\w$])(\w+)=["']?([\w@.-]+)["']?(?![\w$])/g)) keep(name, [value]);
  for (const [, name = '', values = ''] of script.matchAll(/\bfor\s+(\w+)\s+in\s+([^;\n]+)/g)) keep(name, wordsOf(values));
  return found;
}

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).map((word) => word.replace(/^['"]|['"]$/g, ''));

function readCommand(command: string, rest: string, variables: ReadonlyMap<string, readonly string[]>, seen: Seen): void {
  const valuesOf = (word: string): readonly string[] => variables.get(/^\$\{?(\w+)\}?$/.exec(word)?.[1] ?? '') ?? [word];
  const words = wordsOf(rest);
  if (words.some((word) => ['--user', '--global'].includes(word))) return;
  const [first, ...names] = words.filter((word) => word !== '' && !word.startsWith('-'));
  const verbs = first === undefined ? [] : valuesOf(first);
  const isAny = (...wanted: readonly string[]): boolean => verbs.some((verb) => wanted.includes(verb));
  const units = names
    .flatMap(valuesOf)
    .filter((name) => /^[A-Za-z0-9:_.\\@-]+$/.test(name))
    .map(withKind);
  if (isAny('debian-installed')) add(seen.kept, units);
  if (isAny('enable', 'reenable')) add(seen.enabled, units);
  // deb-systemd-invoke restarts on upgrades; who calls systemctl by hand does so always.
  if (isAny('start') || (command === 'systemctl' && isAny('restart')) || (isAny('enable') && words.includes('--now')))
    add(seen.started, units);
  if (isAny('debian-installed', 'enable', 'reenable', 'start', 'restart', 'try-restart')) add(seen.mentioned, units);
}

/** systemctl(1) takes a name without a kind for that of a service. */
function withKind(name: string): string {
  return /\.(?:service|socket|timer|path|mount|automount|target|slice|swap|device)$/.test(name) ? name : `${name}.service`;
}
