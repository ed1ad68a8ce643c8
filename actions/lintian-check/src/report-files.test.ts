import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { Ajv } from 'ajv';
import { lintReport } from './lint-report.ts';
import { lintReportSchema } from './lint-report-schema.ts';
import { resultOf, sampleExplanations, sampleResult } from './lint-result.test-support.ts';
import { prepareReports, reportFiles, writeReports } from './report-files.ts';
import { inWorkspace } from './source-link.ts';

const none = { report: undefined, sarif: undefined, junit: undefined };

describe('reports', () => {
  test('only those asked for are made', () => {
    const paths = (given: object) =>
      reportFiles({ ...none, ...given }, { content: 'open', pathOf: inWorkspace }, sampleResult(), sampleExplanations, []).map(
        ({ path }) => path,
      );
    expect(paths({})).toEqual([]);
    expect(paths({ junit: '/j.xml' })).toEqual(['/j.xml']);
    expect(paths({ report: '/r.json', sarif: '/s.sarif', junit: '/j.xml' })).toEqual(['/r.json', '/s.sarif', '/j.xml']);
  });

  test('are refused before anything runs: two in one file, a folder in the way, a file for a folder', async () => {
    await using host = await recordingHost();
    const at = (name: string) => join(host.files.workspace, name);
    await expect(prepareReports({ report: at('a'), sarif: undefined, junit: at('a') })).rejects.toThrowWithCode(
      'E_INPUT',
      /report and junit/,
    );
    await mkdir(at('folder'));
    await expect(prepareReports({ ...none, sarif: at('folder') })).rejects.toThrowWithCode(
      'E_PATH',
      /^input sarif is .*folder, which is a folder$/,
    );
    await writeFile(at('file'), '');
    await expect(prepareReports({ ...none, junit: at('file/junit.xml') })).rejects.toThrowWithCode(
      'E_PATH',
      /junit\.xml cannot be written: E/,
    );
  });

  test('are whole, in folders that are made, and leave nothing beside them', async () => {
    await using host = await recordingHost();
    const path = join(host.files.workspace, 'a/b/report.json');
    await prepareReports({ ...none, report: path });
    await writeReports([{ path, text: 'one\n' }]);
    await writeReports([{ path, text: 'two\n' }]);
    expect(await readFile(path, 'utf8')).toBe('two\n');
    expect(await readdir(join(host.files.workspace, 'a/b'))).toEqual(['report.json']);
  });

  test('what cannot take its place leaves everything as it is', async () => {
    await using host = await recordingHost();
    const path = join(host.files.workspace, 'report.json');
    await mkdir(join(path, 'x'), { recursive: true });
    await expect(writeReports([{ path, text: 'one\n' }])).rejects.toThrowWithCode('E_PATH', /report\.json cannot be written: E/);
    expect((await stat(join(path, 'x'))).isDirectory()).toBe(true);
    expect(await readdir(host.files.workspace)).toEqual(['report.json']);
  });
});

describe('the JSON report', () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(lintReportSchema);

  test.each([
    ['every kind of finding', sampleResult()],
    ['nothing found', resultOf({ passed: true })],
  ])('is as its schema says: %s', (_, result) => {
    validate(JSON.parse(lintReport(result, [])));
    expect(validate.errors).toBeNull();
  });

  test('holds every finding as lintian wrote it, with its status and place', () => {
    const result = sampleResult();
    const [first] = result.placed;
    const report = JSON.parse(lintReport(result, first === undefined ? [] : [first.finding]));
    expect(report.findings).toHaveLength(result.placed.length);
    expect(report.findings[0]).toEqual({
      tool: 'lintian',
      tag: 'dir-or-file-in-opt',
      severity: 'error',
      experimental: false,
      status: 'open',
      fails: true,
      package: 'hello',
      type: 'binary',
      distribution: 'debian:12',
      file: 'hello_1.0_amd64.deb',
      note: '',
      pointer: { path: 'opt/x/', index: 'installed', line: null },
      justification: null,
      source: 'debian/install:3',
      place: { file: 'pkg/debian/install', line: 3 },
      exact: true,
      reason: 'some rule',
      standing: 'existing',
      changed: null,
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}:1$/),
    });
    expect(report.findings[2].note).toBe(result.placed[2]?.finding.hint.note);
  });

  test('a report with another key, or without one, is not valid', () => {
    const report = JSON.parse(lintReport(resultOf(), []));
    expect(validate({ ...report, more: 1 })).toBe(false);
    expect(validate({ ...report, counts: {} })).toBe(false);
  });
});
