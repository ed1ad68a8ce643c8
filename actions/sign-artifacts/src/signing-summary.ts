import { codeBlock, codeSpan, inertMarkdown } from '@release-kit/action';
import type { ChosenKey } from './key-choice.ts';
import { checksumsName, type SignedFile } from './signing-plan.ts';

/** How anyone verifies the download: three lines that work with what Debian and Ubuntu have on board. */
const howTo = [
  `gpg --dearmor < signing-key.asc > signing-key.gpg`,
  `gpgv --keyring ./signing-key.gpg ${checksumsName}.asc ${checksumsName}`,
  `sha256sum --check --ignore-missing ${checksumsName}`,
].join('\n');

/** Part of the job summary: who signed, what, and how to verify it. */
export function signingSummary({ signing, throwAway }: ChosenKey, files: readonly SignedFile[]): string {
  const owner = throwAway
    ? 'Signed with a **throw-away key** made for this run. Nobody can trust these signatures: give a key of your own before you publish.'
    : `Signed by ${inertMarkdown(signing.userId)} (${inertMarkdown(signing.algorithm)}).`;
  const expiry =
    signing.expires === undefined || throwAway ? '' : ` The key expires on ${new Date(signing.expires).toISOString().slice(0, 10)}.`;
  return [
    '### Signatures',
    `${owner}${expiry} Fingerprint: ${codeSpan(signing.fingerprint)}`,
    `${files.length} files have a signature each, verified by \`gpgv\` with nothing but the public key. To verify a download:`,
    codeBlock(howTo, 'sh'),
  ].join('\n\n');
}
