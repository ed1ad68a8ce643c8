import { inertLine } from '@release-kit/action';
import { field } from './field.ts';

/**
 * An answer with a good status whose content cannot be what GitHub meant: a page of a proxy, JSON that was cut off, nothing at all.
 * It has the fields that the client's own errors have: what only reads is sent again, and of a change nobody knows whether it was made.
 */
export class BrokenAnswer extends Error {
  readonly status = 502;
  readonly request: { readonly method: string };

  constructor(said: string, method: string) {
    super(said);
    this.name = 'BrokenAnswer';
    this.request = { method };
  }
}

/** The content of an answer of the client (foreign data), when it can be used; nothing for what was removed. Throws BrokenAnswer. */
export function contentOf(answer: unknown, method: string): unknown {
  const data = field(answer, 'data');
  const usable = method === 'DELETE' ? data === '' || data === undefined : typeof data === 'object' && data !== null;
  if (usable && !(data instanceof ArrayBuffer)) return data;
  const status = String(field(answer, 'status'));
  const type = String(field(field(answer, 'headers'), 'content-type') ?? 'no content type');
  throw new BrokenAnswer(`${status} with ${typeof data === 'string' && data === '' ? 'nothing' : inertLine(type).slice(0, 100)}`, method);
}
