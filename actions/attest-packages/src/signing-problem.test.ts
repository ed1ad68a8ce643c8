import { describe, expect, test } from '@jest/globals';
import { signingProblem } from './signing-problem.ts';
import type { SigningServices } from './signing-services.ts';
import { Unattainable } from './unattainable.ts';

const at = (name: string): SigningServices => ({ name, fulcio: 'https://fulcio.example.org', rekor: undefined, timestamps: undefined });
const sigstore = at("Sigstore's public services");

/** What @sigstore/sign 5.1 throws: an error with a code, and the answer as its cause. */
const thrown = (code: string, statusCode?: number): Error =>
  Object.assign(
    new Error('error creating signing certificate', { cause: Object.assign(new Error('(x) \u001b[31m::error::planted'), { statusCode }) }),
    {
      code,
    },
  );

describe('what the client throws', () => {
  test.each([
    ['CA_CREATE_SIGNING_CERTIFICATE_ERROR', 500],
    ['CA_CREATE_SIGNING_CERTIFICATE_ERROR', 408],
    ['CA_CREATE_SIGNING_CERTIFICATE_ERROR', undefined],
    ['TLOG_CREATE_ENTRY_ERROR', 409],
    ['TLOG_FETCH_ENTRY_ERROR', 503],
    ['TSA_CREATE_TIMESTAMP_ERROR', 429],
  ])('%s with %j passes by itself', (code, status) => {
    const problem = signingProblem(thrown(code, status), sigstore);
    expect(problem).toBeInstanceOf(Unattainable);
    expect(String(problem)).not.toMatch(/\u001b/);
  });
  test.each([400, 401, 403, 404])('with %d is a refusal, which does not', (status) => {
    const problem = signingProblem(thrown('CA_CREATE_SIGNING_CERTIFICATE_ERROR', status), sigstore);
    expect(problem).not.toBeInstanceOf(Unattainable);
    expect(() => {
      throw problem;
    }).toThrowWithCode('E_ATTEST', /refuses/);
  });
  test("a refusal of GitHub's own means that the owner's plan has no attestations", () => {
    expect(signingProblem(thrown('CA_CREATE_SIGNING_CERTIFICATE_ERROR', 403), at("GitHub's Sigstore"))).toBeInstanceOf(Unattainable);
  });
  test.each([new TypeError('x is not a function'), thrown('IDENTITY_TOKEN_PARSE_ERROR'), 'text', undefined])(
    '%p is none of theirs and stays',
    (error) => {
      expect(signingProblem(error, sigstore)).toBe(error);
    },
  );
});
