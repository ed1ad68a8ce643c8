import { covers, type SourceEntry } from './apt-sources.ts';
import type { AddedEntry, EntryLimit } from './apt-sources-edit.ts';

/** One suite of one entry of the distribution's own archive, and who serves packages of the wanted architecture for it. */
export interface SuiteProbe {
  readonly entry: SourceEntry;
  readonly suite: string;
  /** Whether the entry's own archive has them. */
  readonly served: boolean;
  /** Another archive that has them; undefined when none is known, or none was looked for. */
  readonly elsewhere: string | undefined;
  /** Who was asked and had nothing, and what was said, for people: `ADDRESS (404 Not Found)`. */
  readonly refusals: readonly string[];
}

/** What is known before anyone else is asked. */
export type AskedSuite = Pick<SuiteProbe, 'entry' | 'suite' | 'served'>;

export interface SourcesPlan {
  /** Entries that must not be asked for the new architecture: their archive promises it and has it not, so apt would fail. */
  readonly limits: readonly EntryLimit[];
  readonly added: readonly AddedEntry[];
  /** Suites that nobody serves for the architecture. */
  readonly missing: readonly SuiteProbe[];
}

/** Whether something else has to be asked for this suite: its own archive has nothing, and no other entry brings it. */
export function needsAnother(probe: AskedSuite, all: readonly AskedSuite[], architecture: string): boolean {
  return !all.some(
    (other) => other.suite === probe.suite && other.served && covers(other.entry, architecture) && bringsAll(other.entry, probe.entry),
  );
}

const bringsAll = (other: SourceEntry, one: SourceEntry): boolean =>
  one.components.every((component) => other.components.includes(component));

/**
 * What makes apt bring packages of one more architecture. Only entries of the distribution's own archive are touched, and only those
 * whose archive lacks the architecture: a stranger's archive says in its Release file what it has, and apt passes over the rest.
 *
 * @param present the architectures dpkg knows without the new one, its own first
 * @param keyring where the distribution's keys are, for entries that name none; undefined when apt trusts them anyhow
 */
export function planSources(
  architecture: string,
  probes: readonly SuiteProbe[],
  present: readonly string[],
  keyring: string | undefined,
): SourcesPlan {
  const failing = [...new Set(probes.filter(({ served }) => !served).map(({ entry }) => entry))];
  const limits = failing.filter((entry) => covers(entry, architecture)).flatMap((entry) => limitOf(entry, architecture, present));
  const needed = probes.filter((probe) => needsAnother(probe, probes, architecture));
  const added: AddedEntry[] = [];
  for (const { entry, suite, served, elsewhere } of needed) {
    const uris = served ? entry.uris : elsewhere === undefined ? [] : [elsewhere];
    if (uris.length === 0) continue;
    const signedBy = entry.signedBy.length > 0 || keyring === undefined ? entry.signedBy : [keyring];
    add(added, { uris, suites: [suite], components: entry.components, signedBy });
  }
  return { limits, added, missing: needed.filter(({ served, elsewhere }) => !served && elsewhere === undefined) };
}

/** An entry without architectures means all of them, so one that was for the new architecture alone is left as it is. */
function limitOf(entry: SourceEntry, architecture: string, present: readonly string[]): readonly EntryLimit[] {
  const architectures = (entry.architectures ?? present).filter((name) => name !== architecture && !entry.excluded.includes(name));
  return architectures.length === 0 ? [] : [{ entry, architectures }];
}

/** Suites of the same archive, with the same components and keys, share a stanza. */
function add(added: AddedEntry[], one: AddedEntry): void {
  const same = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');
  const index = added.findIndex(
    (other) => same(other.uris, one.uris) && same(other.components, one.components) && same(other.signedBy, one.signedBy),
  );
  const found = added[index];
  if (found === undefined) added.push(one);
  else if (one.suites.some((suite) => !found.suites.includes(suite))) added[index] = { ...found, suites: [...found.suites, ...one.suites] };
}
