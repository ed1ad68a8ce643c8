/** The section `changelog`: what a project decides once about versions, notes and changelogs. Paths are relative to the root of the repository. */
export interface ChangelogConfig {
  /** Pattern of release tags with one star where the version stands; undefined: `v*`. */
  readonly tags: string | undefined;
  /** Packages with versions of their own; none: the repository is one. */
  readonly packages: readonly ChangelogPackage[];
  /** Version of the first release. */
  readonly firstVersion: string;
  /** What commits raise while the major version is 0. */
  readonly zero: { readonly breaking: 'minor' | 'major'; readonly feature: 'patch' | 'minor' };
  /** Type of commits, in lower case -> what one asks for, where that is not the habit. */
  readonly types: Readonly<Record<string, VersionPart>>;
  /** Words that stand where the type does -> the type that each counts as. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Of the notes; undefined: the usual ones. */
  readonly sections: readonly ChangelogSection[] | undefined;
  /** Whether the message of a squash is one change, or each bullet of its list. */
  readonly squashes: 'title' | 'expand';
  /** Commits that follow no convention are listed by the titles of their pull requests. */
  readonly pullRequestTitles: boolean;
  /** Notes name those who wrote commits. */
  readonly contributors: boolean;
  /** And say whose first contribution it is, for which the whole history is read. */
  readonly firstTimers: boolean;
  readonly links: ChangelogLinks;
  /** File that names the next version. */
  readonly versionFile: string | undefined;
  readonly files: ChangelogFiles;
  readonly debian: DebianChangelogConfig;
  readonly bump: BumpConfig;
  readonly announcements: AnnouncementConfig;
}

/** What a version may be raised by. */
export type VersionPart = 'none' | 'patch' | 'minor' | 'major';

export interface ChangelogPackage {
  readonly name: string;
  /** Of its folder; '' for the root. */
  readonly path: string;
  readonly tags: string;
  /** In place of `files` of the section. */
  readonly files: ChangelogFiles | undefined;
  /** In place of `bump` of the section. */
  readonly bump: BumpConfig | undefined;
}

export interface ChangelogSection {
  readonly title: string;
  readonly types: readonly string[];
  readonly hidden: boolean;
}

/** Where pages are; a pattern that is undefined is GitHub's. */
export interface ChangelogLinks {
  /** Of the repository, such as https://example.org/owner/name; `none`: no links; undefined: found out. */
  readonly address: string | undefined;
  readonly commit: string | undefined;
  readonly number: string | undefined;
  readonly compare: string | undefined;
  readonly history: string | undefined;
  readonly release: string | undefined;
}

/** What a release is written into when it is prepared; relative to the folder of the package. */
export interface ChangelogFiles {
  readonly changelog: string | undefined;
  readonly debianChangelog: string | undefined;
  readonly appstream: string | undefined;
  readonly json: string | undefined;
}

export interface DebianChangelogConfig {
  readonly distribution: string | undefined;
  readonly urgency: DebianUrgency | undefined;
  /** `Name <address>` */
  readonly maintainer: string | undefined;
  /** Which numbers of closing footers are Debian's bugs. */
  readonly closes: 'large' | 'all' | 'none';
}

export type DebianUrgency = 'low' | 'medium' | 'high' | 'emergency' | 'critical';

export interface BumpConfig {
  /** Files that hold the version, relative to the folder of the package; undefined: those that do by habit. */
  readonly files: readonly string[] | undefined;
  /** Names of packages in this repository that get the same version. */
  readonly names: readonly string[];
}

export interface AnnouncementConfig {
  /** What the project is called; undefined: the name of its repository. */
  readonly project: string | undefined;
  readonly templates: Readonly<Partial<Record<AnnouncementForm, AnnouncementTemplate>>>;
}

export type AnnouncementForm = 'issue' | 'discussion' | 'chat' | 'mail';

export interface AnnouncementTemplate {
  /** A template itself, on one line. */
  readonly title: string | undefined;
  /** File of the template. */
  readonly body: string | undefined;
}
