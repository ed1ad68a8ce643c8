import type { ChangelogLayout, LinkReference } from './changelog-layout.ts';
import { compareAddress } from './notes.ts';
import type { NotesStyle } from './notes-style.ts';
import type { Release } from './release.ts';

const comparison = /^(.*\/compare\/)(.+?)(\.\.\.?)([^/]+)$/;

/** The file's own list of links, when it keeps one for its releases. */
function ownList({ references, sections }: ChangelogLayout): { unreleased: LinkReference | undefined; first: LinkReference | undefined } {
  const versions = new Set(sections.map(({ version }) => version));
  return {
    unreleased: references.find(({ label }) => label.toLowerCase() === 'unreleased'),
    first: references.find(({ label }) => versions.has(label.replace(/^v/, ''))),
  };
}

/** Where the reference of the new release leads; undefined when the file has no list of its own, or nobody knows an address. */
export function referenceAddress(layout: ChangelogLayout, release: Release, style: NotesStyle): string | undefined {
  const { unreleased, first } = ownList(layout);
  if (unreleased === undefined && first === undefined) return undefined;
  const known = compareAddress(release, style);
  if (known !== '') return known;
  const [, base, from, dots] = comparison.exec(unreleased?.address ?? '') ?? [];
  return base === undefined ? undefined : `${base}${from}${dots}${encodeURI(release.name)}`;
}

/**
 * Lines to put in place of others: "Unreleased" is compared with the new release from now on, and the new release's reference stands
 * above the others.
 */
export function newReferences(layout: ChangelogLayout, release: Release, style: NotesStyle, lineEnd: string): readonly [number, string][] {
  const { unreleased, first } = ownList(layout);
  const address = referenceAddress(layout, release, style);
  const target = unreleased ?? first;
  if (address === undefined || target === undefined) return [];
  const label = `${first?.label.startsWith('v') === true ? 'v' : ''}${release.version ?? release.name}`;
  const own = `[${label}]: ${address}`;
  const old = layout.lines[target.line]?.text ?? '';
  if (unreleased === undefined) return [[target.line, `${own}${lineEnd}${old}`]];
  const moved = unreleased.address.replace(
    comparison,
    (_, base: string, __, dots: string, end: string) => `${base}${encodeURI(release.name)}${dots}${end}`,
  );
  const line = old.replace(unreleased.address, () => moved);
  return [[target.line, `${line.endsWith('\n') ? line : line + lineEnd}${own}${lineEnd}`]];
}
