import { spawnSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { repository } from '../support/command-line.ts';
import { markedBlocks } from '../support/documents/marked-blocks.ts';
import { signedBuild } from '../support/signed-build.ts';

const blocks = await markedBlocks(repository, 'docs/installing.md', 'test/contract/installing.test.ts');
const [show = '', byGpgv = '', bySqv = '', single = ''] = blocks;
const file = 'hello_1.0-1_amd64.deb';
const isThere = (program: string): boolean => process.env['CI'] !== undefined || spawnSync(program, ['--version']).error === undefined;
const commands = [
  ['gpg', show],
  ['gpgv', byGpgv],
  ['sqv', bySqv],
  ['gpgv, one file', single],
].filter(([program = '']) => isThere(program.split(',')[0] ?? ''));

let host: RecordingHost;
let folder = '';
beforeEach(async () => {
  host = await recordingHost();
  folder = join(host.files.workspace, 'download');
  await cp(await signedBuild(host, { [file]: 'first', 'other_1.0-1_amd64.deb': 'second' }), folder, { recursive: true });
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

/** As a user does it, in the folder of the download. */
const ended = async (commandsOf: string): Promise<{ readonly exitCode: number | null; readonly said: string }> => {
  const env = { HOME: host.files.workspace, PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const { exitCode, stdout, stderr } = await host.exec(['bash', '-euc', commandsOf], { cwd: folder, env, allow: 'any' });
  return { exitCode, said: stdout + stderr };
};

test('installing.md has four blocks of commands that verify', () => expect(blocks).toHaveLength(4));

test.each(commands)('%s: the commands of installing.md are content with a release', async (program, text) => {
  const { exitCode, said } = await ended(text);
  expect([exitCode, exitCode === 0 ? '' : said]).toEqual([0, '']);
  expect(said).toMatch(program === 'gpg' ? /[0-9A-F]{4}/ : program === 'gpgv, one file' ? /Good signature/ : /_amd64\.deb: OK/);
});

test.each(commands.filter(([program]) => program !== 'gpg'))('%s: and refuse a package that was exchanged', async (_, text) => {
  await writeFile(join(folder, file), 'exchanged');
  expect((await ended(text)).exitCode).not.toBe(0);
});

test.each(commands.filter(([, text = '']) => text.includes('SHA256SUMS')))('%s: and a list that was', async (_, text) => {
  await writeFile(join(folder, file), 'exchanged');
  const { said } = await ended(`sha256sum ${file} > SHA256SUMS`);
  expect(said).toBe('');
  expect((await ended(text)).exitCode).not.toBe(0);
});

const hasGpg = isThere('gpg') && isThere('gpgv');
(hasGpg ? test : test.skip)(
  'gpgv given the armored key says what installing.md has a row for, and the command in that row makes the binary one',
  async () => {
    const document = await readFile(join(repository, 'docs/installing.md'), 'utf8');
    const [, said = '', cure = ''] = /^\| `(invalid packet)`.*`(gpg --dearmor [^`]+)`/m.exec(document) ?? [];
    const armored = await ended(byGpgv.replaceAll('signing-key.gpg', 'signing-key.asc'));
    expect(armored.exitCode).not.toBe(0);
    expect([said, armored.said]).toEqual(['invalid packet', expect.stringMatching(/invalid packet[\s\S]*No public key/)]);
    expect((await ended(`rm signing-key.gpg; ${cure}; ${byGpgv}`)).exitCode).toBe(0);
  },
);
