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
        start: isIn(started) ? 'yes' : left,
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
  // debhelper takes one of two actions by a variable, of which the other is that of upgrades.
  const startsByVariable = /^\s*_dh_action=start\s*$/m.test(script);
  for (const line of script.replace(/\\\n/g, ' ').split('\n')) {
    if (line.trimStart().startsWith('#')) continue;
    for (const [, command = '', rest = ''] of line.matchAll(/\b(deb-systemd-helper|deb-systemd-invoke|systemctl)\s+([^;&|>]*)/g))
      readCommand(command, rest, startsByVariable, seen);
    for (const [, name = ''] of line.matchAll(/\b(?:service|invoke-rc\.d)\s+(?:--\S+\s+)*["']?([\w@.-]+)["']?\s+(?:re)?start\b/g)) {
      add(seen.started, [withKind(name)]);
      add(seen.mentioned, [withKind(name)]);
    }
  }
}

function readCommand(command: string, rest: string, startsByVariable: boolean, seen: Seen): void {
  const words = rest.split(/\s+/).map((word) => word.replace(/^['"]|['"]$/g, ''));
  if (words.some((word) => ['--user', '--global'].includes(word))) return;
  const [verb, ...names] = words.filter((word) => word !== '' && !word.startsWith('-'));
  const units = names.filter((name) => /^[A-Za-z0-9:_.\\@-]+$/.test(name)).map(withKind);
  const starts = verb === 'start' || (command === 'systemctl' && verb === 'restart') || (verb === '$_dh_action' && startsByVariable);
  if (verb === 'debian-installed') add(seen.kept, units);
  if (verb === 'enable' || verb === 'reenable') add(seen.enabled, units);
  if (starts || (verb === 'enable' && words.includes('--now'))) add(seen.started, units);
  if (['debian-installed', 'enable', 'reenable', 'start', 'restart', 'try-restart', '$_dh_action'].includes(verb ?? ''))
    add(seen.mentioned, units);
}

/** systemctl(1) takes a name without a kind for that of a service. */
function withKind(name: string): string {
  return /\.(?:service|socket|timer|path|mount|automount|target|slice|swap|device)$/.test(name) ? name : `${name}.service`;
}
