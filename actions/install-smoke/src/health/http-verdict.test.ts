import { describe, expect, test } from '@jest/globals';
import type { HttpQuestion } from '@release-kit/config';
import type { Certificate, HttpAnswer } from '@release-kit/machine';
import { judgeHttp } from './http-verdict.ts';

const asked = (given: Partial<HttpQuestion> = {}): HttpQuestion => ({
  ...{ kind: 'http', url: 'https://127.0.0.1:8443/', status: undefined, body: undefined, headers: {} },
  ...{ tls: { ca: undefined, name: undefined }, ...given },
});

const answered = (given: Partial<HttpAnswer> = {}): HttpAnswer => ({ status: 200, headers: new Map(), body: '', ...given });

const certificate = (problem?: string): Certificate => ({
  ...(problem === undefined ? {} : { problem }),
  ...{ subject: 'hello', issuer: 'Hello CA', names: 'DNS:hello.example' },
  ...{ from: 'Nov 20 08:00:00 2026 GMT', to: 'Nov 21 08:00:00 2026 GMT' },
});

const whyOf = (question: HttpQuestion, answer: HttpAnswer): string => {
  const verdict = judgeHttp(question, answer);
  return verdict.good ? 'good' : verdict.why;
};

test.each<[string, Partial<HttpQuestion>, Partial<HttpAnswer>]>([
  ['any 2xx', {}, { status: 204 }],
  ['a status that is listed', { status: [401, 404] }, { status: 404 }],
  ['a line of the body', { body: '^ok$' }, { body: 'first\nok\n' }],
  ['a header', { headers: { 'content-type': '^text/' } }, { headers: new Map([['content-type', 'text/html']]) }],
  ['a certificate that is right', {}, { certificate: certificate() }],
  ['any certificate, when that is asked for', { tls: 'any' }, { certificate: certificate('CERT_HAS_EXPIRED') }],
])('%s is good', (_, question, answer) => {
  expect(whyOf(asked(question), answered(answer))).toBe('good');
});

describe('what is not as asked is named, with what came', () => {
  test.each<[Partial<HttpQuestion>, Partial<HttpAnswer>, string]>([
    [{}, { status: 404, body: '\n not here\nat all' }, 'status 404; the body starts with "not here"'],
    [{ status: [401, 403] }, { status: 200 }, 'status 200, not 401 or 403'],
    [{}, { status: 302, headers: new Map([['location', '/login']]) }, 'status 302, which leads to /login (redirects are not followed)'],
    [{ body: 'ok' }, { body: '' }, 'the body is empty, which does not match /ok/'],
    [{ body: 'ok' }, { body: 'x'.repeat(300) }, `the body starts with "${'x'.repeat(200)}…", which does not match /ok/`],
    [{ headers: { etag: 'x' } }, {}, 'there is no header etag in the answer'],
    [{ headers: { etag: '^x' } }, { headers: new Map([['etag', '"y"']]) }, 'the header etag is ""y"", which does not match /^x/'],
  ])('%j', (question, answer, why) => {
    expect(whyOf(asked(question), answered(answer))).toBe(why);
  });

  test.each([
    ['CERT_HAS_EXPIRED', 'its certificate has expired on Nov 21 08:00:00 2026 GMT'],
    ['CERT_NOT_YET_VALID', 'its certificate is good from Nov 20 08:00:00 2026 GMT only'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is signed by itself (hello), and not trusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate was issued by Hello CA, which is not trusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for DNS:hello.example, not for 127.0.0.1'],
    ['CERT_REVOKED', 'its certificate is not right: CERT_REVOKED'],
  ])('%s', (problem, why) => {
    expect(whyOf(asked(), answered({ certificate: certificate(problem) }))).toBe(why);
  });
});

test('hostile answers come out inert', () => {
  const hostile = '\u001b[31m::error::x\u0007';
  const answer = answered({ status: 500, body: hostile, headers: new Map([['location', hostile]]) });
  expect(whyOf(asked(), answer)).not.toMatch(/[\u0000-\u001f]/);
  expect(whyOf(asked({ body: 'y' }), { ...answer, status: 200 })).not.toMatch(/[\u0000-\u001f]/);
});
