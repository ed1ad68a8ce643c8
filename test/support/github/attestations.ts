import { type Answer, fieldsOf, invalid, refusal, textOf } from './answer.ts';
import type { RouteRequest, Routes } from './route.ts';

/** A signed statement that GitHub keeps, and what it is about. */
export interface FakeAttestation {
  readonly id: number;
  /** A Sigstore bundle, as it was sent. */
  readonly bundle: unknown;
  /** SHA-256 in hex. */
  readonly subjects: readonly string[];
}

/** As said to those whose plan has no attestations for private repositories. */
const unavailable = 'Feature not available for the owner organization. To enable this feature, please make this repository public.';

/** Statements are found by the digest of any of their subjects. GitHub takes a bundle whose statement it can read. */
export const attestationRoutes: Routes = {
  'repos/create-attestation': (request) => keep(request),
  'repos/list-attestations': ({ state, path }) => ({
    status: 200,
    body: {
      attestations: state.attestations
        .filter(({ subjects }) => subjects.includes((path['subject_digest'] ?? '').replace(/^sha256:/, '')))
        .map(({ bundle }) => ({ bundle, repository_id: 1 })),
    },
  }),
};

function keep({ state, body }: RouteRequest): Answer {
  if (!state.settings.attestations) return refusal(403, unavailable);
  const { bundle } = fieldsOf(body);
  const subjects = subjectsOf(bundle);
  if (subjects.length === 0) return invalid('Attestation', 'bundle', 'invalid');
  const id = state.newId();
  state.attestations.push({ id, bundle, subjects });
  return { status: 201, body: { id } };
}

function subjectsOf(bundle: unknown): readonly string[] {
  const { payload } = fieldsOf(fieldsOf(bundle)['dsseEnvelope']);
  try {
    const { subject } = fieldsOf(JSON.parse(Buffer.from(textOf(payload) ?? '', 'base64').toString('utf8')));
    const digests = (Array.isArray(subject) ? subject : []).map((one: unknown) => textOf(fieldsOf(fieldsOf(one)['digest'])['sha256']));
    return digests.filter((digest) => digest !== undefined);
  } catch {
    return [];
  }
}
