import { inertLine } from '@release-kit/action';
import type { Category } from '../category.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { evidenceOf } from './evidence.ts';
import { type Leftover, type Leftovers, leftoversOf } from './leftover.ts';
import type { Snapshot } from './snapshot.ts';

/** What the purge left, as a problem for each way in which it did. */
export async function judgeLeftovers(
  { manager, run, config }: Pick<Session, 'manager' | 'run' | 'config'>,
  before: Snapshot,
  after: Snapshot,
): Promise<Finding & { readonly leftovers: Leftovers }> {
  const places = placesOfServices(before, after);
  const owners = await manager.ownersOf(run, places);
  const leftovers = leftoversOf(before, after, {
    managed: manager.ownFiles,
    allowed: config.smoke.allow.leftovers,
    foreign: new Set(owners.keys()),
  });
  return { leftovers, note: noteOfLeftovers(leftovers), problems: problemsOfLeftovers(leftovers.found) };
}

/** How many owners are asked for. */
const mostAsked = 200;

// Where packages put something for others, as into a folder of /etc.
const dropIns = /^\/var\/(?:lib\/(?:dpkg|systemd)|spool\/cron)(?:\/|$)/;

/** Folders that were there before and in which something is new, where services keep their data: those may be of other packages' services. */
function placesOfServices(before: Snapshot, after: Snapshot): readonly string[] {
  const folders = new Set<string>();
  for (const path of after.entries.keys()) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (before.entries.has(path) || !before.entries.has(folder) || dropIns.test(folder)) continue;
    if (/^\/var\/(?:lib|log|cache|spool)\/[^/]+/.test(folder)) folders.add(folder);
  }
  // Each is an argument; what is not asked for counts as the packages'.
  return [...folders].sort().slice(0, mostAsked);
}

const words = {
  path: '',
  changed: 'changed: ',
  vanished: 'vanished: ',
  diversion: 'dpkg: ',
  override: 'dpkg-statoverride: ',
  answer: 'debconf: ',
  registry: 'ucf: ',
  package: 'dpkg: ',
  unit: 'systemd: ',
  mount: 'mounted: ',
  process: 'still running: ',
} as const satisfies Readonly<Record<Leftover['kind'], string>>;

/** One problem for all that stayed, and one for all that changed; the most telling of each is in its message. */
export function problemsOfLeftovers(found: readonly Leftover[]): readonly Problem[] {
  const isChange = ({ kind }: Leftover): boolean => kind === 'changed' || kind === 'vanished';
  const problem = (category: Category, list: readonly Leftover[], what: string): readonly Problem[] => {
    const [first, ...others] = list;
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    const path = pathIn(first);
    return [
      {
        category,
        message: `${nameOfLeftover(first)}${more} ${what}`,
        cure: first.cure,
        evidence: evidenceOf(list.map((each) => ({ line: lineOf(each), cure: each.cure }))),
        ...(path === undefined ? {} : { subject: { kind: 'path', path } as const }),
      },
    ];
  };
  // What a diversion renames is new and changed as well, and goes with it.
  const stayed = found.filter((each) => !isChange(each));
  const ordered = [...stayed.filter(({ kind }) => kind === 'diversion'), ...stayed.filter(({ kind }) => kind !== 'diversion')];
  return [
    ...problem('left-behind', ordered, 'stayed behind after the purge'),
    ...problem('changed-behind', found.filter(isChange), 'is not as before the installation'),
  ];
}

/** A diversion is told in words: `diversion of /etc/issue to …`. */
function pathIn({ kind, what }: Leftover): string | undefined {
  return kind === 'diversion' ? /(\/.*?) to \//s.exec(what)?.[1] : /^\/.*/s.exec(what)?.[0];
}

const names = {
  path: '',
  changed: '',
  vanished: '',
  diversion: 'the ',
  override: 'the override of dpkg-statoverride ',
  answer: 'the answer of debconf to ',
  registry: 'the record of ucf ',
  package: 'the state of the package ',
  unit: 'the unit ',
  mount: 'the file system mounted at ',
  process: 'the process ',
} as const satisfies Readonly<Record<Leftover['kind'], string>>;

/** For a sentence. */
function nameOfLeftover({ kind, what, how }: Leftover): string {
  return `${names[kind]}${inertLine(what)}${kind === 'process' && how !== undefined ? ` ${inertLine(how)}` : ''}`;
}

function lineOf({ kind, what, how, below }: Leftover): string {
  const more = [...(how === undefined ? [] : [inertLine(how)]), ...(below === 0 ? [] : [`and ${below} below it`])].join(', ');
  return `${words[kind]}${inertLine(what)}${more === '' ? '' : ` (${more})`}`;
}

function noteOfLeftovers({ found, accounts, noted }: Leftovers): string {
  const said =
    found.length === 0
      ? 'nothing stayed behind'
      : `${found.length === 1 ? 'one thing' : `${found.length} things`} stayed behind or changed`;
  const kept = accounts.length === 0 ? '' : `; kept, as Debian allows: ${accounts.map(inertLine).join(', ')}`;
  const shown = noted.slice(0, 3).map(({ kind, what }) => `${words[kind]}${inertLine(what)}`);
  const more = noted.length > shown.length ? ` and ${noted.length - shown.length} more` : '';
  const passed = shown.length === 0 ? '' : `; no failure: ${shown.join(', ')}${more}`;
  return `${said}${kept}${passed}`;
}
