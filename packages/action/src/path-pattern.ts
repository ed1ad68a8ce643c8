type Token =
  | { readonly kind: 'literal'; readonly character: string }
  /** `?`: one character, but no `/`. */
  | { readonly kind: 'one' }
  /** `*`: any characters, but no `/`. */
  | { readonly kind: 'run' }
  /** `**`: any characters. */
  | { readonly kind: 'deep' }
  /** A `**` and the slash after it: nothing, or folders. */
  | { readonly kind: 'folders' };

/**
 * Whether a pattern matches a whole text: `*` and `?` stand for anything but `/`, `**` for folders as well. All ways through the
 * pattern are walked at once, so that no pattern of a stranger takes longer than its length times the text's.
 */
export function matches(pattern: string, text: string): boolean {
  const tokens = tokensOf(pattern);
  let reached = new Set<number>();
  enter(0, tokens, reached);
  for (const character of text) {
    const next = new Set<number>();
    for (const at of reached) step(at, character, tokens, next);
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(tokens.length);
}

/** As .gitignore does: the last pattern that matches decides, `!` in front says no. `otherwise` when the first says no, or none matches. */
export function selects(patterns: readonly string[], path: string, otherwise: boolean): boolean {
  let chosen = patterns[0]?.startsWith('!') === true && otherwise;
  for (const pattern of patterns) {
    const no = pattern.startsWith('!');
    if (chosen === no && matches(no ? pattern.slice(1) : pattern, path)) chosen = !no;
  }
  return chosen;
}

function tokensOf(pattern: string): readonly Token[] {
  return (pattern.match(/\*\*\/|\*\*|[\s\S]/gu) ?? []).map((part): Token => {
    if (part === '**/') return { kind: 'folders' };
    if (part === '**') return { kind: 'deep' };
    if (part === '*') return { kind: 'run' };
    if (part === '?') return { kind: 'one' };
    return { kind: 'literal', character: part };
  });
}

/** Arrives at a token, and at the ones after it where it may stand for nothing. */
function enter(at: number, tokens: readonly Token[], reached: Set<number>): void {
  for (let index = at; ; index++) {
    const kind = tokens[index]?.kind;
    // Where a `*` was entered before, so was all that follows it.
    if (reached.has(index) && kind !== 'folders') return;
    reached.add(index);
    if (kind !== 'run' && kind !== 'deep' && kind !== 'folders') return;
  }
}

function step(at: number, character: string, tokens: readonly Token[], next: Set<number>): void {
  const token = tokens[at];
  switch (token?.kind) {
    case undefined:
      return;
    case 'literal':
      if (token.character === character) enter(at + 1, tokens, next);
      return;
    case 'one':
      if (character !== '/') enter(at + 1, tokens, next);
      return;
    case 'run':
      if (character !== '/') enter(at, tokens, next);
      return;
    case 'deep':
      enter(at, tokens, next);
      return;
    case 'folders':
      // Inside a folder's name nothing but its slash leads on.
      next.add(at);
      if (character === '/') enter(at + 1, tokens, next);
  }
}
