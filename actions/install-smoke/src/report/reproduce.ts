import { shellWord } from '@release-kit/action';
import type { Target } from '../target.ts';

export interface ReproduceFacts {
  /** Folder of the source tree, as a person at the root of the checkout would name it. */
  readonly source: string;
  /** Folder of the packages and their manifest, named the same way; undefined: nowhere any more when the run has ended. */
  readonly packages: string | undefined;
}

/**
 * The command that tries the same packages on the same system, and opens a shell in the machine when it fails again; packages of a release that
 * did not come about are built once more before.
 */
export function reproduceCommand(target: Target, { source, packages }: ReproduceFacts): string {
  const flags = [
    `--distributions=${target.distribution}`,
    `--architectures=${target.architecture}`,
    ...(target.image === undefined ? [] : [`--image=${target.image}`]),
    ...(packages === undefined || packages === 'out' ? [] : [`--output=${packages}`]),
  ];
  // A path that looks like an option is none with ./ before it.
  const path = source === '' ? '.' : source.startsWith('-') ? `./${source}` : source;
  const smoke = ['release-kit', 'smoke', ...flags, '--shell-on-failure', path].map(shellWord).join(' ');
  return packages === undefined
    ? `${['release-kit', 'build', `--arch=${target.architecture}`, path].map(shellWord).join(' ')} && ${smoke}`
    : smoke;
}
