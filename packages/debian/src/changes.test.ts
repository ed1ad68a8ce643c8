import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { UserError } from '@release-kit/action/errors';
import fc from 'fast-check';
import { parseBuildinfo, parseChanges, parseDsc } from './changes.ts';

const sample = (name: string) => readFileSync(new URL(`./fixtures/uploads/${name}`, import.meta.url), 'utf8');
const changes = sample('gloomy_1.0_amd64.changes');
const dsc = sample('gloomy_1.0.dsc');
const signed = sample('gloomy_1.0.signed.dsc');
const sha = 'a'.repeat(64);

function failure(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error instanceof UserError ? { code: error.code, line: error.place?.line } : error;
  }
  return 'nothing thrown';
}

describe('parseChanges', () => {
  test('reads what dpkg-genchanges wrote', () => {
    const parsed = parseChanges(changes, 'x.changes');
    expect(parsed).toMatchObject({
      source: 'gloomy',
      version: '1.0',
      architectures: ['source', 'amd64'],
      distribution: 'experimental',
      binaries: ['gloomy', 'gloomy-dbgsym'],
      signed: false,
    });
    expect(parsed.files).toHaveLength(5);
    expect(parsed.files[0]).toEqual({
      name: 'gloomy_1.0.dsc',
      size: 513,
      sha256: '0bcb14b40e01c585d8ef1823219dd142319d1599999cdd1e33d2babe7d6126ca',
    });
  });

  test('knows the source of a rebuild, and uploads without binaries', () => {
    const parsed = parseChanges(changes.replace('Source: gloomy', 'Source: gloomy (0.9)').replace(/^Binary: .*\n/m, ''), 'x');
    expect(parsed).toMatchObject({ source: 'gloomy', binaries: [] });
  });

  test.each([
    ['Source: gloomy', 'Source: ../gloomy', /Source: "\.\.\/gloomy"/],
    ['Source: gloomy', 'Source:', /Source is missing or empty/],
    ['Distribution: experimental', 'Distribution: a;b', /not a distribution/],
    ['Distribution: experimental\n', '', /Distribution is missing/],
    ['Architecture: source amd64', 'Architecture: source amd64;id', /list of architectures/],
    ['Binary: gloomy', 'Binary: -x', /list of package names/],
    [/^Files:\n(?: .*\n)+/m, '', /Files is missing/],
    [/^Checksums-Sha256:\n(?: .*\n)+/m, '', /Checksums-Sha256 is missing/],
    [/ 513 gloomy_1\.0\.dsc\n(?= 2bf)/, ' 514 gloomy_1.0.dsc\n', /Checksums-Sha1 gives "gloomy_1\.0\.dsc" 514 bytes, Checksums-Sha256 513/],
    [' 513 utils', ' 514 utils', /Files gives "gloomy_1\.0\.dsc" 514 bytes/],
    ['utils optional gloomy_1.0.dsc', 'utils optional other.dsc', /Files lists "other\.dsc", which/],
    [/ 3138a6abe529f933b5c1fa87e40ce944 .*\n/, '', /Files does not list "gloomy_1\.0\.dsc"/],
    ['utils optional gloomy_1.0.dsc', 'optional gloomy_1.0.dsc', /5 words, this one has 4/],
    ['utils optional gloomy_1.0.dsc', 'utils optional ../gloomy_1.0.dsc', /not a plain file name/],
    ['utils optional gloomy_1.0.dsc', 'utils optional .hidden', /not a plain file name/],
    ['utils optional gloomy_1.0.tar.xz', 'utils optional gloomy_1.0.dsc', /twice/],
    [' 513 utils', ' -1 utils', /"-1" is not a size/],
    [' 513 utils', ' 99999999999999999999 utils', /not a size/],
    ['Files:\n', 'Files: x\n', /start on the line after/],
    ['0bcb14b40e01', '0BCB14B40E01', /64 lower-case hexadecimal/],
    ['0bcb14b40e01', '', /64 lower-case hexadecimal/],
    [/$/, '\nA: second\n', /second paragraph/],
  ] as const)('refuses %s -> %j', (from, to, message) => {
    expect(() => parseChanges(changes.replace(from, to), 'x')).toThrowWithCode('E_CONTROL', message);
  });

  test('names the line of a wrong row and of a wrong version', () => {
    expect(failure(() => parseChanges(changes.replace('513 utils', '514 utils'), 'x'))).toEqual({ code: 'E_CONTROL', line: 30 });
    expect(failure(() => parseChanges(changes.replace('Version: 1.0', 'Version: 1/0'), 'x'))).toEqual({ code: 'E_VERSION', line: 6 });
    expect(failure(() => parseChanges('', 'x'))).toEqual({ code: 'E_CONTROL', line: undefined });
  });
});

