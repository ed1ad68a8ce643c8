import type { Command } from 'commander';

/** As commander gives them: how the draft is signed by a key that is elsewhere. */
export interface SigningFlags {
  readonly signer?: readonly string[];
  readonly signerEnvironment?: readonly string[];
  readonly signerTimeout?: string;
  readonly fingerprint?: string;
  readonly publicKey?: string;
}

export function addSigningFlags(command: Command): Command {
  return command
    .option('--signer <word...>', 'program, and its arguments, that signs with a key in an HSM or KMS (see sign-artifacts)')
    .option('--signer-environment <name...>', 'variables that the program gets')
    .option('--signer-timeout <time>', 'for one signature (default: 30s)')
    .option('--fingerprint <digits>', 'which key or subkey signs, when there are several')
    .option('--public-key <file>', 'the public key that users have: it must verify what is signed');
}

/** Inputs of sign-artifacts that say which key signs; `secrets`: those of the environment. Without either, a throw-away key. */
export function signingInputs(flags: SigningFlags, secrets: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { signer, signerEnvironment, signerTimeout, fingerprint, publicKey } = flags;
  return {
    ...secrets,
    ...(signer === undefined ? {} : { signer: signer.join('\n') }),
    ...(signerEnvironment === undefined ? {} : { 'signer-environment': signerEnvironment.join('\n') }),
    ...(signerTimeout === undefined ? {} : { 'signer-timeout': signerTimeout }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(publicKey === undefined ? {} : { 'public-key': publicKey }),
  };
}
