import { describe, expect, test } from '@jest/globals';
import { ProblemError } from '../problem.ts';
import { keysInMachine, readAptSource } from './apt-source.ts';

const messageOf = (text: string): string => {
  try {
    readAptSource(text);
    return 'taken';
  } catch (error) {
    return error instanceof ProblemError && error.problem.category === 'no-previous' ? error.message : String(error);
  }
};

describe('a source of apt', () => {
  test('as one line names its keys by where they are in the machine', () => {
    expect(readAptSource('deb [arch=amd64 signed-by=/srv/keys.gpg] file:/srv/archive stable main')).toEqual({
      format: 'list',
      text: `deb [arch=amd64 signed-by=${keysInMachine}] file:/srv/archive stable main\n`,
      keyring: '/srv/keys.gpg',
    });
  });

  test('as a paragraph may hold its keys itself', () => {
    const lines = ['Types: deb', 'URIs: file:/srv/archive', 'Suites: stable', 'Components: main'];
    expect(readAptSource([...lines, 'Signed-By: /srv/keys.gpg'].join('\n'))).toEqual({
      format: 'sources',
      text: `${lines.join('\n')}\nSigned-By: ${keysInMachine}\n`,
      keyring: '/srv/keys.gpg',
    });
    const inside = [...lines, 'Signed-By:', ' -----BEGIN PGP PUBLIC KEY BLOCK-----', ' .', ' abc', ' -----END PGP PUBLIC KEY BLOCK-----'];
    expect(readAptSource(inside.join('\n'))).toEqual({ format: 'sources', text: `${inside.join('\n')}\n`, keyring: undefined });
  });

  test.each([
    ['without keys', 'deb file:/srv/archive stable main', /names no file of keys/],
    ['that is believed without keys', 'deb [trusted=yes signed-by=/srv/keys.gpg] file:/srv/archive stable main', /has the option trusted/],
    ['of two lines', 'deb [signed-by=/k] file:/a stable main\ndeb [trusted=yes] file:/b stable main', /names no file of keys/],
    ['of sources', 'deb-src [signed-by=/k] file:/a stable main', /names no file of keys/],
    ['with a paragraph without keys', 'Types: deb\nURIs: file:/a\nSuites: s\nComponents: main', /names no file of keys in Signed-By/],
    ['with a paragraph that is believed', 'Types: deb\nURIs: file:/a\nSuites: s\nSigned-By: /k\nTrusted: yes', /has the field Trusted/],
    ['with two paragraphs', 'Types: deb\nURIs: file:/a\nSigned-By: /k\n\nTypes: deb\nURIs: file:/b', /is not one paragraph/],
  ])('%s is refused', (_, text, message) => {
    expect(messageOf(text)).toMatch(message);
  });
});
