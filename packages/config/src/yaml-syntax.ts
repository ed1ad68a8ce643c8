import { inertLine } from '@release-kit/action/inert';

/** A mistake of syntax as the YAML library tells it: its code, its message, and where it stands in the text. */
export interface SyntaxMistake {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
}

/** The same in words of somebody who writes YAML twice a year: what is wrong there, and what it probably comes from. */
export function syntaxProblem(
  { code, message, offset }: SyntaxMistake,
  text: string,
): { readonly offset: number; readonly problem: string } {
  // git leaves these where a merge stopped; what the library says of them is about keys.
  const conflict = /^(?:<{7}|={7}|>{7})(?= |\r?$)/m.exec(text);
  if (conflict !== null) return { offset: conflict.index, problem: 'a mark of a merge that was not finished; keep one of the two sides' };
  // An alias to YAML, and mostly a pattern to its author: `*-rc*: beta`.
  const star = /(?:^|[\s[{,])(\*\S*\s*)$/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
  if (star?.[1] !== undefined) return { offset: offset - star[1].length, problem: quotedStar };
  return { offset, problem: problems[code]?.(message) ?? inertLine(message).slice(0, 300) };
}

const quotedStar = 'a text that starts with * has to be in quotes';
const noEntry = 'this line is neither "key: value" nor "- entry"; is a ":" or the blank behind it missing, or the indentation wrong?';

const problems: Readonly<Record<string, (message: string) => string>> = {
  MULTIPLE_DOCS: () => 'the file holds more than one YAML document; only one is read',
  RESOURCE_EXHAUSTION: () => 'the file is nested too deeply',
  TAB_AS_INDENT: () => 'Tabs are not allowed as indentation; indent with blanks',
  BLOCK_AS_IMPLICIT_KEY: (message) =>
    message.includes('sequence')
      ? 'this entry is indented otherwise than the list above it'
      : 'a key has one value only: is the line below indented too far, or are quotes missing around a text that holds ": "?',
  MULTILINE_IMPLICIT_KEY: () => noEntry,
  BAD_INDENT: (message) =>
    message.startsWith('Flow')
      ? `a ${message.startsWith('Flow map') ? '{' : '['} further up is not closed here; close it, or indent the lines within further than its key`
      : 'this line is indented neither like the line above it nor like a key further up; an entry of a list starts with "- "',
  MISSING_CHAR: (message) =>
    message.includes('quote') ? `a text in quotes further up lacks its closing ${message.includes('"') ? '"' : "'"}` : noEntry,
  BAD_SCALAR_START: (message) => `a text that starts with ${inertLine(message.slice(-1))} has to be in quotes`,
  BAD_ALIAS: () => quotedStar,
  BAD_DQ_ESCAPE: (message) => `${inertLine(message).slice(0, 100)}; in double quotes a \\ is written twice, in single quotes once`,
  BLOCK_IN_FLOW: () => 'between brackets a comma is missing here, or quotes around a text that holds ": "',
  UNEXPECTED_TOKEN: (message) =>
    message.includes('block-seq-ind on same line')
      ? 'an entry "- " stands on a line of its own, below the key'
      : 'what stands here belongs to nothing: is a bracket, a comma or the indentation wrong, or are quotes missing around a whole text?',
};
