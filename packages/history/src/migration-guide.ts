import { UserError } from '@release-kit/action/errors';
import { inertMarkdown } from '@release-kit/action/inert';
import semver from 'semver';
import type { ParsedCommit } from './commit.ts';
import { inertCommit } from './inert-commit.ts';
import { entryPlaces } from './notes-entries.ts';
import type { NotesStyle } from './notes-style.ts';
import type { Release } from './release.ts';

export interface VersionRange {
  /** What people have; its own changes are not told. */
  readonly from: string;
  /** What they want. */
  readonly to: string;
}

/**
 * What people must do to get from one version to another: everything that breaks, in the order of the versions, in the words of the
 * breaking footers, as inert Markdown. `releases` may come in any order; a commit is told once, and candidates only when their release is not
 * among them, since a release has all that its candidates had. Throws E_INPUT for a range that is none.
 */
export function migrationGuide(releases: readonly Release[], { from, to }: VersionRange, style: NotesStyle): string {
  const [low, high] = [versionOf(from), versionOf(to)];
  if (!semver.lt(low, high)) throw new UserError('E_INPUT', `${low} is not lower than ${high}, so nothing lies between them`);
  const steps = onTheWay(releases, low, high);
  const title = `# From ${from} to ${to}`;
  if (steps.length === 0) return `${title}\n\nNothing breaks on the way.\n`;
  return `${[title, '', ...steps.flatMap((each) => step(each, style))].join('\n').trimEnd()}\n`;
}

/** `1.4` stands for 1.4.0, and `3` for 3.0.0. */
function versionOf(text: string): string {
  const full = /^\d+(?:\.\d+)?$/.test(text) ? `${text}${text.includes('.') ? '' : '.0'}.0` : text;
  const version = semver.valid(full);
  if (version === null) throw new UserError('E_INPUT', `${JSON.stringify(text.slice(0, 100))} is no version`);
  return version;
}

interface Step {
  readonly version: string;
  readonly breaking: readonly ParsedCommit[];
}

function onTheWay(releases: readonly Release[], low: string, high: string): readonly Step[] {
  const known = releases.flatMap(({ version, commits }) => (version === undefined ? [] : [{ version, commits }]));
  const stable = new Set(known.map(({ version }) => version));
  const told = new Set<string>();
  return known
    .filter(({ version }) => semver.gt(version, low) && semver.lte(version, high))
    .filter(({ version }) => semver.prerelease(version) === null || !stable.has(semver.coerce(version)?.version ?? ''))
    .sort((a, b) => semver.compareBuild(a.version, b.version))
    .map(({ version, commits }) => {
      const breaking = commits.filter((commit) => commit.breaking !== undefined && !told.has(keyOf(commit)));
      for (const commit of breaking) told.add(keyOf(commit));
      return { version, breaking };
    })
    .filter(({ breaking }) => breaking.length > 0);
}

/** The parts of a squash share a SHA. */
function keyOf({ sha, part }: ParsedCommit): string {
  return `${sha} ${part ?? ''}`;
}

function step({ version, breaking }: Step, style: NotesStyle): readonly string[] {
  return [`## ${version}`, '', ...breaking.flatMap((commit) => [...change(commit, style), ''])];
}

function change(commit: ParsedCommit, { links }: NotesStyle): readonly string[] {
  const { breaking = '', description, scope } = commit;
  const { text, places } = entryPlaces(commit, description, links);
  const heading = `### ${scope === undefined ? '' : `${inertCommit(scope, 100)}: `}${inertCommit(text, 300) || '(no subject)'}`;
  const words = breaking === description ? ['Its author has written nothing about what to do.'] : paragraphs(breaking);
  return [heading, '', ...words.flatMap((paragraph) => [paragraph, '']), `(${places})`];
}

/** Each paragraph is one line, since lines of strangers could begin lists, code or headings. */
function paragraphs(text: string): readonly string[] {
  return (text.length > 20_000 ? `${text.slice(0, 20_000)} …` : text)
    .split(/\n\s*\n/)
    .map((paragraph) => inertMarkdown(paragraph.replace(/\s+/g, ' ').trim()))
    .filter((paragraph) => paragraph !== '');
}
