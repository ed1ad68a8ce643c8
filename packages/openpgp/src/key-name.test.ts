import { expect, test } from '@jest/globals';
import { defineAction, readInputs } from '@release-kit/action';
import { keyFileNames, keyNameInput } from './key-name.ts';

const spec = defineAction({ name: 'x', description: 'x', inputs: { 'key-name': keyNameInput }, outputs: {}, permissions: [], errors: [] });
const read = (name: string): string => readInputs(spec, { 'key-name': name }, { workspace: '/', nameOf: (input) => input }).keyName;

test.each(['hello', 'hello-archive-keyring', 'Hello_2.0', 'signing+key', 'a'.repeat(100)])('%s names the files of a key', (name) => {
  expect(read(name)).toBe(name);
  expect(keyFileNames(name)).toEqual({ armored: `${name}.asc`, binary: `${name}.gpg`, policy: `${name}.pol` });
});

test('the name that is usual needs not be given', () => expect(read('')).toBe('signing-key'));

test.each([
  '../key',
  'a/b',
  '.key',
  'key.asc',
  'key.gpg',
  'key.sig',
  'key.pol',
  'a..b',
  'a.',
  'a~b',
  'SHA256SUMS',
  'B2SUMS',
  'a b',
  'a`b',
  '-k',
  'ä',
  'a'.repeat(101),
])('%s is E_INPUT', (name) => expect(() => read(name)).toThrowWithCode('E_INPUT', /without the \.asc/));
