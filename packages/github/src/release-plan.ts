import { assetNames } from './asset-name.ts';
import type { PlannedAsset, PlannedRelease } from './release-store.ts';

/** A file as it lies in the build folder, under its true name. */
export interface ReleaseFile {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

export interface ReleaseDescription {
  readonly tag: string;
  readonly prerelease: boolean;
  readonly notes: string;
  readonly commit: string | undefined;
  readonly files: readonly ReleaseFile[];
}

/** The whole release before anything is written: final names, sizes, digests, notes; sorted by name. E_NAME, E_NAME_COLLISION. */
export function planRelease({ tag, prerelease, notes, commit, files }: ReleaseDescription): PlannedRelease {
  const finals = assetNames(files.map(({ name }) => name));
  const assets: PlannedAsset[] = files.map(({ name, file, size, sha256 }) => {
    const final = finals.get(name) ?? name;
    return { name: final, file, size, sha256, contentType: contentTypeOf(final) };
  });
  assets.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { tag, title: tag, notes: notes.replace(/\r\n/g, '\n').trimEnd(), commit, prerelease, assets };
}

/** IANA media types; what browsers should show is text. */
function contentTypeOf(name: string): string {
  if (/\.(?:d|ud|dd)eb$/.test(name)) return 'application/vnd.debian.binary-package';
  if (/\.asc$/.test(name)) return 'application/pgp-signature';
  if (/\.json$/.test(name)) return 'application/json';
  if (name === 'SHA256SUMS' || /\.(?:changes|dsc|buildinfo)$/.test(name)) return 'text/plain; charset=utf-8';
  return 'application/octet-stream';
}
