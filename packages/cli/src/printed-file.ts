import { UserError } from '@release-kit/action';

/** Inputs of changelog that name a file to write. */
export const writtenFiles = [
  'output',
  'changelog',
  'debian-changelog',
  'appstream',
  'json',
  'migration-guide',
  'announcement-file',
] as const;

export type WrittenFile = (typeof writtenFiles)[number];

/**
 * Which of the files is printed instead of being written: the one that is `-`, else, when none is named, what was asked for. undefined:
 * none, since all have names, or since the mode writes none of them.
 */
export function printedFile(given: Readonly<Record<string, string>>): WrittenFile | undefined {
  const [first] = writtenFiles.filter((name) => given[name] === '-');
  if (first !== undefined) return first;
  if ((given['mode'] ?? 'notes') !== 'notes' || writtenFiles.some((name) => given[name] !== undefined)) return undefined;
  if (given['announcement'] !== undefined) return 'announcement-file';
  if (given['migrate-from'] !== undefined || given['migrate-to'] !== undefined) return 'migration-guide';
  return given['full'] === 'true' ? 'changelog' : 'output';
}

/** Throws E_INPUT when more than one thing would go to standard output. */
export function refuseTwoPrinted(given: Readonly<Record<string, string>>, isDocument: boolean): void {
  const printed = [
    ...writtenFiles.filter((name) => given[name] === '-').map((name) => `--${name} -`),
    ...(isDocument ? ['the document of --json'] : []),
  ];
  if (printed.length > 1)
    throw new UserError('E_INPUT', `${printed.join(' and ')} both print on standard output`, { cure: 'Give one of them a file.' });
}
