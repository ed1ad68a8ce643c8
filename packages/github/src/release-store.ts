/** A file to release, already final: name as it will be stored, size and digest as it must arrive. */
export interface PlannedAsset {
  /** The final name, safe for GitHub (which would rename others). */
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly contentType: string;
}

export interface PlannedRelease {
  readonly tag: string;
  readonly title: string;
  /** GitHub Markdown. */
  readonly notes: string;
  /** Full SHA of the commit that was built. */
  readonly commit: string | undefined;
  readonly prerelease: boolean;
  readonly assets: readonly PlannedAsset[];
}

/** What became of an asset. */
export type PutOutcome = 'uploaded' | 'kept' | 'replaced';

export interface StoredRelease {
  /** The store's own id: GitHub's number, or the folder. */
  readonly id: string;
  /** Where a person looks at it. */
  readonly url: string;
  readonly draft: boolean;
  readonly assets: readonly { readonly name: string; readonly size: number; readonly sha256: string | undefined }[];
}

/**
 * A place that keeps releases: a folder, or GitHub. One interface, one contract test that both pass.
 * Every method may be repeated: the state is read before anything is written.
 */
export interface ReleaseStore {
  /** Refuses early: published release in the way (E_RELEASE_EXISTS), token (E_TOKEN), tag (E_TAG_MOVED), limits. Writes nothing. */
  preflight(release: PlannedRelease): Promise<void>;
  /** Our draft for the tag, found or made; notes and title brought up to date, as far as nobody changed them by hand. */
  draft(release: PlannedRelease): Promise<StoredRelease>;
  /** Brings one asset to the planned content: skips, replaces on our own draft, or uploads. Two may be put at a time. */
  put(draft: StoredRelease, asset: PlannedAsset): Promise<PutOutcome>;
  /** Lists the draft again; the caller compares it with the plan. */
  read(draft: StoredRelease): Promise<StoredRelease>;
}
