import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type FileSums, withChangedSums } from './changed-sums.ts';
import { parseBuildinfo, parseChanges } from './changes.ts';

const sample = (name: string): string => readFileSync(new URL(`./fixtures/uploads/${name}`, import.meta.url), 'utf8');
const changes = sample('gloomy_1.0_amd64.changes');
const buildinfo = sample('gloomy_1.0_amd64.buildinfo');
const dsc: FileSums = { name: 'gloomy_1.0.dsc', size: 790, md5: 'a'.repeat(32), sha1: 'b'.repeat(40), sha256: 'c'.repeat(64) };
const lines = (text: string): readonly string[] => text.split('\n');

describe('withChangedSums', () => {
  test('changes size and digest of one file in all tables of a .changes file, and no other byte', () => {
    const changed = withChangedSums(changes, 'x.changes', [dsc]);
    const different = lines(changed).filter((line, index) => line !== lines(changes)[index]);
    expect(different).toEqual([
      ` ${dsc.sha1} 790 gloomy_1.0.dsc`,
      ` ${dsc.sha256} 790 gloomy_1.0.dsc`,
      ` ${dsc.md5} 790 utils optional gloomy_1.0.dsc`,
    ]);
    expect(lines(changed)).toHaveLength(lines(changes).length);
    expect(parseChanges(changed, 'x').files).toContainEqual({ name: dsc.name, size: 790, sha256: dsc.sha256 });
  });

  test('knows the MD5 table of a .buildinfo file', () => {
    const changed = withChangedSums(buildinfo, 'x.buildinfo', [dsc]);
    expect(lines(changed).filter((line, index) => line !== lines(buildinfo)[index])).toEqual([
      ` ${dsc.md5} 790 gloomy_1.0.dsc`,
      ` ${dsc.sha1} 790 gloomy_1.0.dsc`,
      ` ${dsc.sha256} 790 gloomy_1.0.dsc`,
    ]);
    expect(parseBuildinfo(changed, 'x').files).toContainEqual({ name: dsc.name, size: 790, sha256: dsc.sha256 });
  });

  test('keeps the blanks of a row, and lines elsewhere that look like one', () => {
    const text = `Description:\n ${'0'.repeat(64)} 5 gloomy_1.0.dsc\nFiles: \n \t${'0'.repeat(32)}\t 5   utils  optional gloomy_1.0.dsc \n`;
    expect(withChangedSums(text, 'x', [dsc])).toBe(
      `Description:\n ${'0'.repeat(64)} 5 gloomy_1.0.dsc\nFiles: \n \t${dsc.md5}\t 790   utils  optional gloomy_1.0.dsc \n`,
    );
  });

  test('takes names of files as they are', () => {
    const name = '$1gloomy_1.0.dsc';
    expect(withChangedSums(changes, 'x', [{ ...dsc, name: 'gloomy_1x0.dsc' }])).toBe(changes);
    expect(withChangedSums(`Files:\n ${'0'.repeat(32)} 5 ${name}\n`, 'x', [{ ...dsc, name }])).toBe(`Files:\n ${dsc.md5} 790 ${name}\n`);
  });

  test('refuses a table with digests of an unknown kind when it lists a changed file, with the place', () => {
    const text = changes.replace('Checksums-Sha1:', 'Checksums-Sha3:');
    expect(() => withChangedSums(text, 'x.changes', [dsc])).toThrowWithCode('E_CONTROL', /"Checksums-Sha3" lists "gloomy_1\.0\.dsc"/);
    expect(withChangedSums(text, 'x.changes', [])).toBe(text);
  });

  test.each([
    ['a field twice', `${changes}Files:\n`, /already on line/],
    ['CRLF', changes.replaceAll('\n', '\r\n'), /CR LF/],
    ['a row before any field', ` x\n${changes}`, /no field before it/],
  ])('refuses %s', (_, text, message) => {
    expect(() => withChangedSums(text, 'x.changes', [dsc])).toThrowWithCode('E_CONTROL', message);
  });

  test('changing back gives the same bytes', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('a', '0', 'f'), (size, digit) => {
        const one = { ...dsc, size, md5: digit.repeat(32), sha1: digit.repeat(40), sha256: digit.repeat(64) };
        const was: FileSums = {
          name: dsc.name,
          size: 513,
          md5: '3138a6abe529f933b5c1fa87e40ce944',
          sha1: 'e8310300948c9b577add7416dd5acb4214df56ee',
          sha256: '0bcb14b40e01c585d8ef1823219dd142319d1599999cdd1e33d2babe7d6126ca',
        };
        return withChangedSums(withChangedSums(changes, 'x', [one]), 'x', [was]) === changes;
      }),
    );
  });
});
