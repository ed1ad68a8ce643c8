/** One tag of an XML text; positions are offsets. */
export interface XmlTag {
  readonly kind: 'open' | 'close' | 'empty';
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Of its `<`. */
  readonly start: number;
  /** Behind its `>`. */
  readonly end: number;
}

/** Where the text stops being XML. */
export interface XmlFault {
  readonly offset: number;
  readonly problem: string;
}

/**
 * The tags of an XML text in their order, enough of XML 1.0 to change a file in one place and keep every other byte. Comments, CDATA
 * sections, instructions and a document type are passed over; entities stay as they are. Total and linear.
 */
export function xmlTags(text: string): { readonly tags: readonly XmlTag[]; readonly fault: XmlFault | undefined } {
  const tags: XmlTag[] = [];
  const open: string[] = [];
  const fail = (offset: number, problem: string) => ({ tags, fault: { offset, problem } });
  for (let start = text.indexOf('<'); start !== -1; ) {
    const skipped = others.find(([mark]) => text.startsWith(mark, start));
    if (skipped !== undefined) {
      const end = text.indexOf(skipped[1], start + skipped[0].length);
      if (end === -1) return fail(start, `${skipped[0]} is never closed`);
      start = text.indexOf('<', end + skipped[1].length);
      continue;
    }
    const tag = readTag(text, start);
    if (tag === undefined) return fail(start, 'a < that begins no tag');
    if (tag.kind === 'open') open.push(tag.name);
    if (tag.kind === 'close' && open.pop() !== tag.name) return fail(start, `</${tag.name}> closes nothing`);
    tags.push(tag);
    start = text.indexOf('<', tag.end);
  }
  return open.length === 0 ? { tags, fault: undefined } : fail(text.length, `<${open.at(-1)}> is never closed`);
}

/** A document type with declarations of its own is not passed over whole, which ends in a fault. */
const others = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!DOCTYPE', '>'],
] as const;

const beginning = /<(\/?)([A-Za-z_:][\w:.-]*)/y;
const attribute = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const ending = /\s*(\/?)>/y;

function readTag(text: string, start: number): XmlTag | undefined {
  const begun = at(beginning, text, start);
  const name = begun?.[2];
  if (begun === null || name === undefined) return undefined;
  const attributes = new Map<string, string>();
  let offset = start + begun[0].length;
  for (let found = at(attribute, text, offset); found !== null; found = at(attribute, text, offset)) {
    attributes.set(found[1] ?? '', found[2] ?? found[3] ?? '');
    offset += found[0].length;
  }
  const ended = at(ending, text, offset);
  if (ended === null) return undefined;
  const kind = begun[1] === '/' ? 'close' : ended[1] === '/' ? 'empty' : 'open';
  return { kind, name, attributes, start, end: offset + ended[0].length };
}

function at(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}
