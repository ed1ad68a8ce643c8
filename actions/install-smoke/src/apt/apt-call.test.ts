import { expect, test } from '@jest/globals';
import { CommandError, UserError } from '@release-kit/action';
import type { MachineRun } from '../package-manager.ts';
import { callApt, mustApt, problemOf } from './apt-call.ts';

test('a script that hangs is E_TIMEOUT with its last lines; other errors pass through', async () => {
  const hung = new CommandError('E_TIMEOUT', 'm', {
    argv: ['apt-get'],
    exitCode: null,
    signal: 'SIGTERM',
    lastLines: ['Setting up a (1) ...', 'debconf (developer): starting /var/lib/dpkg/info/a.config configure'],
  });
  const error: unknown = await callApt(() => Promise.reject(hung), ['apt-get'], 5000).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'E_TIMEOUT',
    message: 'the postinst script of a was not done after 5 s',
    problem: { evidence: 'Setting up a (1) ...' },
  });
  const cancelled = () => Promise.reject(new UserError('E_CANCELLED', 'stop'));
  await expect(callApt(cancelled, ['apt-get'], 5000)).rejects.toThrowWithCode('E_CANCELLED');
});

test.each([
  ['prints too much', 'E_COMMAND', 'resource-limit', 'the postinst script of a was ended: apt-get printed more than 64 MiB'],
  ['hangs', 'E_TIMEOUT', 'script-hangs', 'the postinst script of a was not done after 5 s'],
] as const)('a script that %s is named however much was printed since it was announced', async (_, code, category, message) => {
  const failure = { argv: ['apt-get'], exitCode: null, signal: 'SIGKILL', lastLines: ['spam', 'spam'] };
  const run: MachineRun = async (_argv, { onLine }) => {
    for (const line of ['Setting up a (1) ...', 'spam']) onLine?.(line);
    throw new CommandError(code, 'apt-get printed more than 64 MiB', failure);
  };
  const subject = { kind: 'script', package: 'a', name: 'postinst' };
  await expect(callApt(run, ['apt-get'], 5000)).rejects.toMatchObject({ problem: { category, message, subject, evidence: 'spam\nspam' } });
});

test('a script that kills what runs it is named', async () => {
  const run: MachineRun = async (_argv, { onLine }) => {
    onLine?.('Removing a (1) ...');
    return { exitCode: null, stdout: 'Removing a (1) ...\n', stderr: '' };
  };
  await expect(callApt(run, ['apt-get'], 5000)).rejects.toMatchObject({
    problem: { category: 'script-failed', message: expect.stringMatching(/^the prerm script of a ended what it ran in/) },
  });
  // As Debian 12 printed it when a script killed dpkg.
  const output = 'Setting up a (1) ...\nE: Sub-process /usr/bin/dpkg received signal 9.\n';
  expect(problemOf('install', output)).toMatchObject({ category: 'script-failed', subject: { package: 'a', name: 'postinst' } });
});

test('an installation that fails is a problem, whatever was printed where', async () => {
  const run = async () => ({ exitCode: 100, stdout: '', stderr: 'E: real reason\n' });
  await expect(mustApt(run, 'install', ['apt-get'], 5000)).rejects.toThrowWithCode('E_SMOKE_INSTALL', /^real reason$/);
  await expect(mustApt(run, 'remove', ['apt-get'], 5000)).rejects.toThrowWithCode('E_SMOKE_REMOVE');
  expect(await mustApt(async () => ({ exitCode: 0, stdout: 'a', stderr: 'b' }), 'install', ['apt-get'], 5000)).toBe('ab');
});

// As Debian 12 printed it.
const withoutNetwork = `Setting up fetcher (1.0) ...
curl: (6) Could not resolve host: example.org
dpkg: error processing package fetcher (--configure):
 installed fetcher package post-installation script subprocess returned error exit status 6
Errors were encountered while processing:
 fetcher
E: Sub-process /usr/bin/dpkg returned an error code (1)
`;

test('a script that failed for want of the network is told from others', () => {
  expect(problemOf('install', withoutNetwork)).toMatchObject({
    category: 'needs-network',
    message:
      'the postinst script of fetcher returned error exit status 6; it wants the network: curl: (6) Could not resolve host: example.org',
    subject: { kind: 'script', package: 'fetcher', name: 'postinst' },
  });
  expect(problemOf('install', withoutNetwork.replace(/^curl.*\n/m, '')).category).toBe('script-failed');
  const other = withoutNetwork.replace(/^(Setting up )fetcher( .*)\n(curl.*)\n/m, '$1other$2\n$3\n$1fetcher$2\n');
  expect(problemOf('install', other).category).toBe('script-failed');
});
