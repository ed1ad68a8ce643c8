import type { VerifyingProgram } from '@release-kit/openpgp';
import type { EmbeddedFiles } from './embedding.ts';

export interface MadeSignatures {
  /** How many detached signatures there are, and of how many files. */
  readonly detached: number;
  readonly files: number;
  /** Names of the files of checksums. */
  readonly lists: readonly string[];
  readonly embedded: Pick<EmbeddedFiles, 'debs' | 'controlFiles'>;
  readonly programs: readonly VerifyingProgram[];
}

/** What the log says when everything is signed and verified, in one line. */
export function signingLine({ detached, files, lists, embedded, programs }: MadeSignatures): string {
  const inside = [...countOf(embedded.debs.length, 'package'), ...countOf(embedded.controlFiles.length, 'control file')];
  const within = inside.length === 0 ? '' : `, and ${inside.join(' and ')} inside`;
  const verified = programs.flatMap(({ name, version }) => (version === undefined ? [] : [name])).join(' and ');
  return `signed: ${files} files by ${detached} signatures, ${lists.join(' and ')} among them${within}; each verified by ${verified} with nothing but the public key`;
}

function countOf(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];
}
