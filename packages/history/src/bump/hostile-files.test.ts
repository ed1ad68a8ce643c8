import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bumpFile } from './bump-file.ts';
import { type FileKind, fileKinds } from './file-kind.ts';

const bump = (kind: FileKind, text: string, options = {}) => bumpFile(kind, text, { file: 'f', to: '1.3.0', ...options });
const much = (piece: string, size = 2 ** 16): string => piece.repeat(Math.ceil(size / piece.length));

/** The code of the error that it ends with; undefined when it ends well. */
async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  }
}

const pieces = [
  '"',
  "'",
  "'''",
  '"""',
  '[',
  ']',
  '{',
  '}',
  '(',
  ')',
  '#',
  '#[[',
  '#[=[\n',
  '[[\n',
  '\\',
  '\n',
  '\r\n',
  'dnl ',
  'AC_INIT(',
  'project(',
  'project (',
];
const words = [
  'version',
  'VERSION ',
  ': ',
  ' = ',
  ',',
  '1.2.0',
  '"version": "1.2.0"',
  '[package]\n',
  'version = "1.2.0"\n',
  '<!-- x-release-version -->',
  '&a ',
  '*a',
  '- ',
];

describe('whatever stands in a file', () => {
  test.each(fileKinds)('%s: it ends with a changed text or E_BUMP', async (kind) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom(...pieces, ...words), fc.string({ maxLength: 5 })), { maxLength: 30 }),
        async (parts) => {
          expect([undefined, 'E_BUMP']).toContain(await codeOf(bump(kind, parts.join(''))));
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each(fileKinds.filter((kind) => kind !== 'snapcraft.yaml').flatMap((kind) => pieces.map((piece) => [kind, piece] as const)))(
    '%s: 64 KiB of %j ends',
    async (kind, piece) => {
      expect([undefined, 'E_BUMP']).toContain(await codeOf(bump(kind, much(piece))));
    },
  );

  test.each(fileKinds.filter((kind) => kind !== 'snapcraft.yaml'))('%s: a MiB ends', async (kind) => {
    for (const piece of ['[', "'''\\", '#[=[\n', 'version = {'])
      expect([undefined, 'E_BUMP']).toContain(await codeOf(bump(kind, much(piece, 2 ** 20))));
  });

  test.each(['a: "x"\n', '- [', '{', '# c\n', '&a [*a,'])('a YAML file of 64 KiB of %j ends', async (piece) => {
    expect([undefined, 'E_BUMP']).toContain(await codeOf(bump('snapcraft.yaml', much(piece))));
    await expect(bump('snapcraft.yaml', much(piece, 2 ** 18))).rejects.toThrowWithCode('E_BUMP', /larger than 128 KiB/);
  });

  test('a version of a MiB is refused, and shown cut', async () => {
    const work = bump('version file', '1'.repeat(2 ** 20));
    await expect(work).rejects.toThrowWithCode('E_BUMP', /^.{0,300}$/);
  });

  test('what a runner would obey is shown harmless', async () => {
    await expect(bump('package.json', '{"version":"1\\u001b[31m\\n::error::x\u202e"}')).rejects.toThrowWithCode('E_BUMP', /^[ -~]*$/);
    await expect(bump('configure.ac', 'AC_INIT([x],[\n::error::planted\n])')).rejects.toThrowWithCode('E_BUMP', /^[^\n]*$/);
  });

  test.each(['v1.3.0', '1.3', '', '1.3.0\n', 'x', '1.3.0 ', `1.3.0-${'a'.repeat(100)}`])(
    '%j is no version to write or to expect',
    async (version) => {
      await expect(bump('version file', '1.2.0', { to: version })).rejects.toThrowWithCode('E_INPUT', /semantic version/);
      await expect(bump('version file', '1.2.0', { from: version })).rejects.toThrowWithCode('E_INPUT', /semantic version/);
    },
  );
});
