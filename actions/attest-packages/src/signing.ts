import type { Host } from '@release-kit/action';
import { signingProblem } from './signing-problem.ts';
import type { SigningServices } from './signing-services.ts';
import type { Statement } from './statement.ts';

export interface SigningLimits {
  /** Milliseconds for one request. */
  readonly timeout: number;
  /** Milliseconds before the first further try; each next pause is twice as long. */
  readonly pause: number;
}

/** An outage is given up within a minute: one of three quarters of an hour is no reason to keep a runner for as long. */
const usualLimits: SigningLimits = { timeout: 10_000, pause: 1000 };
const furtherTries = 3;

/**
 * Signs a statement by the identity of the job: a certificate that is good for ten minutes, a signature by a key that is forgotten at once, and who
 * witnesses when. Gives the Sigstore bundle, v0.3, as JSON. Unattainable, E_ATTEST.
 */
export async function signStatement(
  statement: Statement,
  token: string,
  services: SigningServices,
  { signal }: Pick<Host, 'signal'>,
  { timeout, pause }: SigningLimits = usualLimits,
): Promise<object> {
  const { DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness } = await import('@sigstore/sign');
  const { bundleToJSON } = await import('@sigstore/bundle');
  const limits = { timeout, retry: { retries: furtherTries, minTimeout: pause, factor: 2 } };
  const { fulcio, rekor, timestamps } = services;
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({ fulcioBaseURL: fulcio, identityProvider: { getToken: async () => token }, ...limits }),
    witnesses: [
      // An entry that is there already, since the reply to the first try was lost, is fetched.
      ...(rekor === undefined ? [] : [new RekorWitness({ rekorBaseURL: rekor, fetchOnConflict: true, ...limits })]),
      ...(timestamps === undefined ? [] : [new TSAWitness({ tsaBaseURL: timestamps, ...limits })]),
    ],
  });
  try {
    const data = Buffer.from(JSON.stringify(statement));
    return bundleToJSON(await unlessAborted(signal, builder.create({ data, type: 'application/vnd.in-toto+json' })));
  } catch (error) {
    throw signingProblem(error, services);
  }
}

/** The client knows no signal; its last request is let go. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  using stack = new DisposableStack();
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort);
    stack.defer(() => signal.removeEventListener('abort', abort));
  });
  return await Promise.race([work, aborted]);
}
