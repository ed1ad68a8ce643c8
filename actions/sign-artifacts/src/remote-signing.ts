import { type Host, type InputsOf, inertLine, UserError } from '@release-kit/action';
import { type ReadSigningKey, readRemoteKey, type SignerHook, signerEnvironment } from '@release-kit/openpgp';
import { readRepositoryKey, repositoryKeyName } from './repository-key.ts';
import type { spec } from './spec.ts';

/** Inputs that say which key signs. */
export type SignerInputs = Pick<
  InputsOf<typeof spec>,
  'signer' | 'signerTimeout' | 'signerEnvironment' | 'publicKey' | 'key' | 'passphrase'
>;

/**
 * The key that the program of the input `signer` signs with, asked for a first signature at once; undefined when there is no such input.
 * `fingerprint` picks one of those in the public key. E_INPUT where other inputs contradict it, E_PATH, and the codes of `readRemoteKey`.
 */
export async function openRemoteKey(
  inputs: SignerInputs,
  fingerprint: string | undefined,
  host: Host,
): Promise<ReadSigningKey | undefined> {
  const remote = remoteInputs(inputs, host);
  if (remote === undefined) return undefined;
  const certificate = await readRepositoryKey(remote.publicKey);
  host.log.info(`asking the signer ${inertLine(remote.signer.command[0])} for a first signature`);
  return readRemoteKey(host, {
    certificate,
    name: repositoryKeyName(remote.publicKey),
    fingerprint,
    signer: remote.signer,
    now: host.clock.now(),
  });
}

interface RemoteInputs {
  readonly signer: SignerHook;
  /** Absolute path. */
  readonly publicKey: string;
}

/** undefined when no signer is given. E_INPUT. */
export function remoteInputs(inputs: SignerInputs, { env }: Pick<Host, 'env'>): RemoteInputs | undefined {
  const { signer, signerTimeout: timeout, signerEnvironment: names, publicKey } = inputs;
  const [program, ...args] = signer;
  if (program === undefined) {
    if (names.length > 0)
      throw new UserError('E_INPUT', 'input signer-environment names variables for the signer, but the input signer is empty');
    return undefined;
  }
  const others = { key: inputs.key !== undefined, passphrase: inputs.passphrase !== undefined };
  for (const [name, given] of Object.entries(others)) {
    if (given)
      throw new UserError('E_INPUT', `the inputs signer and ${name} exclude each other: with signer, the key is elsewhere`, {
        cure: 'Leave out one of them; a key that signs as well during a rotation is second-key.',
      });
  }
  if (publicKey === undefined)
    throw new UserError('E_INPUT', 'the input signer needs the input public-key: the certificate of the key that the program signs with', {
      cure: 'Keep the certificate in the repository and give its path.',
    });
  const environment = signerEnvironment(names, env);
  return { signer: { command: [program, ...args], timeout, environment }, publicKey };
}
