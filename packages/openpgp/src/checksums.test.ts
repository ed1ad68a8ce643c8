import { describe, expect, jest, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import fc from 'fast-check';
import { checksumFiles, formatChecksums, parseChecksums } from './checksums.ts';
import { place } from './gpg-home.test-support.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);

const nameOf = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.+_~-]{0,40}$/);
const digestOf = fc.stringMatching(/^[0-9a-f]{64}$/);

describe('checksum files', () => {
  test('are sorted by code unit whatever the order given', () => {
    expect(
      formatChecksums([
        { name: 'b.deb', digest: b },
        { name: 'a.deb', digest: a },
        { name: 'Z.deb', digest: a },
      ]),
    ).toBe(`${a}  Z.deb\n${a}  a.deb\n${b}  b.deb\n`);
  });

  test('read back as they were written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.record({ name: nameOf, digest: digestOf }), { selector: ({ name }) => name }), (entries) => {
        const parsed = parseChecksums(formatChecksums(entries), 'SHA256SUMS');
        expect(new Map(parsed.map((entry) => [entry.name, entry.digest]))).toEqual(
          new Map(entries.map((entry) => [entry.name, entry.digest])),
        );
      }),
    );
  });

  test('are what sha256sum itself writes', async () => {
    await using host = await recordingHost();
    await place(host, 'x.deb', 'x');
    await place(host, 'y+1.deb', 'y');
    const { stdout } = await host.exec(['sha256sum', 'x.deb', 'y+1.deb']);
    expect(formatChecksums(parseChecksums(stdout, 'SHA256SUMS'))).toBe(stdout);
    const binary = await host.exec(['sha256sum', '--binary', 'x.deb', 'y+1.deb']);
    expect(formatChecksums(parseChecksums(binary.stdout, 'SHA256SUMS'))).toBe(stdout);
  });

  test('of SHA-512 and BLAKE2 are what sha512sum and b2sum write, and are not taken for each other', async () => {
    await using host = await recordingHost();
    await place(host, 'x.deb', 'x');
    for (const [tool, algorithm] of [
      ['sha512sum', 'sha512'],
      ['b2sum', 'blake2'],
    ] as const) {
      const { stdout } = await host.exec([tool, 'x.deb']);
      expect(formatChecksums(parseChecksums(stdout, checksumFiles[algorithm], algorithm))).toBe(stdout);
      expect(() => parseChecksums(stdout, 'SHA256SUMS')).toThrowWithCode('E_DIGEST', /line of sha256sum/);
    }
    expect(() => parseChecksums(`${a}  x\n`, 'B2SUMS', 'blake2')).toThrowWithCode('E_DIGEST', /line of b2sum/);
  });

  test.each(['', '../a', 'a/b', 'a\nb', '-a', '.a', 'ä', 'a b', 'a\\b', 'a'.repeat(256)])('the name %j is refused with E_NAME', (name) => {
    expect(() => formatChecksums([{ name, digest: a }])).toThrowWithCode('E_NAME');
  });

  test('a name twice is E_NAME_COLLISION', () => {
    expect(() =>
      formatChecksums([
        { name: 'a', digest: a },
        { name: 'a', digest: b },
      ]),
    ).toThrowWithCode('E_NAME_COLLISION', /^a would/);
  });

  const broken: readonly (readonly [string, RegExp])[] = [
    [`${a}  x\n\n`, /not a line/],
    [`${a} x\n`, /not a line/],
    [`${a.slice(1)}  x\n`, /not a line/],
    [`${a.toUpperCase()}  x\n`, /not a line/],
    [`\\${a}  x\\ny\n`, /not a line/],
    [`${a}  ../x\n`, /no plain file/],
    [`${a}  x\r\n`, /not a line|no plain file/],
    [`${a}  x\n${b}  x\n`, /second time/],
  ];
  test.each(broken)('%j is refused with its line', (text, message) => {
    expect(() => parseChecksums(text, 'SHA256SUMS')).toThrowWithCode('E_DIGEST', message);
  });

  test('the place of a wrong line is given', () => {
    try {
      parseChecksums(`${a}  x\nrubbish\n`, 'out/SHA256SUMS');
    } catch (error) {
      expect(error).toMatchObject({ place: { file: 'out/SHA256SUMS', line: 2 } });
    }
    expect.assertions(1);
  });
});
