import { expect, test } from '@jest/globals';
import { inertLine } from '@release-kit/action';
import fc from 'fast-check';
import { findingOf } from './hint.test-support.ts';
import { matchesContext } from './override-file.ts';
import { overrideLine } from './override-line.ts';

const lineFor = (given: Parameters<typeof findingOf>[0]) => overrideLine(findingOf(given));

test('names the tag, the note and the pointer, in the file of the package', () => {
  expect(lineFor({ tag: 'no-manual-page', pointer: { path: 'usr/bin/hello', index: 'installed', line: undefined } })).toEqual({
    file: 'debian/hello.lintian-overrides',
    line: 'no-manual-page [usr/bin/hello]',
  });
  expect(lineFor({ tag: 'a-tag' })?.line).toBe('a-tag');
});

test('lines move, so their number is left open', () => {
  const pointer = { path: 'postinst', index: 'control', line: 4 } as const;
  expect(lineFor({ tag: 'chown', note: '"chown a.b"', pointer })?.line).toBe('chown "chown a.b" [postinst:*]');
});

test('older releases print no pointer, and then none is written', () => {
  expect(lineFor({ tag: 'no-manual-page', note: 'usr/bin/hello' })?.line).toBe('no-manual-page usr/bin/hello');
});

test('findings of the source have a file of their own', () => {
  expect(lineFor({ type: 'source' })?.file).toBe('debian/source/lintian-overrides');
});

test.each([
  { type: 'changes' as const },
  { type: 'buildinfo' as const },
  { package: 'hello-dbgsym' },
  { package: '../../x' },
  { package: 'a\nb' },
  { tag: 'a tag' },
])('there is none for %j', (given) => {
  expect(lineFor(given)).toBeUndefined();
});

test('other tools have no overrides', () => {
  expect(overrideLine(findingOf({}, { tool: 'shellcheck' }))).toBeUndefined();
});

test('wildcards of the text, and what cannot be typed, become wildcards', () => {
  expect(lineFor({ note: '*.c? a\\b' })?.line).toBe('some-tag *.c* a*b');
  expect(lineFor({ note: 'a  b\tc\nd\u001b[2J\u202ee \u00fc' })?.line).toBe('some-tag a*b*c*d*[2J*e *');
});

test('a long one ends in one wildcard', () => {
  const line = lineFor({ note: `${'x'.repeat(199)}${'*'.repeat(500)}` })?.line ?? '';
  expect(line).toBe(`some-tag ${'x'.repeat(199)}*`);
  expect(lineFor({ note: 'x'.repeat(500) })?.line).toBe(`some-tag ${'x'.repeat(200)}*`);
});

/** All of the first planes' edges: controls, bidi, surrogates; fast-check's own `binary` takes seconds to set up. */
const anyCharacter = fc
  .oneof(fc.nat({ max: 0x2ff }), fc.integer({ min: 0x2000, max: 0x2fff }), fc.integer({ min: 0xd7f0, max: 0xffff }))
  .map((code) => String.fromCharCode(code));

test('whatever a finding says, its line matches it, is one line, and obeys nobody', () => {
  const text = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.string({ unit: fc.constantFrom('*', '?', '\\', ' ', '\t', '\n', '[', ']', 'a', ':') }),
  );
  fc.assert(
    fc.property(text, text, fc.option(fc.nat(), { nil: undefined }), (note, path, line) => {
      const trimmed = note.trim();
      const context = [...(trimmed === '' ? [] : [trimmed]), `[${path}${line === undefined ? '' : `:${line}`}]`].join(' ');
      const written = overrideLine(findingOf({ note, pointer: { path, index: undefined, line } }))?.line ?? '';
      expect(written).toBe(inertLine(written));
      expect(written).not.toMatch(/[\\?]|[^ -~]/);
      expect(matchesContext(written.slice('some-tag '.length), context)).toBe(true);
    }),
  );
});
