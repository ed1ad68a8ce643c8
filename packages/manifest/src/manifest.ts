/** What a file is; decides who picks it up: lintian, smoke tests, checksums, releases. */
export type FileKind = 'deb' | 'ddeb' | 'udeb' | 'changes' | 'buildinfo' | 'dsc' | 'source';

export interface ManifestFile {
  readonly kind: FileKind;
  /** Relative to the manifest's own folder: a plain file name, no folders. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** The binary package of a deb; the source package of anything else. */
  readonly package: string;
  /** Debian version, epoch included. */
  readonly version: string;
  /** `amd64`, `all`, `source`, or for .changes and .buildinfo the architecture that was built. */
  readonly architecture: string;
  /** `debian:12` */
  readonly distribution: string;
}

/** A source package. */
export interface ManifestSource {
  readonly package: string;
  readonly version: string;
}

/**
 * The one thing jobs hand to each other besides files (DESIGN 4). A flat list, so that the manifests of a matrix
 * are merged by joining their files. Written with sorted keys and files: same build, same bytes.
 */
export interface Manifest {
  readonly schema: 1;
  /** Seconds since 1970 of the changelog's newest entry. */
  readonly sourceDateEpoch: number;
  /** The source packages that the files were built from: one, or in a merged manifest several, sorted by name and version. */
  readonly sources: readonly ManifestSource[];
  readonly files: readonly ManifestFile[];
}
