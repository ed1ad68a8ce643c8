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

/**
 * github.actions.results.api.v1.ArtifactService, as the official client of version 4 artifacts calls it. A name is had once in a
 * run, whatever the attempt.
 */
export function artifactService(storage: BlobStorage): {
  readonly stored: readonly StoredArtifact[];
  call(method: string, body: unknown): Promise<object>;
  /** The stored bytes are no longer those that were uploaded. */
  damage(name: string, change: (bytes: Buffer) => Uint8Array): Promise<void>;
  /** Its time is over: the bytes are gone, and with `listed: false` its name too. */
  expire(name: string, options: { readonly listed: boolean }): Promise<void>;
} {
  const open = new Map<string, string>();
  const stored: StoredArtifact[] = [];
  let made = 0;
  const keyOf = (request: TwirpRequest): string => {
    const name = request.text('name');
    return `${request.text('workflow_run_backend_id')}/${name}`;
  };
  const blob = (key: string): string => `artifacts/${key}`;
  const find = (request: TwirpRequest): StoredArtifact => {
    const [run, name] = [request.text('workflow_run_backend_id'), request.text('name')];
    const found = stored.find((artifact) => artifact.runId === run && artifact.name === name);
    if (found === undefined) throw new TwirpError(404, 'not_found', `artifact ${name} not found`);
    return found;
  };
  const methods: Readonly<Record<string, (request: TwirpRequest) => object | Promise<object>>> = {
    CreateArtifact(request) {
      const key = keyOf(request);
      if (open.has(key) || stored.some(({ runId, name }) => `${runId}/${name}` === key)) {
        throw new TwirpError(409, 'already_exists', 'an artifact with this name already exists on the workflow run');
      }
      open.set(key, request.optionalText('mime_type') ?? 'application/zip');
      return { ok: true, signed_upload_url: storage.uploadUrl(blob(key)) };
    },
    FinalizeArtifact(request) {
      const name = request.text('name');
      const key = keyOf(request);
      const mimeType = open.get(key);
      if (mimeType === undefined) throw new TwirpError(404, 'not_found', `artifact ${name} was not created`);
      open.delete(key);
      made += 1;
      const id = String(1000 + made);
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
      const run = request.text('workflow_run_backend_id');
      const found = stored.filter(
        (artifact) => artifact.runId === run && (name === undefined || artifact.name === name) && (id === undefined || artifact.id === id),
      );
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
      const { runId, name, mimeType } = find(request);
      return { signed_url: storage.downloadUrl(blob(`${runId}/${name}`), mimeType === 'application/zip' ? `${name}.zip` : name, mimeType) };
    },
    async DeleteArtifact(request) {
      const { id, runId, name } = find(request);
      stored.splice(0, stored.length, ...stored.filter((artifact) => artifact.id !== id));
      await storage.remove(blob(`${runId}/${name}`));
      return { ok: true, artifact_id: id };
    },
  };
  const named = (name: string): StoredArtifact => {
    const found = stored.find((artifact) => artifact.name === name);
    if (found === undefined) throw new Error(`there is no artifact ${name}`);
    return found;
  };
  return {
    stored,
    call: (method, body) => callMethod(methods, method, body),
    damage: (name, change) => storage.change(blob(`${named(name).runId}/${name}`), change),
    async expire(name, { listed }) {
      const { id, runId } = named(name);
      await storage.remove(blob(`${runId}/${name}`));
      if (!listed) stored.splice(0, stored.length, ...stored.filter((artifact) => artifact.id !== id));
    },
  };
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
