import semver from 'semver';

/** What a package asks of another one of its project, after that one's version became `to`. */
export type Followed =
  | { readonly outcome: 'fits' }
  /** `start` and `end` are offsets in the requirement. */
  | { readonly outcome: 'changes'; readonly start: number; readonly end: number; readonly text: string }
  | { readonly outcome: 'unclear' };

/**
 * A requirement on one whole version, `^1.2.0`, follows; a shorter one, `1.2`, only when it no longer admits the new
 * version. What is no range (`workspace:*`, `file:..`) fits; a range that would have to be thought about is unclear.
 * Cargo's ranges have commas where npm's have blanks.
 *
 * @param bare what a requirement without operator means: npm takes it as it is, Cargo as `^`
 */
export function follow(requirement: string, to: string, bare: '' | '^'): Followed {
  const [head = '', operator = ''] = /^(?:workspace:)?\s*(\^|~|>=|=)?\s*v?(?=\d)/.exec(requirement) ?? [];
  const version = /^\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(requirement.slice(head.length))?.[0];
  if (version === to) return { outcome: 'fits' };
  const change = { outcome: 'changes', start: head.length, end: requirement.length, text: to } as const;
  if (version !== undefined && semver.valid(version) !== null) return change;
  const range =
    version === undefined ? requirement.replace(/^workspace:/, '').replaceAll(',', ' ') : `${operator === '' ? bare : operator}${version}`;
  if (semver.validRange(range) === null) return { outcome: 'fits' };
  if (semver.satisfies(to, range)) return { outcome: 'fits' };
  return version === undefined ? { outcome: 'unclear' } : change;
}
