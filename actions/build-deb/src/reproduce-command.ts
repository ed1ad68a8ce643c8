import { shellWord } from '@release-kit/action';

export interface ReproduceFacts {
  /** Folder or .dsc file, as a person at the root of the checkout would name it. */
  readonly source: string;
  readonly architecture: string;
  readonly distribution: string;
  readonly strategy: string;
}

/** The command that builds the same on another machine, ready to be pasted into a shell. */
export function reproduceCommand({ source, architecture, distribution, strategy }: ReproduceFacts): string {
  // A path that looks like an option is none with ./ before it.
  const path = source === '' ? '.' : source.startsWith('-') ? `./${source}` : source;
  return ['scripts/build-local.sh', `--arch=${architecture}`, `--distribution=${distribution}`, `--strategy=${strategy}`, path]
    .map(shellWord)
    .join(' ');
}