describe('parseDsc and parseBuildinfo', () => {
  test('read what dpkg wrote', () => {
    expect(parseDsc(dsc, 'x.dsc')).toMatchObject({
      source: 'gloomy',
      version: '1.0',
      architectures: ['any'],
      binaries: ['gloomy'],
      files: [{ name: 'gloomy_1.0.tar.xz', size: 1012 }],
    });
    const buildinfo = parseBuildinfo(sample('gloomy_1.0_amd64.buildinfo'), 'x.buildinfo');
    expect(buildinfo.files.map(({ name }) => name)).toEqual(['gloomy_1.0.dsc', 'gloomy-dbgsym_1.0_amd64.deb', 'gloomy_1.0_amd64.deb']);
  });

  test('take binaries parted by commas and folded', () => {
    expect(parseDsc(dsc.replace('Binary: gloomy', 'Binary: gloomy,\n gloomy-doc'), 'x').binaries).toEqual(['gloomy', 'gloomy-doc']);
  });

  test('a minimal buildinfo needs no Files table', () => {
    expect(parseBuildinfo(`Source: a1\nVersion: 1\nArchitecture: all\nChecksums-Sha256:\n ${sha} 0 a1_1_all.deb\n`, 'x').files).toEqual([
      { name: 'a1_1_all.deb', size: 0, sha256: sha },
    ]);
  });
});

describe('a clear-signed file', () => {
  test('is read without its armor, and lines are those of the file', () => {
    expect(parseDsc(signed, 'x')).toEqual({ ...parseDsc(dsc, 'x'), signed: true });
    expect(parseDsc(signed.replaceAll('\n', '\r\n'), 'x').signed).toBe(true);
    expect(failure(() => parseDsc(signed.replace('Source: gloomy', 'Source: Gloomy'), 'x'))).toEqual({ code: 'E_CONTROL', line: 5 });
  });

  test('has its escaped hyphens back', () => {
    expect(() => parseDsc(signed.replace('Format:', '- -Format:'), 'x')).toThrowWithCode(
      'E_CONTROL',
      /"-Format" may not start with a hyphen/,
    );
  });

  test.each([
    ['text before it', (text: string) => `Source: evil\n${text}`, /text before it/],
    ['text after it', (text: string) => `${text}\nSource: evil\n`, /text after the signature/],
    ['another header', (text: string) => text.replace('Hash: ', 'NotDashEscaped: '), /only Hash headers/],
    ['no empty line', (text: string) => text.replaceAll('\n\n', '\n'), /only Hash headers/],
    ['no signature', (text: string) => text.replace(/-----BEGIN PGP SIGNATURE-----[\s\S]*/, ''), /signature of the signed text is missing/],
    ['an endless signature', (text: string) => text.replace('-----END PGP SIGNATURE-----', ''), /does not end/],
    ['a line that is not base64', (text: string) => text.replace('-----END', 'Source; evil\n-----END'), /not base64/],
    ['a bare hyphen', (text: string) => text.replace('Format:', '-Format:'), /not escaped/],
    ['a second signed text', (text: string) => text + text, /text after the signature/],
  ])('is refused with %s', (_, change, message) => {
    expect(() => parseDsc(change(signed), 'x')).toThrowWithCode('E_CONTROL', message);
  });

  test('cut anywhere, or with a line lost, is an error of the user or still fine, never a crash', () => {
    const lines = signed.split('\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(signed.length), (lost, cut) => {
        for (const text of [lines.toSpliced(lost, 1).join('\n'), signed.slice(0, cut), signed.slice(cut)]) {
          expect(failure(() => parseDsc(text, 'x'))).not.toBeInstanceOf(Error);
        }
      }),
    );
  });
});
