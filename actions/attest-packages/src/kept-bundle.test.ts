import { describe, expect, test } from '@jest/globals';
import { claimsOfRelease } from './claims.test-support.ts';
import type { Claims } from './claims.ts';
import { bundleOf } from './kept-bundle.ts';
import { provenanceOf } from './provenance.ts';
import { type Statement, statementOf } from './statement.ts';

const statement = (change: Partial<Claims> = {}, sha256 = 'a'.repeat(64)): Statement =>
  statementOf([{ name: 'a_1_all.deb', digest: { sha256 } }], provenanceOf({ ...claimsOfRelease, ...change }, 'https://github.com'));
const bundle = (said: unknown) => ({ dsseEnvelope: { payload: Buffer.from(JSON.stringify(said)).toString('base64') } });

describe('what GitHub keeps already', () => {
  test('is used again when it says the same, be it of an earlier attempt', () => {
    const earlier = bundle(statement({ run_attempt: '3' }));
    expect(bundleOf(statement(), [bundle({ else: true }), earlier, bundle(statement())])).toBe(earlier);
  });
  test.each([
    ['another run', statement({ run_id: '43' })],
    ['another commit', statement({ sha: 'd'.repeat(40) })],
    ['another workflow', statement({ job_workflow_ref: 'evil/kit/.github/workflows/release.yml@refs/tags/v1' })],
    ['another file', statement({}, 'b'.repeat(64))],
    ['one file more', { ...statement(), subject: [...statement().subject, { name: 'x', digest: { sha256: 'c'.repeat(64) } }] }],
    ['another kind', { ...statement(), predicateType: 'https://spdx.dev/Document/v2.3' }],
  ])('is not when it is of %s', (_, other) => {
    expect(bundleOf(statement(), [bundle(other)])).toBeUndefined();
  });
  test.each([[undefined], [null], ['text'], [{}], [{ dsseEnvelope: { payload: 'bm8=' } }], [{ dsseEnvelope: { payload: 7 } }]])(
    'is no bundle: %j',
    (other) => expect(bundleOf(statement(), [other])).toBeUndefined(),
  );
});
