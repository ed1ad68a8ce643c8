import { expect, test } from '@jest/globals';
import { debsigPolicy } from './debsig-policy.ts';

const policyOf = (userId: string): string => debsigPolicy({ signingFingerprint: 'B'.repeat(40), userId }, 'hello');

test('names the key or subkey that signs, and the keyring, in selection and verification', () => {
  expect(policyOf('Ada').match(/<Required Type="origin" File="hello\.gpg" id="B{40}"\/>/g)).toHaveLength(2);
  expect(policyOf('Ada')).toContain(`<Origin Name="Ada" id="${'B'.repeat(40)}"`);
});

test('a user id cannot change what the policy says', () => {
  const policy = policyOf('Eve" id="C"/><Verification/><!-- <eve@example.org>\n\u001b[31m&amp;');
  expect(policy.match(/<[A-Z][a-z]+/g)).toEqual(['<Policy', '<Origin', '<Selection', '<Required', '<Verification', '<Required']);
  expect(policy).not.toMatch(/[\u001b]|<!--/);
});
