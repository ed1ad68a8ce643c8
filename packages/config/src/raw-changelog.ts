import type { AnnouncementForm, AnnouncementTemplate, ChangelogLinks, DebianChangelogConfig, VersionPart } from './changelog-config.ts';

/** The section `changelog` as the schema let it through. */
export interface RawChangelog {
  readonly tags?: string;
  readonly packages?: readonly RawChangelogPackage[];
  readonly 'first-version'?: string;
  readonly zero?: { readonly breaking?: 'minor' | 'major'; readonly feature?: 'patch' | 'minor' };
  readonly types?: Readonly<Record<string, VersionPart>>;
  readonly aliases?: Readonly<Record<string, string>>;
  readonly sections?: readonly { readonly title: string; readonly types: readonly string[]; readonly hidden?: boolean }[];
  readonly squashes?: 'title' | 'expand';
  readonly 'pull-request-titles'?: boolean;
  readonly contributors?: boolean;
  readonly 'first-timers'?: boolean;
  readonly links?: Partial<ChangelogLinks>;
  readonly 'version-file'?: string;
  readonly files?: RawChangelogFiles;
  readonly debian?: Partial<DebianChangelogConfig>;
  readonly bump?: RawBump;
  readonly announcements?: { readonly project?: string } & Partial<Record<AnnouncementForm, Partial<AnnouncementTemplate>>>;
}

export interface RawChangelogPackage {
  readonly name: string;
  readonly path: string;
  readonly tags: string;
  readonly files?: RawChangelogFiles;
  readonly bump?: RawBump;
}

export interface RawChangelogFiles {
  readonly changelog?: string;
  readonly debian?: string;
  readonly appstream?: string;
  readonly json?: string;
}

export interface RawBump {
  readonly files?: readonly string[];
  readonly names?: readonly string[];
}
