import type { Argv } from '@release-kit/action';

/** Where the files lie inside the machine. */
export const lintFolder = '/srv/lint';

/**
 * The command line, the same for every release of lintian from 2.114 on. Everything is displayed, because lintian neither
 * counts nor reports what it does not display; nothing of the machine's or a user's settings takes part; and the exit code
 * is kept free of findings, so that one other than 0 means that lintian itself failed.
 */
export function lintianArgv(format: 'json' | 'text', distribution: string, subjects: readonly string[]): Argv {
  return [
    'lintian',
    ...(format === 'json' ? ['--exp-output', 'format=json'] : ['--tag-display-limit', '0', '--color', 'never']),
    '--display-info',
    '--display-experimental',
    '--pedantic',
    '--show-overrides',
    '--no-user-dirs',
    '--no-cfg',
    '--ignore-lintian-env',
    '--profile',
    vendorOf(distribution),
    '--fail-on',
    'none',
    ...subjects.map((name) => `${lintFolder}/${name}`),
  ];
}

/** Prints what tags mean; unknown ones make it end with 1 after the known ones. */
export function explainArgv(distribution: string, tags: readonly string[]): Argv {
  return ['lintian-explain-tags', '--no-user-dirs', '--profile', vendorOf(distribution), '--output-width', '100', '--tags', ...tags];
}

/** lintian's profile: without it, the vendor of the machine decides, and suites of the other one are errors. */
function vendorOf(distribution: string): string {
  return distribution.split(':')[0] === 'ubuntu' ? 'ubuntu' : 'debian';
}
