import { gunzipSync } from 'node:zlib';
import { type Answer, fieldsOf, notFound, refusal, textOf } from './answer.ts';
import type { RouteRequest, Routes } from './route.ts';

/** An upload of findings, and what became of it. */
export interface FakeSarif {
  readonly id: string;
  readonly commit: string;
  readonly ref: string;
  /** Parsed; undefined when it could not be read. */
  readonly document: unknown;
  readonly errors: readonly string[];
  /** How often it is still `pending` when somebody asks. */
  pending: number;
}

/** Compressed. */
const maxBytes = 10 * 1024 ** 2;

/** Findings are taken in at once and looked at later: what is wrong with them is only told to who asks again. */
export const codeScanningRoutes: Routes = {
  'code-scanning/upload-sarif': (request) => {
    const { commit_sha: commit, ref, sarif } = fieldsOf(request.body);
    const packed = Buffer.from(textOf(sarif) ?? '', 'base64');
    if (packed.length > maxBytes) return refusal(413, 'Payload Too Large');
    const { document, errors } = unpacked(packed);
    const id = `00000000-0000-4000-8000-${String(request.state.newId()).padStart(12, '0')}`;
    request.state.sarifs.push({ id, commit: textOf(commit) ?? '', ref: textOf(ref) ?? '', document, errors, pending: 1 });
    return { status: 202, body: { id, url: addressOf(request, id) } };
  },
  'code-scanning/get-sarif': (request) => statusOf(request),
};

const addressOf = ({ state, places }: RouteRequest, id: string): string =>
  `${places.api}/repos/${state.repository}/code-scanning/sarifs/${id}`;

function statusOf(request: RouteRequest): Answer {
  const sarif = request.state.sarifs.find(({ id }) => id === request.path['sarif_id']);
  if (sarif === undefined) return notFound;
  sarif.pending -= 1;
  if (sarif.pending >= 0) return { status: 200, body: { processing_status: 'pending' } };
  const failed = sarif.errors.length > 0;
  return {
    status: 200,
    body: {
      processing_status: failed ? 'failed' : 'complete',
      ...(failed ? { errors: sarif.errors } : { analyses_url: addressOf(request, sarif.id) }),
    },
  };
}

function unpacked(packed: Buffer): Pick<FakeSarif, 'document' | 'errors'> {
  try {
    const document: unknown = JSON.parse(gunzipSync(packed).toString('utf8'));
    const { version, runs } = fieldsOf(document);
    const errors = [
      ...(version === '2.1.0' ? [] : ['SARIF has to be of version 2.1.0']),
      ...(Array.isArray(runs) && runs.length <= 20 ? [] : ['runs must be a list of at most 20']),
    ];
    return { document, errors };
  } catch {
    return { document: undefined, errors: ['the upload is no gzip of JSON, encoded as base64'] };
  }
}
