import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { LintianReport } from './lintian.ts';
import { parseLintianJson } from './lintian-json.ts';

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
    expect(parseLintianJson(sample('tainted-2.116.json'))).toEqual({ version: undefined, files: [], notices: [], unread: [] });
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
      {
        ...common,
        tag: 'very-long-line-length-in-source-file',
        severity: 'pedantic',
        note: 'x.js line 1',
        masked: true,
        screens: ['autotools/long-lines'],
      },
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
    ['{"lintian_version":"2","groups":[7]}', /groups\[0\] must be an object/],
    ['{"lintian_version":"2","groups":[{}]}', /groups\[0\]\.input_files must be a list/],
    ['{"lintian_version":"2","groups":[{"input_files":[7]}]}', /groups\[0\]\.input_files\[0\] must be an object/],
    [file({}, 7), /input_files\[0\]\.path must be a text/],
    [JSON.stringify({ lintian_version: '2', groups: [{ input_files: [{ path: 'a_1_all.deb' }] }] }), /hints must be a list/],
  ])('refuses %s', (text, message) => {
    expect(() => parseLintianJson(text)).toThrowWithCode('E_LINT_INCOMPLETE', message);
  });

  test.each([
    { tag: 7 },
    { visibility: 'huge' },
    { visibility: undefined },
    { experimental: 'no' },
    { masks: {} },
    { masks: [{ screen: 7 }] },
    { override: 'x' },
    { override: { justification: 7 } },
    { note: 7 },
    { pointer: {} },
    { pointer: { item: {} } },
    { pointer: { item: { name: 'x', index: 7 } } },
    { pointer: { item: { name: 'x' }, line_position: -1 } },
    { pointer: { item: { name: 'x' }, line_position: '3' } },
  ])('keeps a hint of an unknown shape as unread, beside the others: %j', (odd) => {
    const hints = [
      { tag: 'known', visibility: 'info' },
      { tag: 't', visibility: 'info', ...odd },
    ];
    const report = parseLintianJson(
      JSON.stringify({ lintian_version: '2', groups: [{ input_files: [{ path: 'x/a_1_all.deb', hints }] }] }),
    );
    expect(hintsOf(report).map(({ tag }) => tag)).toEqual(['known']);
    expect(report.unread).toEqual([`a_1_all.deb: ${JSON.stringify(hints[1])}`]);
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
