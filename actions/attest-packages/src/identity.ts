import { type Host, inertLine } from '@release-kit/action';
import { type Claims, readClaims } from './claims.ts';
import { Unattainable } from './unattainable.ts';

/** Who signs: a token of this job for Sigstore, and what it says. */
export interface Identity {
  readonly token: string;
  readonly claims: Claims;
}

/** The audience that Fulcio takes tokens for. */
const audience = 'sigstore';
/** Milliseconds. */
const timeout = 10_000;

/** Asks the runner for the job's identity. Unattainable where the job may have none or nobody answers, E_ATTEST for a token that cannot be used. */
export async function openIdentity(host: Host): Promise<Identity> {
  const url = host.env('ACTIONS_ID_TOKEN_REQUEST_URL');
  const secret = host.env('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
  if (url === undefined || secret === undefined) throw withoutIdentity(host);
  host.mask(secret);
  const token = await askFor(`${url}&audience=${audience}`, secret);
  host.mask(token);
  const claims = readClaims(token, { repository: host.github.repository, sha: host.github.sha, run_id: host.env('GITHUB_RUN_ID') });
  return { token, claims };
}

function withoutIdentity(host: Host): Unattainable {
  if (host.github.repository === undefined)
    return new Unattainable(
      'outside GitHub Actions nobody vouches for who builds',
      'Attest in a workflow; a local run needs no attestation.',
    );
  return new Unattainable(
    'the job has no identity to sign with: it lacks the permission id-token: write',
    'Write "id-token: write" and "attestations: write" below "permissions:" of the job, and of the job that calls this workflow, if another one does. Runs for pull requests from forks never have it.',
  );
}

async function askFor(url: string, secret: string): Promise<string> {
  const { HttpClient } = await import('@actions/http-client');
  const { BearerCredentialHandler } = await import('@actions/http-client/lib/auth');
  const client = new HttpClient('release-kit', [new BearerCredentialHandler(secret)], {
    allowRetries: true,
    maxRetries: 3,
    socketTimeout: timeout,
  });
  try {
    const { result } = await client.getJson<unknown>(url);
    const value = typeof result === 'object' && result !== null ? Reflect.get(result, 'value') : undefined;
    if (typeof value !== 'string' || value === '') throw new Error('the answer holds no token');
    return value;
  } catch (error) {
    const words = inertLine(error instanceof Error ? error.message : String(error)).slice(0, 200);
    throw new Unattainable(`GitHub gives the job no identity token (${words})`, 'Run the job again later.', error);
  } finally {
    client.dispose();
  }
}
