import type { Host } from '@release-kit/action';
import type { LoggedCommit } from '@release-kit/git';
import type { PackagePlace, Reading, ReleaseStep, TaggedPackage, VersionRules } from '@release-kit/history';
import type { Inputs, Settings } from './settings/settings.ts';
import type { NamedVersion } from './settings/version-file.ts';

/** Where a package is, and what its tags look like. */
export type ProjectPackage = PackagePlace & TaggedPackage;

/** What is asked of a history; nothing in it comes from the checkout but the file that names a version. */
export interface HistoryRequest {
  /** The newest commit, as people name it. */
  readonly to: string;
  /** What the notes are compared with; undefined: the baseline of the version. */
  readonly from: string | undefined;
  /** Of the event that started the run (GITHUB_REF): a tag in it says which release HEAD is. */
  readonly ref: string | undefined;
  /** Whose releases are asked for; one of `packages`. */
  readonly package: ProjectPackage;
  readonly packages: readonly ProjectPackage[];
  readonly step: ReleaseStep;
  /** Named by a person, in the input or in a file. */
  readonly named: NamedVersion;
  readonly rules: VersionRules;
  readonly reading: Reading;
  /** Whether it has to be found out whose first contribution it is, for which more of the history is read. */
  readonly firstTimers: boolean;
  /** Whether the commits since the last release are told where no version can follow it, too: a history is whole with them. */
  readonly withoutVersion?: boolean;
  /** On top of the newest commit, newest first: what a merge would make, to see beforehand what comes of it. */
  readonly pending?: readonly LoggedCommit[];
}

/** What the inputs and the settings ask. */
export function historyRequest({ to, from, mode }: Pick<Inputs, 'to' | 'from' | 'mode'>, settings: Settings, host: Host): HistoryRequest {
  const { step, named, rules, grammar, squashes, firstTimers, package: chosen, packages } = settings;
  const reading = { grammar, squashes };
  const withoutVersion = mode === 'notes' && settings.writing.full;
  return { to, from, ref: host.github.ref, package: chosen, packages, step, named, rules, reading, firstTimers, withoutVersion };
}
