import { describe, expect, test } from '@jest/globals';
import { decodeKeys } from './key-encodings.ts';
import { refusedForm } from './public-key-form.ts';

const armored = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEaQ==\n-----END PGP PUBLIC KEY BLOCK-----\n';
const binary = Buffer.from('mDMEaQ==', 'base64');

describe('forms of public keys that apt refuses', () => {
  test.each([
    ['key.asc', armored, undefined],
    ['key.asc', armored.replace('\n\n', '\nComment: a: b\n\n'), undefined],
    ['key.asc', `my key:\n${armored}`, undefined],
    ['key.gpg', binary, undefined],
    ['key.asc', binary, /binary.*\.asc.*apt 2/],
    ['key.gpg', armored, /armored.*\.gpg.*apt 2/],
    ['key.asc', armored.replaceAll('\n', '\r\n'), /CRLF.*apt 2/],
    ['key.asc', `\ufeff${armored}`, /byte-order mark.*every apt/],
    ['key.asc', armored.replace('\n\n', '\n'), /blank line.*apt 2/],
  ])('%s', (name, content, expected) => {
    const refused = refusedForm(name, Buffer.from(content));
    if (expected === undefined) expect(refused).toBeUndefined();
    else expect(refused).toMatch(expected);
  });

  test('a keybox of gpg, which apt 3 refuses, is named as what it is', () => {
    const keybox = Buffer.concat([Buffer.from('0000002001010002', 'hex'), Buffer.from('KBXf'), Buffer.alloc(20)]);
    expect(() => decodeKeys(keybox, 'public key')).toThrowWithCode('E_KEY_FORMAT', /is a keybox of gpg/);
  });
});
