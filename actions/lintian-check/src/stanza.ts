/** A field as it stands in a file. */
export interface StanzaField {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** What stands behind the colon, then the lines that continue it, as written; comments are empty. */
  readonly lines: readonly string[];
}

export interface Stanza {
  /** Of its first field, from 1. */
  readonly line: number;
  readonly fields: readonly StanzaField[];
}

/**
 * The paragraphs of a control file, to find lines in it. What is no field is passed over, so that a file with mistakes, which is
 * what findings are about, still has its places.
 */
export function readStanzas(lines: readonly string[]): readonly Stanza[] {
  const stanzas: {
    readonly line: number;
    readonly fields: { readonly name: string; readonly line: number; readonly lines: string[] }[];
  }[] = [];
  let open: (typeof stanzas)[number] | undefined;
  for (const [index, text] of lines.entries()) {
    const field = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(text);
    if (text.trim() === '') open = undefined;
    else if (text.startsWith('#')) open?.fields.at(-1)?.lines.push('');
    else if (/^[ \t]/.test(text)) open?.fields.at(-1)?.lines.push(text);
    else if (field?.[1] !== undefined) {
      if (open === undefined) {
        open = { line: index + 1, fields: [] };
        stanzas.push(open);
      }
      open.fields.push({ name: field[1], line: index + 1, lines: [field[2] ?? ''] });
    }
  }
  return stanzas;
}

/** A field by its name, upper and lower case alike. */
export function fieldOf(stanza: Stanza | undefined, name: string): StanzaField | undefined {
  const wanted = name.toLowerCase();
  return stanza?.fields.find((field) => field.name.toLowerCase() === wanted);
}

export function textOf(stanza: Stanza | undefined, name: string): string | undefined {
  return fieldOf(stanza, name)?.lines.join('\n').trim();
}

/** The line of a field that holds a text; undefined when none does. */
export function lineHolding(field: StanzaField, holds: (text: string) => boolean): number | undefined {
  const index = field.lines.findIndex(holds);
  return index === -1 ? undefined : field.line + index;
}
