/** Where a run may end although nothing failed. */
export interface Until {
  /** Full names of tests that must have ended. */
  readonly names: readonly string[];
  /** As many must have run: a name may stand twice in a file. */
  readonly count: number;
}

/** A test or a group of tests, as far as jest's events are read here. */
export interface Entry {
  readonly name: string;
  readonly parent?: Entry | undefined;
  readonly errors?: readonly unknown[];
  /** `skip` before it begins: neither it nor its hooks are run. */
  mode?: string | null | undefined;
}

export interface CircusEvent {
  readonly name: string;
  readonly test?: Entry;
  readonly describeBlock?: Entry;
}

/**
 * Listens to jest running one test file, and ends it after the first test that fails, or where `until` says. What has not begun is skipped
 * with its hooks; what has begun is cleaned up.
 */
export function earlyEnd(until?: Until): (event: CircusEvent) => void {
  const awaited = new Set(until?.names);
  let ran = 0;
  let ended = false;
  return ({ name, test, describeBlock }) => {
    if (name === 'test_done' && test !== undefined) {
      ran += 1;
      awaited.delete(fullName(test));
      const reached = until !== undefined && awaited.size === 0 && ran >= until.count;
      ended ||= reached || (test.errors ?? []).length > 0;
    }
    const next = name === 'test_start' ? test : name === 'run_describe_start' ? describeBlock : undefined;
    if (ended && next !== undefined) next.mode = 'skip';
  };
}

/** As jest's reports say it: the titles of the groups around it and its own. The outermost group is the file. */
function fullName({ name, parent }: Entry): string {
  return parent?.parent === undefined ? name : `${fullName(parent)} ${name}`;
}

/** Matches these full names and no others. */
export function patternOf(names: readonly string[]): string {
  return `^(?:${names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})$`;
}
