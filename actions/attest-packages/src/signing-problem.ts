import { inertLine, UserError } from '@release-kit/action';
import type { SigningServices } from './signing-services.ts';
import { Unattainable } from './unattainable.ts';

/** Codes of @sigstore/sign, and who answers with them. */
const services: Readonly<Record<string, string>> = {
  CA_CREATE_SIGNING_CERTIFICATE_ERROR: 'Fulcio, which gives the certificate,',
  TLOG_CREATE_ENTRY_ERROR: 'Rekor, the public log,',
  TLOG_FETCH_ENTRY_ERROR: 'Rekor, the public log,',
  TSA_CREATE_TIMESTAMP_ERROR: 'the service of timestamps',
};

/**
 * What the client of Sigstore throws, in words: Unattainable for an outage and for what an owner's plan does not have, E_ATTEST for a refusal, which
 * does not pass by itself. What is no answer of a service comes back as it is.
 */
export function signingProblem(error: unknown, { name }: SigningServices): unknown {
  const service = services[String(property(error, 'code'))];
  if (service === undefined) return error;
  const cause = property(error, 'cause');
  const status = property(cause, 'statusCode');
  const words = inertLine(String(property(cause, 'message') ?? property(error, 'message'))).slice(0, 200);
  if (typeof status !== 'number')
    return new Unattainable(
      `${service} does not answer (${words})`,
      'Run the job again later, or look at the network and at HTTPS_PROXY.',
      error,
    );
  // An entry that is there already and cannot be read is no refusal either.
  if (status >= 500 || [408, 409, 429].includes(status))
    return new Unattainable(
      `${service} fails (${words})`,
      'Run the job again later: outages of Sigstore are told at status.sigstore.dev.',
      error,
    );
  if (name.startsWith('GitHub'))
    return new Unattainable(
      `${service} does not sign for this repository (${words})`,
      'Attestations of private repositories need GitHub Enterprise Cloud: set policy: best-effort, or attest: never.',
      error,
    );
  return new UserError('E_ATTEST', `${service} refuses (${words})`, {
    cause: error,
    cure: 'Run again. If it stays so, look at whether the job is one of GitHub Actions with id-token: write.',
  });
}

/** Errors carry their fields as their own. */
const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
