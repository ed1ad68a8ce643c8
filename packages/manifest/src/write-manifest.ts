import { writeWhole } from '@release-kit/action/whole-file';
import { digestText } from './digest.ts';
import type { Manifest } from './manifest.ts';
import { checkManifest } from './read-manifest.ts';

/**
 * Writes a manifest and returns its SHA-256. The same manifest makes the same bytes: keys sorted, files sorted by path, sources by name and version.
 * It is written beside its name and renamed, so that a full disk or a kill leaves the old one, or none. Throws E_MANIFEST, and as writeWhole.
 */
export async function writeManifest(file: string, manifest: Manifest): Promise<string> {
  const text = formatManifest(await checkManifest(manifest, file));
  await writeWhole(file, text);
  return digestText(text);
}

/** The bytes of a manifest. */
export function formatManifest(manifest: Manifest): string {
  // By code unit: the order must not depend on the locale.
  const files = manifest.files.toSorted((a, b) => order(a.path, b.path));
  const sources = manifest.sources.toSorted((a, b) => order(a.package, b.package) || order(a.version, b.version));
  return `${JSON.stringify({ ...manifest, sources, files }, sortKeys, 2)}\n`;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
