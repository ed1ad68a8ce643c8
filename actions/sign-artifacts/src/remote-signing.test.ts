import { describe, expect, test } from '@jest/globals';
import { readInputs } from '@release-kit/action';
import { remoteInputs } from './remote-signing.ts';
import { spec } from './spec.ts';

const variables: Readonly<Record<string, string>> = { PIN: '2468', INPUT_KEY: 'of another input', AWS_REGION: 'here' };

function remote(given: Readonly<Record<string, string>>) {
  const inputs = readInputs(spec, given, { workspace: '/', nameOf: (name) => `input ${name}` });
  return remoteInputs(inputs, { env: (name) => variables[name] });
}

const signer = { signer: 'release/sign\n--key\na b', 'public-key': '/etc/hostname' };

describe('the inputs of a signer', () => {
  test('program and arguments are lines, taken as they are; it gets the variables that are named and no others', () => {
    expect(remote({ ...signer, 'signer-environment': 'PIN\nAWS_REGION', 'signer-timeout': '2m' })).toEqual({
      signer: { command: ['release/sign', '--key', 'a b'], timeout: 120_000, environment: { PIN: '2468', AWS_REGION: 'here' } },
      publicKey: '/etc/hostname',
    });
    expect(remote(signer)?.signer).toEqual({ command: ['release/sign', '--key', 'a b'], timeout: 30_000, environment: {} });
    // A throw-away key is for when there is no other.
    expect(remote({ ...signer, 'throw-away-key': 'true' })).toEqual(remote(signer));
    expect(remote({})).toBeUndefined();
  });

  test.each([
    ['a key as well', { ...signer, key: 'x' }, /signer and key exclude each other/],
    ['a passphrase as well', { ...signer, passphrase: 'x' }, /signer and passphrase exclude/],
    ['no certificate', { signer: 'sign' }, /needs the input public-key/],
    ['variables for nobody', { 'signer-environment': 'PIN' }, /the input signer is empty/],
    ['a variable that is not set', { ...signer, 'signer-environment': 'MISSING' }, /names MISSING, which is not set/],
    ['a variable with its value', { ...signer, 'signer-environment': 'PIN=2468' }, /names PIN=…, which is no name of a variable/],
    ['another input', { ...signer, 'signer-environment': 'INPUT_KEY' }, /one of our own/],
  ])('%s: E_INPUT', (_, given, message) => {
    expect(() => remote(given)).toThrowWithCode('E_INPUT', message);
  });
});
