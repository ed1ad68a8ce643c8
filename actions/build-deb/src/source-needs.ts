import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buildRelations, parseDsc } from '@release-kit/debian';
import { isForAll } from './announced.ts';
import type { Source } from './source.ts';

/** What a source says of itself before it is unpacked. */
export interface SourceNeeds {
  readonly package: string;
  /** Build-Depends and its kin, by name of the field. */
  readonly relations: Readonly<Record<string, string>>;
  /** Each of its packages is `Architecture: all`. */
  readonly onlyAll: boolean;
  /** debian/control, for places; undefined for a source package. */
  readonly control: { readonly text: string; readonly file: string } | undefined;
}

/** Throws E_CONTROL for a .dsc file that cannot be read. */
export async function needsOf(source: Source): Promise<SourceNeeds> {
  if (source.kind === 'dsc') {
    const listing = parseDsc(await readFile(source.file, 'utf8'), basename(source.file));
    const onlyAll = listing.architectures.every((word) => word === 'all');
    return { package: listing.source, relations: listing.needs, onlyAll, control: undefined };
  }
  const { control, files } = source.facts;
  return {
    package: source.facts.package,
    relations: buildRelations(control.source),
    onlyAll: control.binaries.every(isForAll),
    control: { text: control.text, file: files.control },
  };
}

/** A debian/control with these needs and nothing else, for dpkg-checkbuilddeps and apt. */
export function needsControl(needs: Pick<SourceNeeds, 'package' | 'relations'>): string {
  const lines = Object.entries(needs.relations).map(([field, value]) => `${field}: ${value.split(/\s+/).join(' ').trim()}`);
  return `${[`Source: ${needs.package}`, ...lines].join('\n')}\n\nPackage: ${needs.package}\nArchitecture: any\n`;
}
