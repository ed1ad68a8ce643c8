/**
 * Makes text from strangers harmless for the log, annotations and summaries.
 *
 * Rules (actions/runner ActionCommand): `::name::` is obeyed at the start of a line after blanks,
 * `##[name]` anywhere in a line. Terminals obey escape sequences, carriage returns and bidi controls.
 */

// C0 controls but tab and line feed, DEL, C1 controls, bidi controls, separators that terminals and viewers
// treat as line ends, zero-width marks, the byte-order mark and lone surrogates.
const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escapeUnprintable(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** One line: no control characters (shown as `\x1b`), and neither form of workflow command. Line ends are escaped as well. */
export function inertLine(text: string): string {
  return inertText(text).replaceAll('\n', '\\n');
}

/** Several lines: like `inertLine`, but line feeds stay. CR LF counts as one line end. */
export function inertText(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(unprintable, escapeUnprintable)
    .replaceAll('##[', '#\\#[')
    .replace(/^([ \t]*):(?=:)/gm, '$1\\:');
}

/** Inline text inside GitHub Markdown: no HTML, links, emphasis, mentions or issue closers work; one line. */
export function inertMarkdown(text: string): string {
  return inertLine(text)
    .replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'))
    .replace(/[\\`*_{}[\]()#!|~]/g, (c) => `\\${c}`)
    .replace(/@(?=[\w-])/g, '@\u200b')
    .replace(/\b(?:https?|www)(?=[:.])/gi, (scheme) => `${scheme}\u200b`);
}

/** Text inside a Markdown code span, safe whatever backticks it holds; one line. */
export function codeSpan(text: string): string {
  const line = inertLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`.replaceAll('|', '\\|');
}

/** A fenced code block, safe whatever backticks it holds. */
export function codeBlock(text: string, language = ''): string {
  const body = inertText(text);
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${body.replace(/\n$/, '')}\n${fence}`;
}
