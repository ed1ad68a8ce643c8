import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LintianReport } from './lintian.ts';
import { parseLintianText } from './lintian-text.ts';

const sample = (name: string) => readFileSync(new URL(`./fixtures/lintian/${name}`, import.meta.url), 'utf8');
const hintsOf = (report: LintianReport) => report.files.flatMap(({ hints }) => hints);

describe('parseLintianText', () => {
  test('reads pointers, types and overrides', () => {
    const report = parseLintianText(sample('broken-2.116.txt'));
    expect(report.version).toBeUndefined();
    expect(report.files.map(({ path }) => path)).toEqual(['broken', 'fine']);
    expect(hintsOf(report).find(({ tag }) => tag === 'incorrect-path-for-interpreter')).toEqual({
      tag: 'incorrect-path-for-interpreter',
      package: 'broken',
      type: 'binary',
      severity: 'warning',
      experimental: false,
      overridden: false,
      masked: false,
      note: '/usr/bin/env perl != /usr/bin/perl',
      pointer: { path: 'usr/share/broken/a [b] c:1/s [x]', index: 'installed', line: undefined },
    });
    expect(parseLintianText(sample('source-2.116.txt')).files.map(({ path }) => path)).toEqual(['gloomy source', 'gloomy']);
  });

  test.each([
    "warning: tainted binary package 'broken', skipping",
    'N: Skipping x.deb: cannot unpack',
    'N: No packages selected.',
    'x.deb is not a readable file',
  ])('keeps %j as a notice', (line) => {
    expect(parseLintianText(`W: a: b\n${line}\n`)).toMatchObject({ notices: [line], unread: [], files: [{ path: 'a' }] });
  });

  test.each(['Z: hello: tag', 'E hello: tag', 'E: hello tag', '\u001b[2J', 'E: hello deb822: tag'])('keeps %j as unread', (line) => {
    expect(parseLintianText(`W: a: b\n${line}\n`)).toMatchObject({ notices: [], unread: [line], files: [{ path: 'a' }] });
  });

  test('the words of a maintainer are no notice', () => {
    expect(parseLintianText('N: skipping this is fine: error: none\nO: a: b\nN: skipping c\nE: a: d\n')).toMatchObject({
      notices: ['N: skipping c'],
      files: [{ path: 'a', hints: [{ overridden: true, justification: 'skipping this is fine: error: none' }, { overridden: false }] }],
    });
  });

  test('a masked hint has its screens, and is overridden where there is a reason for it', () => {
    const text = 'N: by the vendor\nN: masked by screen a/b\nN: an excuse\nM: p: t\nN: masked by screen c\nM: p: u\n';
    expect(hintsOf(parseLintianText(text))).toEqual([
      expect.objectContaining({ tag: 't', masked: true, overridden: true, justification: 'by the vendor', screens: ['a/b'] }),
      expect.objectContaining({ tag: 'u', masked: true, overridden: false, screens: ['c'] }),
    ]);
  });

  test.each([
    ['E: a: t [postinst:3]', 'control'],
    ['E: a: t [usr/bin/postinst]', 'installed'],
    ['E: a udeb: t [config]', 'control'],
    ['E: a source: t [debian/rules:3]', 'patched'],
    ['E: a changes: t [x]', undefined],
  ])('%j points into the %s tree', (line, index) => {
    expect(hintsOf(parseLintianText(line))[0]?.pointer?.index).toBe(index);
  });

  test('of a tainted package there is a notice only', () => {
    expect(parseLintianText(sample('tainted-2.116.txt'))).toEqual({
      version: undefined,
      files: [],
      notices: ["warning: tainted binary package 'broken', skipping"],
      unread: [],
    });
    expect(parseLintianText('')).toEqual({ version: undefined, files: [], notices: [], unread: [] });
  });

  test.each([
    ['E: a: t', '', undefined],
    ['E: a: t note', 'note', undefined],
    ['E: a: t [x]', '', { path: 'x', line: undefined }],
    ['E: a: t n [x:12]', 'n', { path: 'x', line: 12 }],
    ['E: a: t [old] path [x:0]', '[old] path', { path: 'x:0', line: undefined }],
    ['E: a: t array[3]', 'array[3]', undefined],
    ['E: a: t []', '[]', undefined],
    ['E: a: t [:3]', '[:3]', undefined],
    ['E: a: t x] [y]', 'x]', { path: 'y', line: undefined }],
    ['E: a: t x]', 'x]', undefined],
    ['E: a: t n [x]\r', 'n', { path: 'x', line: undefined }],
  ])('%j has the note %j', (line, note, pointer) => {
    expect(hintsOf(parseLintianText(line))).toEqual([expect.objectContaining({ tag: 't', note })]);
    expect(hintsOf(parseLintianText(line))[0]?.pointer).toEqual(pointer === undefined ? undefined : { ...pointer, index: 'installed' });
  });

  test.each([
    ['C', 'classification', {}],
    ['I', 'info', {}],
    ['X', 'classification', { experimental: true }],
    ['M', 'classification', { masked: true }],
    ['O', 'classification', { overridden: true, justification: 'a b' }],
  ])('letter %s', (letter, severity, more) => {
    expect(hintsOf(parseLintianText(`N: a\nN:\nN: b\n${letter}: p udeb: t\nN: left over\n`))).toEqual([
      { tag: 't', package: 'p', type: 'udeb', severity, experimental: false, overridden: false, masked: false, note: '', ...more },
    ]);
  });

  test('takes any text without throwing', () => {
    const line = fc
      .array(fc.constantFrom('E: ', 'N: ', 'a', ' source', ': ', '[', ']', ':1', '\n', '\r', '\0', 'skipping', 'é'), { maxLength: 40 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(line, (text) => {
        parseLintianText(text);
      }),
    );
  });

  test('reads 20 000 hints, and lines of a megabyte, in time', () => {
    const started = performance.now();
    expect(hintsOf(parseLintianText('E: a: t note [x:1]\n'.repeat(20_000)))).toHaveLength(20_000);
    for (const filler of ['[', ']', ' ', ':', '(']) parseLintianText(`E: a: t ${filler.repeat(1_000_000)}]`);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
