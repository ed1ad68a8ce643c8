import { createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { startOidcIssuer } from './oidc-issuer.ts';

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const json = async (response: Response): Promise<Readonly<Record<string, unknown>>> => Object(await response.json());

test('a job gets a token for its audience, which the published keys verify', async () => {
  const now = Date.UTC(2026, 0, 1);
  await using issuer = await startOidcIssuer({ claims: { repository: 'me/it', ref: 'refs/tags/v1' }, now: () => now });
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = issuer.env;
  const { value } = await json(await fetch(`${address}&audience=sigstore`, bearer(token)));
  const [head = '', payload = '', signature = ''] = String(value).split('.');
  const { jwks_uri: keysAt } = await json(await fetch(`${issuer.url}/.well-known/openid-configuration`));
  const keys = (await json(await fetch(String(keysAt))))['keys'];
  const [jwk]: JsonWebKey[] = Array.isArray(keys) ? keys : [];
  const key = createPublicKey({ key: jwk ?? {}, format: 'jwk' });
  expect(createVerify('sha256').update(`${head}.${payload}`).verify(key, signature, 'base64url')).toBe(true);
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual({
    sub: 'repo:me/it:ref:refs/tags/v1',
    repository: 'me/it',
    ref: 'refs/tags/v1',
    iss: issuer.url,
    aud: 'sigstore',
    iat: now / 1000,
    nbf: now / 1000,
    exp: now / 1000 + 300,
  });
  expect(issuer.audiences).toEqual(['sigstore']);
});

test('nobody else gets one', async () => {
  await using issuer = await startOidcIssuer();
  expect((await fetch(issuer.env.ACTIONS_ID_TOKEN_REQUEST_URL, bearer('another'))).status).toBe(401);
  expect((await fetch(`${issuer.url}/else`)).status).toBe(404);
  expect(issuer.audiences).toEqual([]);
});
