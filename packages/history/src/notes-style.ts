import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import type { ParsedCommit } from './commit.ts';
import type { DebianBugs } from './debian-bug.ts';
import type { RepositoryLinks } from './repository-links.ts';

/** One heading of notes and the commits below it. */
export interface NotesSection {
  readonly title: string;
  /** Lower case. `!` stands for all that breaks, `revert` for git's reverts as well, `*` for what no other section takes. */
  readonly types: readonly string[];
  /** Its commits are counted, not listed. */
  readonly hidden?: boolean;
}

export interface NotesStyle {
  /** From `notesSections`. */
  readonly sections: readonly NotesSection[];
  readonly links: RepositoryLinks | undefined;
  /** Names those who wrote commits, first-timers apart. */
  readonly contributors: boolean;
  /** Which numbers of closing footers are no issues of the repository; `none` when it is not given. */
  readonly debianBugs?: DebianBugs;
}

const breaking: NotesSection = { title: 'Breaking changes', types: ['!'] };
const rest: NotesSection = { title: 'Other changes', types: ['*'] };

/** What notes look like when a project says nothing. */
export const defaultSections: readonly NotesSection[] = [
  breaking,
  { title: 'Features', types: ['feat', 'feature'] },
  { title: 'Fixes', types: ['fix'] },
  { title: 'Performance', types: ['perf'] },
  { title: 'Reverts', types: ['revert'] },
  { title: 'Documentation', types: ['docs'] },
  { title: 'Maintenance', types: ['build', 'chore', 'ci', 'refactor', 'style', 'test', 'tests'] },
  rest,
];

export const defaultStyle: NotesStyle = { sections: defaultSections, links: undefined, contributors: true };

/**
 * The sections a project wants, made complete: what breaks comes first and is never hidden, and there is a place for
 * every commit, so that none is lost. Throws E_CONFIG for a title that is empty and for a type that two sections want.
 */
export function notesSections(wanted: readonly NotesSection[]): readonly NotesSection[] {
  const owners = new Map<string, string>();
  for (const { title, types } of wanted) {
    if (title.trim() === '') throw new UserError('E_CONFIG', 'a section of the notes has no title');
    for (const type of types) {
      if (type !== type.toLowerCase()) throw wrongType(type, `is never found: types of commits are compared in lower case`);
      const owner = owners.get(type);
      if (owner !== undefined) throw wrongType(type, `is wanted by the sections ${inertLine(owner)} and ${inertLine(title)}`);
      owners.set(type, title);
    }
  }
  const others = wanted.filter(({ types }) => !types.includes('!'));
  const first = wanted.find(({ types }) => types.includes('!')) ?? breaking;
  return [{ ...first, hidden: false }, ...others, ...(owners.has('*') ? [] : [rest])];
}

function wrongType(type: string, problem: string): UserError {
  return new UserError('E_CONFIG', `the type ${inertLine(type)} of the notes ${problem}`);
}

/** Says of a commit which section takes it, and whether its type has a section of its own. */
export interface Sorter {
  readonly sectionOf: (commit: ParsedCommit) => NotesSection;
  readonly isKnown: (commit: ParsedCommit) => boolean;
}

/** Built once for many commits. */
export function sorterOf(sections: readonly NotesSection[]): Sorter {
  const owners = new Map(sections.flatMap((section) => section.types.map((type) => [type, section] as const)));
  const other = owners.get('*') ?? rest;
  const isKnown = ({ type }: ParsedCommit): boolean => type !== undefined && type !== 'revert' && owners.has(type);
  return {
    isKnown,
    sectionOf({ breaking: breaks, kind, type }) {
      if (breaks !== undefined) return owners.get('!') ?? breaking;
      return owners.get(kind === 'revert' ? 'revert' : (type ?? '*')) ?? other;
    },
  };
}
