/** `type(scope)!: description`, taken apart. */
export interface Header {
  readonly type: string;
  readonly scope: string | undefined;
  readonly bang: boolean;
  readonly description: string;
}

const maxType = 40;
const maxScope = 100;

/**
 * Reads a header as Conventional Commits 1.0.0, items 1 to 5 and 13: type, optional scope, optional `!`, colon and
 * blank, description. Letters of the type count without case. Each part is looked at once, so that time is linear
 * whatever the text. Undefined when the text is not such a header; it never throws.
 */
export function parseHeader(subject: string): Header | undefined {
  const type = /^[A-Za-z][A-Za-z0-9_-]*/.exec(subject.slice(0, maxType + 1))?.[0];
  if (type === undefined || type.length > maxType) return undefined;
  let at = type.length;
  let scope: string | undefined;
  if (subject[at] === '(') {
    const end = subject.slice(at, at + maxScope + 2).indexOf(')');
    if (end === -1) return undefined;
    scope = subject.slice(at + 1, at + end).trim();
    if (scope.includes('(')) return undefined;
    at += end + 1;
  }
  const bang = subject[at] === '!';
  if (bang) at += 1;
  if (subject[at] !== ':' || (subject[at + 1] !== ' ' && subject[at + 1] !== '\t')) return undefined;
  const description = subject.slice(at + 1).trim();
  if (description === '') return undefined;
  return { type: type.toLowerCase(), scope: scope === '' ? undefined : scope, bang, description };
}
