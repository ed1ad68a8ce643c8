import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from './recording-host.ts';
import { prepareReports, writeReports } from './report-files.ts';

describe('reports', () => {
  test('are refused before anything runs: two in one file, a folder in the way, a file for a folder', async () => {
    await using host = await recordingHost();
    const at = (name: string) => join(host.files.workspace, name);
    await expect(prepareReports({ report: at('a'), sarif: undefined, junit: at('a') })).rejects.toThrowWithCode(
      'E_INPUT',
      /report and junit/,
    );
    await mkdir(at('folder'));
    await expect(prepareReports({ sarif: at('folder') })).rejects.toThrowWithCode('E_PATH', /^input sarif is .*folder, which is a folder$/);
    await writeFile(at('file'), '');
    await expect(prepareReports({ junit: at('file/junit.xml') })).rejects.toThrowWithCode('E_PATH', /junit\.xml cannot be written: E/);
  });

  test('never take the place of a device, such as /dev/stdout', async () => {
    await using host = await recordingHost();
    await expect(prepareReports({ report: '/dev/stdout' })).rejects.toThrowWithCode('E_PATH', /^\/dev\/stdout is no place for a file/);
    const link = join(host.files.workspace, 'report.json');
    await symlink('/dev/null', link);
    await expect(prepareReports({ report: link })).rejects.toThrowWithCode('E_PATH', /report\.json is no place for a file/);
  });

  test('are whole, in folders that are made, and leave nothing beside them', async () => {
    await using host = await recordingHost();
    const path = join(host.files.workspace, 'a/b/report.json');
    await prepareReports({ report: path });
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
