/** One entry of apt's sources that packages come from (`deb`), with the place in its file that an edit needs; sources.list(5). */
export interface SourceEntry {
  /** Absolute. */
  readonly file: string;
  /** Number of its first line, from 1. */
  readonly line: number;
  readonly form: 'deb822' | 'one-line';
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** As written; undefined: all that dpkg knows on this system. */
  readonly architectures: readonly string[] | undefined;
  /** What `Architectures-Remove` or `arch-=` takes away. */
  readonly excluded: readonly string[];
  /** The lines of the value: one path or fingerprint, or a whole key. */
  readonly signedBy: readonly string[];
}

/**
 * The entries of a file by the form its name says (`.sources`, else one line each). What apt would not read either is passed over:
 * a stranger's file with a mistake is apt's to complain of, and none of ours to change. `deb-src` alone and disabled entries count not.
 */
export function parseSources(text: string, file: string): readonly SourceEntry[] {
  return file.endsWith('.sources') ? stanzasIn(text).flatMap((stanza) => entryOfStanza(stanza, file)) : oneLineEntries(text, file);
}

/** Whether packages of an architecture are asked of the entry. */
export function covers(entry: SourceEntry, architecture: string): boolean {
  return entry.architectures?.includes(architecture) !== false && !entry.excluded.includes(architecture);
}

/** A field with the lines it takes, by index in the text's lines. Comments between them are not its own. */
export interface SourceField {
  readonly name: string;
  readonly value: readonly string[];
  readonly lines: readonly number[];
}

/** The paragraphs of a deb822 file as apt reads them: comments anywhere, blanks make an empty line. */
export function stanzasIn(text: string): readonly (readonly SourceField[])[] {
  const stanzas: { name: string; value: string[]; lines: number[] }[][] = [[]];
  for (const [index, line] of text.split('\n').entries()) {
    const stanza = stanzas.at(-1);
    if (line.startsWith('#') || stanza === undefined) continue;
    const [, name, value = ''] = /^([^\s:#][^\s:]*)\s*:(.*)$/.exec(line) ?? [];
    if (line.trim() === '') stanzas.push([]);
    else if (name !== undefined) stanza.push({ name: name.toLowerCase(), value: [value.trim()], lines: [index] });
    else if (/^[ \t]/.test(line)) {
      stanza.at(-1)?.value.push(line.trim());
      stanza.at(-1)?.lines.push(index);
    }
  }
  return stanzas.filter((stanza) => stanza.length > 0);
}

function entryOfStanza(stanza: readonly SourceField[], file: string): readonly SourceEntry[] {
  const words = (name: string): readonly string[] | undefined => {
    const field = stanza.find((one) => one.name === name);
    return field?.value.flatMap((line) => line.split(/\s+/)).filter((word) => word !== '');
  };
  const types = words('types') ?? [];
  const enabled = words('enabled')?.[0] ?? 'yes';
  if (!types.includes('deb') || /^(no|false|without|off|disable)$/i.test(enabled)) return [];
  const first = Math.min(...stanza.flatMap(({ lines }) => lines));
  return [
    {
      file,
      line: first + 1,
      form: 'deb822',
      uris: words('uris') ?? [],
      suites: words('suites') ?? [],
      components: words('components') ?? [],
      architectures: words('architectures'),
      excluded: words('architectures-remove') ?? [],
      signedBy: (stanza.find(({ name }) => name === 'signed-by')?.value ?? []).filter((line) => line !== ''),
    },
  ];
}

/** `deb [option=value …] URI SUITE [COMPONENT …]`, sources.list(5). A number sign starts a comment anywhere. */
export const oneLinePattern = /^(\s*deb\s+)(\[([^\]]*)\]\s*)?(\S+)\s+(\S+)([^#]*)/;

function oneLineEntries(text: string, file: string): readonly SourceEntry[] {
  return text.split('\n').flatMap((line, index): readonly SourceEntry[] => {
    const [, start, , options = '', uri, suite, rest = ''] = oneLinePattern.exec(line) ?? [];
    if (start === undefined || uri === undefined || suite === undefined || uri.startsWith('#')) return [];
    const option = (name: string): readonly string[] | undefined =>
      options
        .split(/\s+/)
        .find((word) => word.startsWith(`${name}=`))
        ?.slice(name.length + 1)
        .split(',')
        .filter((word) => word !== '');
    return [
      {
        file,
        line: index + 1,
        form: 'one-line',
        uris: [uri],
        suites: [suite],
        components: rest.split(/\s+/).filter((word) => word !== ''),
        architectures: option('arch'),
        excluded: option('arch-') ?? [],
        signedBy: option('signed-by') ?? [],
      },
    ];
  });
}
