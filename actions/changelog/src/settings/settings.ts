import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Host, type InputsOf, UserError } from '@release-kit/action';
import { type BumpConfig, type Config, findConfig, loadConfig, rootOf } from '@release-kit/config';
import type { Git } from '@release-kit/git';
import {
  defaultSections,
  type Grammar,
  knownTypes,
  type NotesStyle,
  notesSections,
  type ReleaseStep,
  type VersionRules,
} from '@release-kit/history';
import { withHabitualChangelog } from '../bump/habitual-changelog.ts';
import type { spec } from '../spec.ts';
import { type Pages, pagesOf } from './links.ts';
import { type ChosenPackage, choosePackage, placed } from './package-choice.ts';
import { type NamedVersion, namedVersion } from './version-file.ts';
import { type Writing, writingOf } from './writing.ts';

export type Inputs = InputsOf<typeof spec>;

/** What was asked for: the inputs, and the configuration where they say nothing. */
export interface Settings {
  readonly config: Config;
  /** Folder that paths of the configuration are relative to, absolute. */
  readonly root: string;
  readonly package: ChosenPackage;
  /** All packages of the repository; only that one where it is one. */
  readonly packages: readonly ChosenPackage[];
  readonly step: ReleaseStep;
  readonly rules: VersionRules;
  readonly named: NamedVersion;
  readonly grammar: Grammar;
  readonly squashes: 'title' | 'expand';
  readonly pullRequestTitles: boolean;
  readonly firstTimers: boolean;
  readonly style: NotesStyle;
  /** undefined: links are not wanted, or nobody knows where they would lead. */
  readonly pages: Pages | undefined;
  /** What the project is called. */
  readonly project: string;
  /** Which files get the next version. */
  readonly bump: BumpConfig;
  readonly writing: Writing;
}

/** Reads the configuration and completes the inputs. Throws E_CONFIG, E_INPUT, E_PATH or E_TAG for what does not fit together. */
export async function readSettings(inputs: Inputs, git: Git, host: Host): Promise<Settings> {
  const file = inputs.config ?? (await findConfig(inputs.source)) ?? (await findConfig(git.checkout));
  const config = await loadConfig(file, host.files.workspace);
  const root = file === undefined ? git.checkout : rootOf(file);
  const { changelog } = config;
  const { chosen, packages } = choosePackage(inputs, config);
  const own = changelog.packages.find(({ name }) => name === chosen.name);
  const pages = await pagesOf(config, git, host);
  const folder = join(root, chosen.path);
  const bump = { ...(own?.bump ?? changelog.bump), ...(inputs.bumpFiles.length === 0 ? {} : { files: inputs.bumpFiles }) };
  const named = own?.files ?? changelog.files;
  const files = inputs.mode === 'bump' || inputs.mode === 'pull-request' ? withHabitualChangelog(named, bump, { root, folder }) : named;
  const isDebian =
    inputs.debianChangelog !== undefined || files.debianChangelog !== undefined || existsSync(join(folder, 'debian/changelog'));
  return {
    config,
    root,
    package: chosen,
    packages,
    step: stepOf(inputs),
    rules: { zero: changelog.zero, types: new Map(Object.entries(changelog.types)), first: changelog.firstVersion },
    named: await namedVersion(inputs, config, root),
    grammar: grammarOf(config),
    squashes: inputs.squashes ?? changelog.squashes,
    pullRequestTitles: inputs.pullRequestTitles || changelog.pullRequestTitles,
    firstTimers: inputs.firstTimers || changelog.firstTimers,
    style: styleOf(config, pages, isDebian),
    pages,
    project: changelog.announcements.project ?? projectName(chosen, pages, git),
    bump,
    writing: writingOf(inputs, config, { root, folder, files }),
  };
}

function stepOf({ pre, promote }: Inputs): ReleaseStep {
  if (pre !== undefined && promote)
    throw new UserError('E_INPUT', 'pre and promote exclude each other: a pre-release is made, or becomes stable', {
      cure: 'Give one of them.',
    });
  if (promote) return { kind: 'promotion' };
  return pre === undefined ? { kind: 'stable' } : { kind: 'pre-release', channel: pre };
}

/** Every type that the project names anywhere is one that it knows. */
function grammarOf({ changelog: { aliases, types, sections } }: Config): Grammar {
  const named = (sections ?? []).flatMap((section) => section.types).filter((type) => type !== '!' && type !== '*');
  return {
    aliases: new Map(Object.entries(aliases)),
    types: new Set([...knownTypes, ...Object.keys(types), ...Object.values(aliases), ...named]),
  };
}

/** Only a project that has a debian/changelog closes bugs of Debian. */
function styleOf({ changelog, place }: Config, pages: Pages | undefined, isDebian: boolean): NotesStyle {
  const { sections, contributors, debian } = changelog;
  return {
    sections: sections === undefined ? defaultSections : placed(() => notesSections(sections), place('changelog.sections')),
    links: pages?.links,
    contributors,
    debianBugs: isDebian ? debian.closes : 'none',
  };
}

function projectName({ name }: ChosenPackage, pages: Pages | undefined, { checkout }: Git): string {
  return name || pages?.name || checkout.split('/').findLast((part) => part !== '') || 'the project';
}
