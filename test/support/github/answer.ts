import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The description leaves out the state `starter`, which GitHub is known to answer with. */
export const asDescribed = (body: unknown): unknown =>
  body === undefined ? undefined : JSON.parse(JSON.stringify(body).replaceAll('"state":"starter"', '"state":"open"'));

export const notFound: Answer = { status: 404, body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' } };

export function authorize(request: IncomingMessage): Answer | undefined {
  return request.headers.authorization === undefined || /bad/.test(request.headers.authorization)
    ? { status: 401, body: { message: 'Bad credentials' } }
    : undefined;
}

export function invalid(resource: string, field: string, code: string): Answer {
  return {
    status: 422,
    body: { message: 'Validation Failed', documentation_url: 'https://docs.github.com/rest', errors: [{ resource, field, code }] },
  };
}

export function page(items: readonly object[], url: URL): Answer {
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const number = Number(url.searchParams.get('page') ?? 1);
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  const more = number * size < items.length;
  return {
    status: 200,
    body: items.slice((number - 1) * size, number * size),
    ...(more ? { headers: { link: `<${next.href}>; rel="next"` } } : {}),
  };
}

export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

export function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'x-ratelimit-remaining': '4000', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
