import { inertLine, UserError } from '@release-kit/action';

/** What GitHub says of a job in the token that is its identity; GitHub's reference, "OpenID Connect". */
export interface Claims {
  readonly ref: string;
  readonly sha: string;
  /** `owner/name` */
  readonly repository: string;
  readonly repository_id: string;
  readonly repository_owner_id: string;
  /** public, private or internal. */
  readonly repository_visibility: string;
  readonly event_name: string;
  /** The caller's workflow: `owner/name/.github/workflows/release.yml@refs/tags/v1.2.3`. */
  readonly workflow_ref: string;
  /** The workflow that holds the job, which may be a reusable one of another repository. */
  readonly job_workflow_ref: string;
  readonly runner_environment: string;
  readonly run_id: string;
  readonly run_attempt: string;
}

/** What the runner says of the same run; undefined is not compared. */
export type KnownRun = { readonly [K in keyof Claims]?: string | undefined };

/**
 * Reads the claims of a token without checking its signature: the same token signs, and Fulcio refuses it when it is not GitHub's. E_ATTEST for one
 * that says too little, or that is of another run.
 */
export function readClaims(token: string, known: KnownRun): Claims {
  const payload = payloadOf(token);
  const missing: string[] = [];
  const word = (name: keyof Claims): string => {
    const value = payload[name];
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
    missing.push(name);
    return '';
  };
  const claims: Claims = {
    ref: word('ref'),
    sha: word('sha'),
    repository: word('repository'),
    repository_id: word('repository_id'),
    repository_owner_id: word('repository_owner_id'),
    repository_visibility: word('repository_visibility'),
    event_name: word('event_name'),
    workflow_ref: word('workflow_ref'),
    job_workflow_ref: word('job_workflow_ref'),
    runner_environment: word('runner_environment'),
    run_id: word('run_id'),
    run_attempt: word('run_attempt'),
  };
  if (missing.length > 0) throw wrong(`says nothing of ${missing.join(', ')}`);
  for (const [name, value] of Object.entries(known))
    if (value !== undefined && String(payload[name]) !== value)
      throw wrong(`is of another run: its ${name} is ${inertLine(String(payload[name]))}`);
  return claims;
}

function payloadOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return Object.fromEntries(Object.entries(Object(payload)));
  } catch (error) {
    throw wrong('cannot be read', error);
  }
}

function wrong(problem: string, cause?: unknown): UserError {
  return new UserError('E_ATTEST', `the identity token of the job ${problem}`, { cause });
}
