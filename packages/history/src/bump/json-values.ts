/** A value of a JSON text and the keys and indices that lead to it; offsets include its quotes. */
export interface JsonValue {
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
  /** The raw text between the quotes, and after escapes are read; undefined of what is no string. */
  readonly string: { readonly raw: string; readonly text: string } | undefined;
}

interface Level {
  readonly array: boolean;
  index: number;
  key: string;
}

const token = /[ \t\r\n]*(?:("(?:[^"\\]|\\.)*")|([[\]{},:])|([^\s[\]{},:"]+))/y;

/**
 * The scalars of a JSON text down to `depth` keys, in order. The text must be valid (JSON.parse took it, a byte-order
 * mark aside): this reads no more than where things are, which JSON.parse does not tell.
 */
export function* jsonValues(text: string, depth: number): Generator<JsonValue> {
  const levels: Level[] = [];
  let deeper = 0;
  let keyNext = false;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  for (;;) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) return;
    at = token.lastIndex;
    const [, quoted, mark, word] = match;
    if (mark === '{' || mark === '[') {
      if (levels.length === depth) deeper += 1;
      else levels.push({ array: mark === '[', index: 0, key: '' });
    } else if (mark === '}' || mark === ']') {
      if (deeper > 0) deeper -= 1;
      else levels.pop();
    }
    if (deeper > 0) continue;
    const level = levels.at(-1);
    if (mark === ',' && level !== undefined) level.index += 1;
    if (mark !== undefined) keyNext = (mark === '{' || mark === ',') && level?.array === false;
    else if (keyNext && quoted !== undefined && level !== undefined) {
      level.key = stringOf(quoted).text;
      keyNext = false;
    } else {
      const piece = quoted ?? word ?? '';
      const path = levels.map(({ array, index, key }) => (array ? String(index) : key));
      yield { path, start: at - piece.length, end: at, string: quoted === undefined ? undefined : stringOf(quoted) };
    }
  }
}

function stringOf(quoted: string): { raw: string; text: string } {
  const raw = quoted.slice(1, -1);
  return { raw, text: raw.includes('\\') ? String(JSON.parse(quoted)) : raw };
}
