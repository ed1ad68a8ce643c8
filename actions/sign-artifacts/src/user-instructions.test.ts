import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aptLines, debsigLines, verifyLines } from './user-instructions.ts';

const keyName = 'hello';

test('one line checks the signature of the list, one the files that were downloaded', () => {
  const sums = [
    { name: 'SHA256SUMS', algorithm: 'sha256' },
    { name: 'B2SUMS', algorithm: 'blake2' },
  ] as const;
  expect(verifyLines({ keyName, sums, forms: ['asc', 'sig'], debsig: undefined })).toEqual({
    gpgv: ['gpgv --keyring ./hello.gpg SHA256SUMS.asc SHA256SUMS', 'sha256sum --check --ignore-missing SHA256SUMS'],
    sqv: ['sqv --keyring hello.asc SHA256SUMS.asc SHA256SUMS', 'sha256sum --check --ignore-missing SHA256SUMS'],
  });
});

test.each([
  ['SHA512SUMS', 'sha512', 'sha512sum'],
  ['B2SUMS', 'blake2', 'b2sum'],
] as const)('%s is read by its own program, and binary signatures by their name', (name, algorithm, program) => {
  const { gpgv } = verifyLines({ keyName, sums: [{ name, algorithm }], forms: ['sig'], debsig: undefined });
  expect(gpgv).toEqual([`gpgv --keyring ./hello.gpg ${name}.sig ${name}`, `${program} --check --ignore-missing ${name}`]);
});

test('apt gets the armored key under a name that says so, by its path and not by its fingerprint', () => {
  const lines = aptLines({ keyName });
  expect(lines).toContain('install -D -m 0644 hello.asc /etc/apt/keyrings/hello.asc');
  expect(lines).toContain('Signed-By: /etc/apt/keyrings/hello.asc');
  expect(lines.join('\n')).not.toMatch(/[0-9A-F]{16}/);
});

test('debsig-verify finds policy and key in folders of the key that signed; without packages that it could read there is nothing to do', () => {
  expect(debsigLines({ keyName, debsig: { deb: 'a_1_all.deb', id: 'ABCD' } })).toEqual([
    'install -D -m 0644 hello.pol /etc/debsig/policies/ABCD/hello.pol',
    'install -D -m 0644 hello.gpg /usr/share/debsig/keyrings/ABCD/hello.gpg',
    'debsig-verify a_1_all.deb',
  ]);
  expect(debsigLines({ keyName, debsig: undefined })).toEqual([]);
});

test('the README says the same', async () => {
  const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
  const usual = { keyName: 'signing-key', sums: [{ name: 'SHA256SUMS', algorithm: 'sha256' }], forms: ['asc'], debsig: undefined } as const;
  const { gpgv, sqv } = verifyLines(usual);
  for (const lines of [gpgv, sqv]) expect(readme).toContain(`\`\`\`sh\n${lines.join('\n')}\n\`\`\``);
  const debsig = debsigLines({ keyName: 'signing-key', debsig: { deb: 'hello_1.0_amd64.deb', id: 'FINGERPRINT' } });
  expect(readme).toContain(debsig.join('\n'));
});
