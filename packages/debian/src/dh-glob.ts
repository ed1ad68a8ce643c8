type Token = { readonly kind: 'run' } | { readonly kind: 'one'; readonly fits: (character: string) => boolean };

/** Most alternatives of one word that braces may stand for. */
const mostAlternatives = 64;

/** Twice what a name may have; a longer pattern is none. */
const longestPattern = 512;

/** The words that a word with braces stands for: `a.{b,c}` is `a.b` and `a.c`. Substitutions such as `${x}` are left alone. */
export function expandBraces(word: string): readonly string[] {
  const open: string[] = [word];
  const done: string[] = [];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const match = /(^|[^$])\{([^{},]*(?:,[^{},]*)+)\}/.exec(next);
    if (match === null || open.length + done.length >= mostAlternatives) {
      done.push(next);
      continue;
    }
    const [whole, before = '', inside = ''] = match;
    const [head, tail] = [next.slice(0, match.index) + before, next.slice(match.index + whole.length)];
    open.unshift(...inside.split(',').map((part) => `${head}${part}${tail}`));
  }
  return done;
}

/**
 * Whether a name without slashes fits a pattern of debhelper: `*`, `?`, `[a-z]`, and `${variable}` or `@variable@`, which stand for anything.
 * Takes time in proportion to the product of both lengths, whatever the pattern.
 */
export function fitsGlob(pattern: string, name: string): boolean {
  if (pattern.length > longestPattern) return false;
  const tokens = tokensOf(pattern);
  let [token, at, runAt, resumeAt] = [0, 0, -1, 0];
  while (at < name.length) {
    const current = tokens[token];
    if (current?.kind === 'one' && current.fits(name.charAt(at))) {
      token += 1;
      at += 1;
    } else if (current?.kind === 'run') {
      runAt = token;
      resumeAt = at;
      token += 1;
    } else if (runAt >= 0) {
      // The last run takes one character more; earlier ones need not, since it can take all they could.
      resumeAt += 1;
      at = resumeAt;
      token = runAt + 1;
    } else return false;
  }
  return tokens.slice(token).every(({ kind }) => kind === 'run');
}

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    const variable = character === '$' || character === '@' ? /^(?:\$\{[^{}]*\}|@\w+@)/.exec(pattern.slice(at)) : null;
    const set = character === '[' ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(pattern.slice(at)) : null;
    if (variable !== null) {
      tokens.push({ kind: 'run' });
      at += variable[0].length - 1;
    } else if (set !== null) {
      const [whole, negated, members = ''] = set;
      tokens.push({ kind: 'one', fits: (other) => isMember(members, other) !== (negated !== '') });
      at += whole.length - 1;
    } else if (character === '*') tokens.push({ kind: 'run' });
    else if (character === '?') tokens.push({ kind: 'one', fits: () => true });
    else tokens.push({ kind: 'one', fits: (other) => other === character });
  }
  return tokens;
}

function isMember(members: string, character: string): boolean {
  for (let at = 0; at < members.length; at++) {
    const from = members.charAt(at);
    if (members.charAt(at + 1) === '-' && at + 2 < members.length) {
      if (character >= from && character <= members.charAt(at + 2)) return true;
      at += 2;
    } else if (character === from) return true;
  }
  return false;
}
