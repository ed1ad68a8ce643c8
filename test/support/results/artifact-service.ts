import type { BlobStorage } from './blob-storage.ts';
import { TwirpError, TwirpRequest } from './twirp-request.ts';

export interface StoredArtifact {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** `sha256:…` as the client announced it. */
  readonly digest: string;
  readonly runId: string;
  readonly jobId: string;
  readonly mimeType: string;
  readonly createdAt: string;
}

/** github.actions.results.api.v1.ArtifactService, as the official client of version 4 artifacts calls it. */
export function artifactService(storage: BlobStorage): {
  readonly stored: readonly StoredArtifact[];
  call(method: string, body: unknown): Promise<object>;
} {
  const open = new Map<string, string>();
  const stored: StoredArtifact[] = [];
  const blob = (name: string): string => `artifacts/${name}`;
  const find = (name: string): StoredArtifact => {
    const found = stored.find((artifact) => artifact.name === name);
    if (found === undefined) throw new TwirpError(404, 'not_found', `artifact ${name} not found`);
    return found;
  };
  const methods: Readonly<Record<string, (request: TwirpRequest) => object | Promise<object>>> = {
    CreateArtifact(request) {
      const name = request.text('name');
      if (open.has(name) || stored.some((artifact) => artifact.name === name)) {
        throw new TwirpError(409, 'already_exists', 'an artifact with this name already exists on the workflow run');
      }
      open.set(name, request.optionalText('mime_type') ?? 'application/zip');
      return { ok: true, signed_upload_url: storage.uploadUrl(blob(name)) };
    },
    FinalizeArtifact(request) {
      const name = request.text('name');
      const mimeType = open.get(name);
      if (mimeType === undefined) throw new TwirpError(404, 'not_found', `artifact ${name} was not created`);
      open.delete(name);
      const id = String(1001 + stored.length);
      stored.push({
        id,
        name,
        mimeType,
        size: request.size('size'),
        digest: request.text('hash'),
        runId: request.text('workflow_run_backend_id'),
        jobId: request.text('workflow_job_run_backend_id'),
        createdAt: new Date().toISOString(),
      });
      return { ok: true, artifact_id: id };
    },
    ListArtifacts(request) {
      const [name, id] = [request.optionalText('name_filter'), request.optionalText('id_filter')];
      const found = stored.filter((artifact) => (name === undefined || artifact.name === name) && (id === undefined || artifact.id === id));
      return {
        artifacts: found.map((artifact) => ({
          workflow_run_backend_id: artifact.runId,
          workflow_job_run_backend_id: artifact.jobId,
          database_id: artifact.id,
          name: artifact.name,
          size: String(artifact.size),
          created_at: artifact.createdAt,
          digest: artifact.digest,
        })),
      };
    },
    GetSignedArtifactURL(request) {
      const { name, mimeType } = find(request.text('name'));
      return { signed_url: storage.downloadUrl(blob(name), mimeType === 'application/zip' ? `${name}.zip` : name, mimeType) };
    },
    async DeleteArtifact(request) {
      const { id, name } = find(request.text('name'));
      stored.splice(0, stored.length, ...stored.filter((artifact) => artifact.id !== id));
      await storage.remove(blob(name));
      return { ok: true, artifact_id: id };
    },
  };
  return { stored, call: (method, body) => callMethod(methods, method, body) };
}

/** Answers one call; a method that the service does not have is `bad_route`, as Twirp says. */
export async function callMethod(
  methods: Readonly<Record<string, (request: TwirpRequest) => object | Promise<object>>>,
  method: string,
  body: unknown,
): Promise<object> {
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (handler === undefined) throw new TwirpError(404, 'bad_route', `no method ${method}`);
  return handler(new TwirpRequest(method, body));
}
