import { oneLinePattern, type SourceEntry, stanzasIn } from './apt-sources.ts';

/** An entry and the only architectures that are to be asked of it. */
export interface EntryLimit {
  readonly entry: SourceEntry;
  readonly architectures: readonly string[];
}

/**
 * The text of a file of sources with some of its entries limited to some architectures. Every other byte stays as it is, and a text
 * whose entries are limited so already comes back unchanged.
 */
export function limitArchitectures(text: string, limits: readonly EntryLimit[]): string {
  const lines: (string | undefined)[] = text.split('\n');
  for (const { entry, architectures } of limits) {
    if (entry.form === 'deb822') limitStanza(lines, text, entry, architectures);
    else lines[entry.line - 1] = limitedLine(lines[entry.line - 1] ?? '', architectures);
  }
  return lines.filter((line) => line !== undefined).join('\n');
}

function limitStanza(lines: (string | undefined)[], text: string, entry: SourceEntry, architectures: readonly string[]): void {
  const stanza = stanzasIn(text).find((fields) => fields.some(({ lines: [index] }) => index === entry.line - 1)) ?? [];
  const limit = `Architectures: ${architectures.join(' ')}`;
  const own = stanza.find(({ name }) => name === 'architectures');
  if (own !== undefined) {
    const [first, ...rest] = own.lines;
    if (first !== undefined) lines[first] = limit;
    for (const index of rest) lines[index] = undefined;
    return;
  }
  const types = stanza.find(({ name }) => name === 'types');
  const after = types?.lines.at(-1);
  if (after !== undefined) lines[after] = `${lines[after]}\n${limit}`;
}

function limitedLine(line: string, architectures: readonly string[]): string {
  const limit = `arch=${architectures.join(',')}`;
  const [, start, bracket = '', options] = oneLinePattern.exec(line) ?? [];
  if (start === undefined) return line;
  if (options === undefined) return `${start}[${limit}] ${line.slice(start.length)}`;
  const kept = options.split(/\s+/).filter((word) => word !== '' && !word.startsWith('arch='));
  return `${start}[${[limit, ...kept].join(' ')}] ${line.slice(start.length + bracket.length)}`;
}

/** What the entries of one archive for another architecture are: a stanza of the file that is added. */
export interface AddedEntry {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  readonly signedBy: readonly string[];
}

/** The file that brings packages of one more architecture, in deb822 form; the same entries, the same bytes. */
export function addedSources(architecture: string, entries: readonly AddedEntry[]): string {
  const stanzas = entries.map(({ uris, suites, components, signedBy }) =>
    [
      'Types: deb',
      `URIs: ${uris.join(' ')}`,
      `Suites: ${suites.join(' ')}`,
      ...(components.length === 0 ? [] : [`Components: ${components.join(' ')}`]),
      `Architectures: ${architecture}`,
      ...(signedBy.length === 0 ? [] : [`Signed-By: ${signedBy.join('\n ')}`]),
    ].join('\n'),
  );
  const head = `# Written by release-kit setup-cross: packages of ${architecture}, which the entries of this system do not bring.`;
  return `${[head, ...stanzas].join('\n\n')}\n`;
}

/** Its name in apt's folder of sources. */
export const addedFileName = (architecture: string): string => `release-kit-${architecture}.sources`;
