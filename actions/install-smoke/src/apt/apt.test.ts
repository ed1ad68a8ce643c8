import { describe, expect, test } from '@jest/globals';
import { CommandError, type ExecResult, UserError } from '@release-kit/action';
import type { MachineRun } from '../package-manager.ts';
import { type Apt, checkNames, downloadDependencies, installPackages } from './apt.ts';

const apt: Apt = { debs: ['/srv/smoke/a.deb', '/srv/smoke/b.deb'], names: ['a', 'b'], timeout: 5000 };
const result = (exitCode: number, stdout = '', stderr = ''): ExecResult => ({ exitCode, stdout, stderr });

/** Answers by the words of the command line, and keeps what was asked. */
function answering(answers: readonly (readonly [RegExp, ExecResult])[]): { run: MachineRun; asked: string[] } {
  const asked: string[] = [];
  const run: MachineRun = async (argv) => {
    asked.push(argv.join(' '));
    return answers.find(([pattern]) => pattern.test(argv.join(' ')))?.[1] ?? result(0);
  };
  return { run, asked };
}

describe('downloadDependencies', () => {
  test('needs no update of the lists, and no download, where nothing is missing', async () => {
    const { run, asked } = answering([[/--simulate/, result(0, 'Inst a (1 local-deb [all])\nInst b (1 local-deb [all])\n')]]);
    expect(await downloadDependencies(run, apt)).toEqual({ dependencies: [], removed: [] });
    expect(asked).toHaveLength(1);
  });

  test('updates the lists once when they do not do', async () => {
    let lists = 'old';
    const run: MachineRun = async (argv) => {
      if (argv.includes('update')) lists = 'new';
      if (argv.includes('--simulate'))
        return lists === 'old' ? result(100, '', 'E: Unable to locate package c') : result(0, 'Inst c (2 Debian)\n');
      return result(0);
    };
    expect(await downloadDependencies(run, apt)).toEqual({ dependencies: ['c'], removed: [] });
  });

  test('tells of lists that cannot be fetched', async () => {
    const { run } = answering([
      [/ update$/, result(100, '', 'E: The archive does not answer\n')],
      [/--simulate/, result(100, '', '')],
    ]);
    await expect(downloadDependencies(run, apt)).rejects.toThrowWithCode('E_SMOKE_INSTALL', /The archive does not answer/);
  });
});

test('files are compared with the names of the manifest', async () => {
  await checkNames(answering([[/names/, result(0, 'a\nb\n')]]).run, apt);
  await expect(checkNames(answering([[/names/, result(0, 'a\n::error::\n')]]).run, apt)).rejects.toThrowWithCode(
    'E_SMOKE_INSTALL',
    /the file of b holds the package \\::error::/,
  );
  await expect(checkNames(answering([[/names/, result(2, 'a\n', 'dpkg-deb: error: damaged')]]).run, apt)).rejects.toThrowWithCode(
    'E_SMOKE_INSTALL',
    /cannot be read/,
  );
  await expect(checkNames(answering([[/names/, result(0, 'a\nb\nc\n')]]).run, apt)).rejects.toThrowWithCode('E_SMOKE_INSTALL');
});

test('packages are installed from the given files alone', async () => {
  const { run, asked } = answering([]);
  await installPackages(run, apt);
  expect(asked[0]).toMatch(/Dir::Etc::SourceList=\/dev\/null .*install \/srv\/smoke\/a\.deb \/srv\/smoke\/b\.deb$/);
});

test('a script that hangs is E_TIMEOUT with its last lines; other errors pass through', async () => {
  const hung = new CommandError('E_TIMEOUT', 'm', {
    argv: ['apt-get'],
    exitCode: null,
    signal: 'SIGTERM',
    lastLines: ['Setting up a (1) ...'],
  });
  const error: unknown = await installPackages(() => Promise.reject(hung), apt).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'E_TIMEOUT',
    message: 'the postinst script of a was not done after 5 s',
    problem: { evidence: 'Setting up a (1) ...' },
  });
  await expect(installPackages(() => Promise.reject(new UserError('E_CANCELLED', 'stop')), apt)).rejects.toThrowWithCode('E_CANCELLED');
});
