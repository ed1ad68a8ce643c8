/** A question that a package asked of nobody. */
export interface UnansweredQuestion {
  /** `hello/port` */
  readonly question: string;
  readonly priority: 'high' | 'critical';
}

/**
 * Finds in what debconf says of itself (`DEBCONF_DEBUG=developer`, debconf(7)) the questions of high and critical priority whose
 * answer was read and was empty: they have no default, and whoever installs without a person at hand gets none.
 */
export function unansweredQuestions(lines: readonly string[]): readonly UnansweredQuestion[] {
  const asked = new Map<string, UnansweredQuestion['priority']>();
  const found = new Map<string, UnansweredQuestion>();
  let read: string | undefined;
  for (const line of lines) {
    const [, direction, rest = ''] = /^debconf \(developer\): (<--|-->) (.*)$/.exec(line) ?? [];
    if (direction === undefined) continue;
    const [command = '', first = '', second = ''] = rest.split(' ');
    if (direction === '-->') {
      const priority = read === undefined ? undefined : asked.get(read);
      // Code 0 and nothing after it.
      if (read !== undefined && priority !== undefined && /^0 *$/.test(rest)) found.set(read, { question: read, priority });
      read = undefined;
    } else if (command === 'INPUT' && (first === 'high' || first === 'critical')) asked.set(second, first);
    else read = command === 'GET' ? first : undefined;
  }
  return [...found.values()];
}
