import { describe, expect, test } from '@jest/globals';
import { claimsOfRelease, tokenOf } from './claims.test-support.ts';
import { readClaims } from './claims.ts';

describe('claims', () => {
  test('are read from the token; what else it says is left out', () => {
    expect(readClaims(tokenOf({ ...claimsOfRelease, sub: 'repo:owner/project', run_id: 42 }), {})).toEqual(claimsOfRelease);
  });
  test('that say too little make no provenance', () => {
    const { sha: _, run_attempt: __, ...rest } = claimsOfRelease;
    expect(() => readClaims(tokenOf({ ...rest, ref: '' }), {})).toThrowWithCode('E_ATTEST', /says nothing of ref, sha, run_attempt/);
  });
  test.each([
    ['repository', 'owner/another'],
    ['sha', 'd'.repeat(40)],
    ['run_id', '43'],
  ])('of another %s than this run are refused', (name, value) => {
    expect(readClaims(tokenOf(claimsOfRelease), { [name]: undefined })).toEqual(claimsOfRelease);
    expect(() => readClaims(tokenOf({ ...claimsOfRelease, [name]: `${value}\n::error::x` }), { [name]: value })).toThrowWithCode(
      'E_ATTEST',
      new RegExp(`of another run: its ${name} is [^\\n]*$`),
    );
  });
  test.each(['', 'a', 'a.b.c', `a.${Buffer.from('[').toString('base64url')}.c`, 'a.bnVsbA.c'])('%j is no token', (token) => {
    expect(() => readClaims(token, {})).toThrowWithCode('E_ATTEST');
  });
});
