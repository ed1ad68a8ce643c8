/** Where a version stands in a text: offsets in UTF-16 units, quotes not included. */
export interface VersionSpot {
  readonly start: number;
  readonly end: number;
  /** How people find it: `project.version`. */
  readonly what: string;
}

/** What else has to change with the version, such as what a package of the same project asks for. */
export interface FollowingSpot extends VersionSpot {
  readonly text: string;
}

/** What an editor finds; it changes nothing itself. */
export interface Located {
  /** The versions of the file's own; all must be the same. */
  readonly own: readonly VersionSpot[];
  /** Instead of `own`: major, minor and patch number of the one version, where each stands. */
  readonly parts?: readonly [VersionSpot, VersionSpot, VersionSpot];
  readonly following?: readonly FollowingSpot[];
  /** What a person should know, as when the version comes from elsewhere. */
  readonly remarks?: readonly string[];
}

export interface LocateRequest {
  /** Semantic version that is expected; undefined for any. */
  readonly from: string | undefined;
  /** Semantic version that is to be written. */
  readonly to: string;
  /** Packages of the same project that get the same version. */
  readonly names: ReadonlySet<string>;
  /** Ends with E_BUMP at the place of `offset`. */
  readonly fail: (offset: number, problem: string, cure?: string) => never;
}

export type Locate = (text: string, request: LocateRequest) => Located | Promise<Located>;
