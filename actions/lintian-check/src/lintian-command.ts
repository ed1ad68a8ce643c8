import type { Argv } from '@release-kit/action';

/** Where the files lie inside the machine. */
export const lintFolder = '/srv/lint';

/** lintian unpacks what strangers built, so it gets neither root nor the network. */
export const unprivileged = { user: 'nobody', env: { HOME: '/tmp', TMPDIR: '/tmp' }, network: false } as const;

/** What a user may change about a call. */
export interface LintianOptions {
  /** undefined: that of the vendor that the packages are for. */
  readonly profile: string | undefined;
  /** Tags that are not looked for; sorted. */
  readonly suppressed: readonly string[];
}

/**
 * The command line, the same for every release of lintian from 2.104 on. Everything is displayed, because lintian neither
 * counts nor reports what it does not display; nothing of the machine's or a user's settings takes part; and the exit code
 * is kept free of findings, so that one other than 0 means that lintian itself failed. Text does not name the files that
 * were looked at; but --debug, on standard error, does.
 */
export function lintianArgv(
  format: 'json' | 'text',
  distribution: string,
  subjects: readonly string[],
  { profile, suppressed }: LintianOptions = { profile: undefined, suppressed: [] },
): Argv {
  return [
    'lintian',
    ...(format === 'json' ? ['--exp-output', 'format=json'] : ['--debug', '--tag-display-limit', '0', '--color', 'never']),
    '--display-info',
    '--display-experimental',
    '--pedantic',
    '--show-overrides',
    '--no-user-dirs',
    '--no-cfg',
    '--ignore-lintian-env',
    '--profile',
    profile ?? vendorOf(distribution),
    '--fail-on',
    'none',
    ...(suppressed.length === 0 ? [] : ['--suppress-tags', suppressed.join(',')]),
    ...subjects.map((name) => `${lintFolder}/${name}`),
  ];
}

/** Prints what tags mean; unknown ones make it end with 1 after the known ones. The width is not known to lintian 2.104. */
export function explainArgv(distribution: string, tags: readonly string[], width: number | undefined): Argv {
  const wide = width === undefined ? [] : ['--output-width', `${width}`];
  return ['lintian-explain-tags', '--no-user-dirs', '--profile', vendorOf(distribution), ...wide, '--tags', ...tags];
}

/** Prints lintian's descriptions of all its tags, one after the other. */
export const tagFactsArgv: Argv = ['find', '/usr/share/lintian/tags', '-name', '*.tag', '-type', 'f', '-exec', 'cat', '{}', '+'];

/** lintian's profile: without it, the vendor of the machine decides, and suites of the other one are errors. */
function vendorOf(distribution: string): string {
  return distribution.split(':')[0] === 'ubuntu' ? 'ubuntu' : 'debian';
}
