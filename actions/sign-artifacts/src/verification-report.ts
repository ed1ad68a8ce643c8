import type { FolderVerification } from '@release-kit/openpgp';
import { verificationSchemaVersion } from './verification-report-schema.ts';

/** For programs; names are as they were found, so a program that prints them has to make them harmless. Ends with a line feed. */
export function verificationReport({ passed, keys, tools, files, missing, lonely }: FolderVerification): string {
  const report = {
    schema: verificationSchemaVersion,
    result: passed ? 'passed' : 'failed',
    keys: keys ?? null,
    tools: tools ?? null,
    files: files.map(({ name, size, sha256, covered, signatures, signedBy, listedIn, problems, remarks }) => ({
      name,
      size,
      sha256: sha256 ?? null,
      verified: covered,
      signatures,
      signedBy,
      listedIn,
      problems,
      remarks,
    })),
    missing,
    lonely,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
