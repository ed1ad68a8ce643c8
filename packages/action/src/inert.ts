/**
 * Makes text from strangers harmless for the log, annotations and summaries.
 *
 * Rules (actions/runner ActionCommand): `::name::` is obeyed at the start of a line after any white space that .NET
 * trims, `##[name]` anywhere in a line. Terminals obey escape sequences, carriage returns and bidi controls.
 */

// C0 controls but tab and line feed, DEL, C1 controls, bidi controls, separators that terminals and viewers treat as
// line ends, zero-width and other invisible marks, tags, the byte-order mark and lone surrogates.
const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

function escapeUnprintable(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** One line: no control characters (shown as `\x1b`), and neither form of workflow command. Line ends are escaped as well. */
export function inertLine(text: string): string {
  return inertText(text).replaceAll('\n', '\\n');
}

/** Nearly all texts have none of it: characters that are not simply shown, and what commands begin with. */
const doubtful = /[^\x20-~]|::|##\[/;

/** Several lines: like `inertLine`, but line feeds stay. CR LF counts as one line end. Twice is the same as once. */
export function inertText(text: string): string {
  if (!doubtful.test(text)) return text;
  return text
    .replace(/\r\n/g, '\n')
    .replace(unprintable, escapeUnprintable)
    .replaceAll('##[', '#\\#[')
    .replace(/^([^\S\n]*):(?=:)/gm, '$1\\:');
}

/** Breaks what GitHub links after Markdown is rendered, where a backslash no longer helps. */
const linkBreak = '\u200b';

/**
 * What Markdown could take for its own inside of a line. Changelogs are also read as plain text, so nothing else is escaped: round brackets are
 * nothing without square ones, an underscore between letters is one (GFM 6.2), and an exclamation mark counts in front of a link of ours only.
 */
const marks = /[\\`*{}[\]|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|!$/g;

/** What people set as code; longer runs of backticks are rare in one line, and stay characters. */
const quotedCode = /(?<!`)`([^`]+)`(?!`)/;

/**
 * Inline text inside GitHub Markdown: no HTML, links, emphasis, lists, mentions or issue closers work; one line. What stands between two backticks
 * is code, in which nothing works either.
 */
export function inertMarkdown(text: string): string {
  return inertLine(text)
    .split(quotedCode)
    .map((part, index) => (index % 2 === 1 ? inertCode(part) : inertWords(part, index === 0)))
    .join('');
}

/** HTML where its characters could act: inside of a block of HTML there is no Markdown. */
function inertCode(code: string): string {
  return /[<>&|]/.test(code) ? `<code>${inertWords(code, false)}</code>` : codeSpan(code);
}

// Most words hold nothing that Markdown could take for its own, and looking for each such thing takes long. An exclamation mark is such a thing at the end only.
const marked = /[^A-Za-z0-9 ,.'"/?%():;=+-]|(?:https?|ftp|mailto|www)[:.]|gh-\d/i;
const plainStart = /^(?:[A-Za-z]|$)/;

function inertWords(words: string, isStart: boolean): string {
  if (!marked.test(words) && (!isStart || plainStart.test(words))) return words;
  const line = words
    .replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'))
    .replace(marks, (c) => `\\${c}`)
    // The last rule: GitHub links an address after a digit or an underscore as well.
    .replace(/@(?=[\w-])/g, `@${linkBreak}`)
    .replace(/#(?=\d)/g, `#${linkBreak}`)
    .replace(/\bGH-(?=\d)/gi, (prefix) => `${prefix}${linkBreak}`)
    .replace(/(?<![A-Za-z])(?:https?|ftp|mailto|www)(?=[:.])/gi, (scheme) => `${scheme}${linkBreak}`);
  return isStart ? line.replace(/^(\s*)([-+=(]|#(?=#*(?:\s|$)))/, '$1\\$2').replace(/^(\s*\d+)([.)])/, '$1\\$2') : line;
}

/** Text inside a Markdown code span, safe whatever backticks it holds, in tables too; one line. */
export function codeSpan(text: string): string {
  // Inside a table only an escaped bar is a bar, outside of one the backslash would show: HTML is the same in both.
  if (text.includes('|')) return `<code>${inertWords(inertLine(text), false)}</code>`;
  const line = inertLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = /^[ `]|[ `]$|^$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced code block, safe whatever backticks it holds. */
export function codeBlock(text: string, language = ''): string {
  const body = inertText(text);
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language}\n${body.replace(/\n$/, '')}\n${fence}`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
