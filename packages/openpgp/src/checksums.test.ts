import { describe, expect, jest, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import fc from 'fast-check';
import { formatChecksums, parseChecksums } from './checksums.ts';
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
        { name: 'b.deb', sha256: b },
        { name: 'a.deb', sha256: a },
        { name: 'Z.deb', sha256: a },
      ]),
    ).toBe(`${a}  Z.deb\n${a}  a.deb\n${b}  b.deb\n`);
  });

  test('read back as they were written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.record({ name: nameOf, sha256: digestOf }), { selector: ({ name }) => name }), (entries) => {
        const parsed = parseChecksums(formatChecksums(entries), 'SHA256SUMS');
        expect(new Map(parsed.map((entry) => [entry.name, entry.sha256]))).toEqual(
          new Map(entries.map((entry) => [entry.name, entry.sha256])),
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

  test.each(['', '../a', 'a/b', 'a\nb', '-a', '.a', 'ä', 'a b', 'a\\b', 'a'.repeat(256)])('the name %j is refused with E_NAME', (name) => {
    expect(() => formatChecksums([{ name, sha256: a }])).toThrowWithCode('E_NAME');
  });

  test('a name twice is E_NAME_COLLISION', () => {
    expect(() =>
      formatChecksums([
        { name: 'a', sha256: a },
        { name: 'a', sha256: b },
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
