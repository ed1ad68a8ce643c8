import type { FakeGitHub } from './server.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON as a record; {} for what is none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A client that knows nothing of GitHub: it sends what it is told, and does not try again. */
export interface PlainClient {
  /** `path` after `/repos/owner/name`, or a whole address. */
  call(method: string, path: string, body?: unknown): Promise<Answered>;
  list(path: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  upload(release: number, name: string, content: string | Uint8Array): Promise<Answered>;
}

export function plainClient({ url, repository }: FakeGitHub, token: string | undefined = 'ghs_token'): PlainClient {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const at = (path: string): string => (/^http/.test(path) ? path : `${url}/repos/${repository}${path}`);
  const answered = async (address: string, init: RequestInit): Promise<Answered> => {
    const response = await fetch(address, { redirect: 'manual', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: recordOf(text), text };
  };
  const call: PlainClient['call'] = (method, path, body) =>
    answered(at(path), {
      method,
      headers: authorization,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    call,
    async list(path) {
      const items: unknown = JSON.parse((await call('GET', path)).text);
      return Array.isArray(items) ? items : [];
    },
    async upload(release, name, content) {
      const { body } = await call('GET', `/releases/${release}`);
      const address = `${String(body['upload_url']).replace(/\{.*$/, '')}?name=${encodeURIComponent(name)}`;
      return await answered(address, {
        method: 'POST',
        headers: { ...authorization, 'content-type': 'application/octet-stream' },
        body: Buffer.from(content),
      });
    },
  };
}

function recordOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
