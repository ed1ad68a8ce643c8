import type { ReleaseMark } from './release-mark.ts';

/** A release as it is now, whoever made it. */
export interface KnownRelease {
  /** The store's own id: GitHub's number, or the folder. */
  readonly id: string;
  readonly tag: string;
  /** With what we wrote into it for ourselves. */
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  /** Tag and assets are frozen; GitHub keeps title and notes editable. */
  readonly immutable: boolean;
  /** Whether it was rolled back or yanked. */
  readonly mark: ReleaseMark | undefined;
  /** Where a person looks at it. */
  readonly url: string;
}

export interface KnownAsset {
  /** GitHub's number, or the file. */
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** undefined where the store says none, as older Enterprise Servers. */
  readonly sha256: string | undefined;
  /** Where users download it. */
  readonly url: string;
}

/** What is to be different; what is left out stays. */
export interface ReleaseChange {
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  /** Whether it is the one that is shown as the latest: always said when a release is published, never left to the time of it. */
  readonly latest?: boolean;
}

/**
 * All releases of a place, and what is done to them after their draft is complete: published, taken back, pointed to. Assets are never changed here.
 * Every method may be repeated. Throws E_TOKEN, E_GITHUB, E_RATE, E_RELEASE_EXISTS; E_TAG_MOVED of tags.
 */
export interface ReleaseCatalog {
  /** Drafts too, as far as they can be seen. */
  list(): Promise<readonly KnownRelease[]>;
  read(id: string): Promise<KnownRelease>;
  /** The id of the release that is shown as the latest. */
  latest(): Promise<string | undefined>;
  change(release: KnownRelease, change: ReleaseChange): Promise<KnownRelease>;
  /** Those that arrived whole, by name. */
  assets(release: KnownRelease): Promise<readonly KnownAsset[]>;
  content(asset: KnownAsset): Promise<AsyncIterable<Uint8Array>>;
  /** As somebody without any token gets it; undefined when nobody does, as in private repositories. */
  publicContent(asset: KnownAsset): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** The commit that a tag names; undefined when there is no such tag, or no tags at all. */
  tagCommit(tag: string): Promise<string | undefined>;
  /** Lets a tag name another commit, when it still names the one that was seen. E_TAG_MOVED. */
  pointTag(tag: string, seen: string | undefined, commit: string): Promise<void>;
}
