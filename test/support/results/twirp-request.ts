/** A request of the results service: JSON with proto names, int64 as text. */
export class TwirpRequest {
  readonly #method: string;
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(method: string, body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw malformed(method, 'the body is not an object');
    this.#method = method;
    this.#fields = new Map(Object.entries(body));
  }

  text(name: string): string {
    const value = this.#fields.get(name);
    if (typeof value !== 'string' || value === '') throw malformed(this.#method, `${name} is not text`);
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.#fields.get(name) === undefined ? undefined : this.text(name);
  }

  list(name: string): readonly string[] {
    const value = this.#fields.get(name) ?? [];
    if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string'))
      throw malformed(this.#method, `${name} is not a list of texts`);
    return value;
  }

  /** Unsigned, as decimal text. */
  size(name: string): number {
    const value = this.text(name);
    if (!/^\d{1,15}$/.test(value)) throw malformed(this.#method, `${name} is not a size`);
    return Number(value);
  }
}

export class TwirpError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const malformed = (method: string, message: string): TwirpError => new TwirpError(400, 'malformed', `${method}: ${message}`);
