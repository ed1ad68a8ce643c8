export interface Answer {
  readonly status: number;
  /** JSON; a string goes out as it stands, as a page of a proxy does. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const documentation = 'https://docs.github.com/rest';

/** What GitHub says where a route is of no account: its sentence, and where it is explained. */
export const refusal = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  body: { message, documentation_url: documentation },
  headers,
});

/** Also for what the token may not see. */
export const notFound: Answer = refusal(404, 'Not Found');

/** A field that is refused; `message` where GitHub gives a reason in words, and then the code is `custom`. */
export function invalid(resource: string, field: string, code: string, message?: string): Answer {
  const error = { resource, field, code, ...(message === undefined ? {} : { message }) };
  return { status: 422, body: { message: 'Validation Failed', documentation_url: documentation, errors: [error] } };
}

/** The description leaves out the state `starter`, which GitHub is known to answer with. */
export const asDescribed = (body: unknown): unknown =>
  body === undefined ? undefined : JSON.parse(JSON.stringify(body).replaceAll('"state":"starter"', '"state":"open"'));

/** One page of a list, at most 100 items, with the links to the others. */
export function page(items: readonly object[], url: URL): Answer {
  const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30));
  const number = Number(url.searchParams.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const to = (other: number, name: string): string => {
    const link = new URL(url);
    link.searchParams.set('page', String(other));
    return `<${link.href}>; rel="${name}"`;
  };
  const before = number > 1 ? [to(number - 1, 'prev'), to(1, 'first')] : [];
  const after = number < last ? [to(number + 1, 'next'), to(last, 'last')] : [];
  const link = [...before, ...after].join(', ');
  return { status: 200, body: items.slice((number - 1) * size, number * size), ...(link === '' ? {} : { headers: { link } }) };
}

/** The fields of a JSON body; the description has been checked before. */
export function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {};
}

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const booleanOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
