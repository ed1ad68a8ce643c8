import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Hint, LintianReport } from './lintian.ts';
import { parseLintianJson } from './lintian-json.ts';
import { parseLintianText } from './lintian-text.ts';

const sample = (name: string) => readFileSync(new URL(`./fixtures/lintian/${name}`, import.meta.url), 'utf8');
const hintsOf = (report: LintianReport) => report.files.flatMap(({ hints }) => hints);

describe('parseLintianJson', () => {
  test('reads a report of lintian 2.116', () => {
    const report = parseLintianJson(sample('broken-2.116.json'));
    expect(report.version).toBe('2.116.3+deb12u1');
    expect(report.notices).toEqual([]);
    expect(report.files.map(({ path, hints }) => [path, hints.length])).toEqual([
      ['broken_1.0-1_all.deb', 20],
      ['fine_2.0~rc1_amd64.deb', 11],
    ]);
    const hints = hintsOf(report);
    expect(hints.find(({ tag }) => tag === 'chown-with-dot')).toEqual({
      tag: 'chown-with-dot',
      package: 'broken',
      type: 'binary',
      severity: 'pedantic',
      experimental: false,
      overridden: false,
      masked: false,
      note: 'root.root',
      pointer: { path: 'postinst', index: 'control', line: 2 },
    });
    expect(
      hints
        .filter(({ overridden }) => overridden)
        .map(({ tag, severity, justification, pointer }) => ({ tag, severity, justification, pointer })),
    ).toEqual([
      {
        tag: 'dir-or-file-in-opt',
        severity: 'error',
        justification: 'the vendor asks for it in two lines',
        pointer: { path: 'opt/x/', index: 'installed', line: undefined },
      },
      {
        tag: 'dir-or-file-in-opt',
        severity: 'error',
        justification: 'the vendor asks for it in two lines',
        pointer: { path: 'opt/x/f', index: 'installed', line: undefined },
      },
    ]);
  });

  test('lists files without hints, and knows their types', () => {
    const report = parseLintianJson(sample('source-2.116.json'));
    expect(report.files.map(({ path, hints }) => [path, hints[0]?.type])).toEqual([
      ['./gloomy-dbgsym_1.0_amd64.deb', undefined],
      ['./gloomy_1.0.dsc', 'source'],
      ['./gloomy_1.0_amd64.buildinfo', undefined],
      ['./gloomy_1.0_amd64.deb', 'binary'],
      ['gloomy_1.0_amd64.changes', undefined],
    ]);
    expect(hintsOf(report).find(({ tag }) => tag === 'source-is-missing')?.pointer).toEqual({
      path: 'js/jquery.min.js',
      index: 'patched',
      line: undefined,
    });
  });

  test('a tainted package is in no list of files', () => {
    expect(parseLintianJson(sample('tainted-2.116.json'))).toEqual({ version: undefined, files: [], notices: [] });
  });

  test('knows masked and experimental hints', () => {
    const hints = hintsOf(parseLintianJson(sample('masked-2.116.json')));
    expect(hints.filter(({ masked }) => masked).map(({ pointer }) => pointer?.path)).toEqual(['configure']);
    expect(hints.filter(({ experimental }) => experimental).map(({ pointer }) => pointer?.path)).toContain('aclocal.m4');
  });

  test('reads the form of lintian 2.114: notes are called context, flags are yes', () => {
    const hints = hintsOf(parseLintianJson(sample('form-2.114.json')));
    const common = { package: 'broken', type: 'binary', experimental: false, overridden: false, masked: false } as const;
    expect(hints).toEqual([
      { ...common, tag: 'dir-or-file-in-opt', severity: 'error', note: 'opt/x/' },
      { ...common, tag: 'no-copyright-file', severity: 'error', note: '' },
      { ...common, tag: 'spelling-error-in-binary', severity: 'info', note: 'usr/bin/x teh the', experimental: true },
      { ...common, tag: 'very-long-line-length-in-source-file', severity: 'pedantic', note: 'x.js line 1', masked: true },
      {
        ...common,
        tag: 'hardening-no-pie',
        severity: 'warning',
        note: 'usr/bin/x',
        overridden: true,
        justification: 'asked for by the vendor',
      },
    ]);
  });

  const file = (hint: object, path: unknown = 'a_1_all.deb') =>
    JSON.stringify({ lintian_version: '2', groups: [{ input_files: [{ path, hints: [{ tag: 't', visibility: 'info', ...hint }] }] }] });

  test.each([
    ['a_1_all.udeb', 'udeb'],
    ['/x/a_1_all.deb', 'binary'],
    ['a_1.changes', 'changes'],
    ['a_1.buildinfo', 'buildinfo'],
    ['a.deb', 'binary'],
  ])('%s is of type %s', (path, type) => {
    expect(hintsOf(parseLintianJson(file({}, path)))).toEqual([
      { tag: 't', package: 'a', type, severity: 'info', note: '', experimental: false, overridden: false, masked: false },
    ]);
  });

  test.each([
    ['', /printed nothing/],
    [' \n', /printed nothing/],
    ['N: x', /not JSON; it starts with "N: x"/],
    ['[]', /the report must be an object/],
    ['{"groups":[]}', /lintian_version must be a text/],
    ['{"lintian_version":"2"}', /groups must be a list/],
    ['{"lintian_version":"2","groups":[{}]}', /groups\[0\]\.input_files must be a list/],
    ['{"lintian_version":"2","groups":[{"input_files":[7]}]}', /groups\[0\]\.input_files\[0\] must be an object/],
    [file({}, 7), /input_files\[0\]\.path must be a text/],
    [file({ tag: 7 }), /hints\[0\]\.tag must be a text/],
    [file({ visibility: 'huge' }), /hints\[0\]\.visibility "huge" is not a severity/],
    [file({ experimental: 'no' }), /experimental must be true or false/],
    [file({ masks: {} }), /masks must be a list/],
    [file({ override: 'x' }), /override must be an object/],
    [file({ override: { justification: 7 } }), /justification must be a text/],
    [file({ note: 7 }), /note must be a text/],
    [file({ pointer: {} }), /pointer\.item must be an object/],
    [file({ pointer: { item: {} } }), /item\.name must be a text/],
    [file({ pointer: { item: { name: 'x' }, line_position: -1 } }), /line_position must be a line number/],
    [file({ pointer: { item: { name: 'x' }, line_position: '3' } }), /line_position must be a line number/],
  ])('refuses %s', (text, message) => {
    expect(() => parseLintianJson(text)).toThrowWithCode('E_LINT_INCOMPLETE', message);
  });

  test('takes a pointer into an unknown index, and an override without a reason', () => {
    expect(
      hintsOf(
        parseLintianJson(
          file({ override: { justification: null }, masks: [], pointer: { item: { name: '../../etc/passwd' }, line_position: 1 } }),
        ),
      ),
    ).toEqual([
      expect.objectContaining({ overridden: true, masked: false, pointer: { path: '../../etc/passwd', index: undefined, line: 1 } }),
    ]);
  });
});

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
      pointer: { path: 'usr/share/broken/a [b] c:1/s [x]', index: undefined, line: undefined },
    });
    expect(parseLintianText(sample('source-2.116.txt')).files.map(({ path }) => path)).toEqual(['gloomy source', 'gloomy']);
  });

  test.each([
    "warning: tainted binary package 'broken', skipping",
    'N: Skipping x.deb: cannot unpack',
    'N: No packages selected.',
    'x.deb is not a readable file',
    'Z: hello: tag',
    'E hello: tag',
    'E: hello tag',
    '\u001b[2J',
  ])('keeps %j as a notice', (line) => {
    expect(parseLintianText(`W: a: b\n${line}\n`)).toMatchObject({ notices: [line], files: [{ path: 'a' }] });
  });

  test('of a tainted package there is a notice only', () => {
    expect(parseLintianText(sample('tainted-2.116.txt'))).toEqual({
      version: undefined,
      files: [],
      notices: ["warning: tainted binary package 'broken', skipping"],
    });
    expect(parseLintianText('')).toEqual({ version: undefined, files: [], notices: [] });
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
    expect(hintsOf(parseLintianText(line))[0]?.pointer).toEqual(pointer === undefined ? undefined : { ...pointer, index: undefined });
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

describe('both forms of one run say the same', () => {
  const comparable = ({ package: name, type, tag, note, pointer, overridden, masked, experimental, severity, justification }: Hint) =>
    JSON.stringify([
      name,
      type,
      tag,
      note,
      pointer?.path,
      pointer?.line,
      overridden,
      masked,
      experimental && !overridden && !masked,
      overridden || masked || experimental ? '' : severity,
      justification,
    ]);
  test.each(['broken-2.116', 'source-2.116', 'masked-2.116', 'broken-2.122', 'source-2.122'])('%s', (name) => {
    const json = hintsOf(parseLintianJson(sample(`${name}.json`)))
      .map(comparable)
      .sort();
    const text = parseLintianText(sample(`${name}.txt`));
    expect(json.length).toBeGreaterThan(5);
    expect(hintsOf(text).map(comparable).sort()).toEqual(json);
    expect(text.notices).toEqual([]);
  });
});
