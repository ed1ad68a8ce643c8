import { buildUser } from './build-user.ts';

/** Where and as whom dpkg-buildpackage runs: all that a reproducible build must not depend on. */
export interface BuildPlace {
  /** The source inside the machine. */
  readonly tree: string;
  readonly user: string;
  readonly umask: '022' | '002';
  /** Over the usual environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Before the command. */
  readonly prefix: readonly string[];
  /** How many jobs may run at once. */
  readonly parallel: number;
}

/** Where every build that is kept happens. */
export function usualPlace(tree: string, parallel: number): BuildPlace {
  return { tree, user: buildUser, umask: '022', env: {}, prefix: [], parallel };
}
