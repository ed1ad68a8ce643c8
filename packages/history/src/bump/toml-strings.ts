/** What stands between the quotes, after escapes are read. */
export interface TomlString {
  readonly text: string;
  /** Of the quotes: where the string ends. */
  readonly end: number;
  /** A string on one line without escapes, so that its text stands there as it is, one character after its start. */
  readonly plain: boolean;
}

type Fail = (offset: number, problem: string) => never;

const bare = /[A-Za-z0-9_-]+/y;

/** One part of a key: bare or a string on one line. */
export function tomlKey(text: string, at: number, fail: Fail): { readonly text: string; readonly end: number } {
  if (text[at] === '"' || text[at] === "'") {
    if (text.startsWith(`${text[at]}`.repeat(3), at)) fail(at, 'TOML: a key is no string of several lines');
    return tomlString(text, at, fail);
  }
  bare.lastIndex = at;
  const key = bare.exec(text)?.[0];
  return key === undefined ? fail(at, 'TOML: a key is missing') : { text: key, end: at + key.length };
}

/** The four kinds of strings of TOML 1.0; `at` is the first quote. */
export function tomlString(text: string, at: number, fail: Fail): TomlString {
  const quote = text[at] === '"' ? '"' : "'";
  const several = text.startsWith(quote.repeat(3), at);
  const stop = stops[`${several ? 'several' : 'one'} ${quote}`];
  const start = at + (several ? 3 : 1);
  for (stop.lastIndex = start; ; ) {
    const [found] = stop.exec(text) ?? [];
    if (found === undefined || found === '\n') return fail(at, 'TOML: a string is not closed');
    if (found.startsWith('\\')) continue;
    const end = stop.lastIndex;
    const raw = text.slice(start, end - (several ? 3 : 1));
    if (!several) return { text: quote === '"' ? unescaped(raw) : raw, end, plain: quote === "'" || !raw.includes('\\') };
    const lines = raw.replace(/^\r?\n/, '');
    return { text: quote === '"' ? unescaped(lines) : lines, end, plain: false };
  }
}

/** What ends a string, or has to be passed over as a whole. */
const stops = {
  'one "': /\\[\s\S]|["\n]/g,
  "one '": /['\n]/g,
  // Up to two quotes may stand right before the three that close.
  'several "': /\\[\s\S]|"{3,5}/g,
  "several '": /'{3,5}/g,
};

const short: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001b' };

function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(
    /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|([ \t]*\r?\n[ \t\r\n]*)|([\s\S]))/g,
    (
      _,
      four: string | undefined,
      eight: string | undefined,
      two: string | undefined,
      line: string | undefined,
      one: string | undefined,
    ) => {
      const code = four ?? eight ?? two;
      if (code !== undefined) return character(Number.parseInt(code, 16));
      return line !== undefined ? '' : (short[one ?? ''] ?? one ?? '');
    },
  );
}

const character = (code: number): string => (code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code));
