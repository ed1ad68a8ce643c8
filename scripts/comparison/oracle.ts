/**
 * Which headers are conventional, written from the text of Conventional Commits 1.0.0 alone (items 1, 4, 5 and 13): "a type, which consists of a
 * noun", "a scope MUST consist of a noun surrounded by parenthesis", "!", "the colon and space", "a description". It shares nothing with our grammar.
 */
const specified = /^[\p{L}][\p{L}\p{M}\p{N}_-]*(?:\([^()\r\n]*\))?!?:[ \t]+\S/u;

/** Whether the first line with text of a whole message is such a header. */
export function isConventional(message: string): boolean {
  return specified.test(message.trimStart().split('\n', 1)[0] ?? '');
}
