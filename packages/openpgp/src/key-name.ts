import { text } from '@release-kit/action';

/**
 * What the files of the public key are called, without `.asc` and `.gpg`. A name that GitHub stores as it is (no `~`, no two dots), and none that is a
 * file of checksums, whose signature would have the same name.
 */
export const keyNameInput = text({
  default: 'signing-key',
  pattern: /^(?![A-Z0-9]+SUMS$)(?!.*\.(?:asc|gpg|pol|sig)$)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9][A-Za-z0-9.+_-]{0,99}$/,
  patternText: 'a file name of letters, digits and . + - _, without the .asc or .gpg that is put behind it',
  description: 'What the files of the public key are called, without .asc and .gpg.',
});

/** Names of the two files, and of the policy that debsig-verify needs beside the binary one. */
export function keyFileNames(keyName: string): { readonly armored: string; readonly binary: string; readonly policy: string } {
  return { armored: `${keyName}.asc`, binary: `${keyName}.gpg`, policy: `${keyName}.pol` };
}
