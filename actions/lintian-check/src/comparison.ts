import type { Place } from '@release-kit/action';
import type { BaselineEntry } from './baseline.ts';
import { type FailOn, type Finding, failingFindings, type Tool } from './finding.ts';
import type { CheckedFile, Comparison, PastFinding, StaleEntry } from './lint-result.ts';
import { currentName, keyOf, pastOf, type RenamedTags } from './past-finding.ts';
import type { Placed } from './placed.ts';
import { sideTools } from './side-report.ts';

/** Findings of before, from one source. */
export interface Known {
  /** For a person: `the baseline debian/lintian-baseline`. */
  readonly name: string;
  /** `count`: how many of it each checked file had. */
  readonly entries: readonly KnownEntry[];
}

/** `place`: of a line in a baseline. */
export type KnownEntry = Pick<BaselineEntry, 'past' | 'count'> & { readonly place?: Place };

export interface Compared {
  readonly placed: readonly Placed[];
  readonly comparison: Comparison | undefined;
}

export interface Checked {
  readonly files: readonly CheckedFile[];
  /** What ran: entries of other tools are neither gone nor stale. */
  readonly tools: ReadonlySet<Tool>;
}

/**
 * Tells which findings were there before. Of n equal findings in a checked file as many are existing as the richest of the sources
 * knows; the others are new, those on changed lines first, then the last ones. Findings that are not open have no standing.
 * Only of packages that were checked now can something be fixed.
 */
export function compareFindings(placed: readonly Placed[], known: readonly Known[], checked: Checked, renamed: RenamedTags): Compared {
  if (known.length === 0) return { placed, comparison: undefined };
  const allowed = allowances(known, renamed);
  const keyed = placed.filter(({ finding }) => isCompared(finding)).map((one) => ({ one, key: keyOf(pastOf(one.finding.hint, renamed)) }));
  const groups = Map.groupBy(keyed, ({ one: { finding }, key }) => `${finding.distribution}\n${finding.file}\n${key}`);
  const existing = new Set<Placed>();
  const most = new Map<string, number>();
  for (const group of groups.values()) {
    const key = group[0]?.key ?? '';
    most.set(key, Math.max(most.get(key) ?? 0, group.length));
    const oldFirst = group.map(({ one }) => one).toSorted((a, b) => Number(a.changed === true) - Number(b.changed === true));
    for (const one of oldFirst.slice(0, allowed.get(key)?.count ?? 0)) existing.add(one);
  }
  const wasChecked = whoChecked(checked);
  const fixed = [...allowed].flatMap(([key, { past, count }]) =>
    wasChecked(past) ? Array.from({ length: Math.max(0, count - (most.get(key) ?? 0)) }, () => past) : [],
  );
  return {
    placed: placed.map((one) => (isCompared(one.finding) ? { ...one, standing: existing.has(one) ? 'existing' : 'new' } : one)),
    comparison: { with: known.map(({ name }) => name).join(' and '), fixed, stale: staleOf(known, fixed, renamed) },
  };
}

/** Marks the findings that fail the step: at or above `failOn` whatever was there before, at or above `failOnNew` when they were not. */
export function markFailing(placed: readonly Placed[], failOn: FailOn, failOnNew: FailOn): readonly Placed[] {
  const failing = new Set([
    ...failingFindings(
      placed.map(({ finding }) => finding),
      failOn,
    ),
    ...failingFindings(
      placed.filter(({ standing }) => standing !== 'existing').map(({ finding }) => finding),
      failOnNew,
    ),
  ]);
  return placed.map((one) => ({ ...one, fails: failing.has(one.finding) }));
}

/** Lines of a baseline of which there are fewer findings now than they say, although their package was checked. */
function staleOf(known: readonly Known[], fixed: readonly PastFinding[], renamed: RenamedTags): readonly StaleEntry[] {
  const gone = new Set(fixed.map(keyOf));
  return known.flatMap(({ entries }) =>
    entries.flatMap(({ past, place }) => (place !== undefined && gone.has(keyOf(today(past, renamed))) ? [{ past, place }] : [])),
  );
}

/** What a baseline made now says: the findings as they are, and what it said of packages that were not checked. Comments stay. */
export function baselineOf(
  findings: readonly Finding[],
  before: readonly BaselineEntry[],
  checked: Checked,
  renamed: RenamedTags,
): readonly Pick<BaselineEntry, 'past' | 'count' | 'comments'>[] {
  const comments = new Map(before.map((entry) => [keyOf(today(entry.past, renamed)), entry.comments]));
  const wasChecked = whoChecked(checked);
  const kept = before
    .map((entry) => ({ ...entry, past: today(entry.past, renamed) }))
    .filter(({ past }) => !wasChecked(past))
    .map(({ past, count, comments: own }) => ({ past, count, comments: own }));
  const now = countedFindings(findings, renamed).map((entry) => ({ ...entry, comments: comments.get(keyOf(entry.past)) ?? [] }));
  return [...kept, ...now];
}

/** Each different finding once, with the most of it that a checked file has. */
export function countedFindings(findings: readonly Finding[], renamed: RenamedTags): readonly Pick<BaselineEntry, 'past' | 'count'>[] {
  const entries = new Map<string, { past: PastFinding; perFile: Map<string, number> }>();
  for (const finding of findings.filter(isCompared)) {
    const past = pastOf(finding.hint, renamed);
    const key = keyOf(past);
    const entry = entries.get(key) ?? { past, perFile: new Map<string, number>() };
    entries.set(key, entry);
    const file = `${finding.distribution} ${finding.file}`;
    entry.perFile.set(file, (entry.perFile.get(file) ?? 0) + 1);
  }
  return [...entries.values()].map(({ past, perFile }) => ({ past, count: Math.max(...perFile.values()) }));
}

function isCompared({ status, hint }: Finding): boolean {
  return status === 'open' && hint.severity !== 'classification';
}

/** Lines of one source that tags' new names bring together add up; of two sources the larger counts. */
function allowances(
  known: readonly Known[],
  renamed: RenamedTags,
): ReadonlyMap<string, { readonly past: PastFinding; readonly count: number }> {
  const all = new Map<string, { past: PastFinding; count: number }>();
  for (const { entries } of known) {
    const own = new Map<string, { past: PastFinding; count: number }>();
    for (const { past: then, count } of entries) {
      const past = today(then, renamed);
      own.set(keyOf(past), { past, count: count + (own.get(keyOf(past))?.count ?? 0) });
    }
    for (const [key, { past, count }] of own) all.set(key, { past, count: Math.max(count, all.get(key)?.count ?? 0) });
  }
  return all;
}

function today(past: PastFinding, renamed: RenamedTags): PastFinding {
  return { ...past, tag: currentName(past.tag, renamed) };
}

function whoChecked({ files, tools }: Checked): (past: PastFinding) => boolean {
  const subjects = new Set(files.map(({ name }) => subjectOf(name)));
  return ({ package: name, type, tag }) => tools.has(toolOf(tag)) && subjects.has(`${type} ${name}`);
}

function toolOf(tag: string): Tool {
  return sideTools.find((tool) => tag.startsWith(`${tool}/`)) ?? 'lintian';
}

/** `hello_1.0_amd64.deb` -> `binary hello` */
function subjectOf(file: string): string {
  const name = file.replace(/_.*$/, '');
  if (file.endsWith('.dsc')) return `source ${name}`;
  if (file.endsWith('.changes')) return `changes ${name}`;
  if (file.endsWith('.buildinfo')) return `buildinfo ${name}`;
  return `${file.endsWith('.udeb') ? 'udeb' : 'binary'} ${name}`;
}
