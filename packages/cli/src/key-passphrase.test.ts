import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { readSigningKey } from '@release-kit/openpgp';

jest.setTimeout(60_000);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passphrase-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** `key new` on a terminal of its own (script of bsdutils makes it); each answer is typed when the next question stands there. */
async function answer(...answers: readonly string[]): Promise<string> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const words = [
    process.execPath,
    '--no-warnings',
    '--conditions=release-kit:source',
    main,
    'key',
    'new',
    '--user-id',
    'A',
    '--output',
    'keys',
  ];
  const child = spawn('script', ['--quiet', '--return', '--command', words.map((word) => `'${word}'`).join(' '), '/dev/null'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  let asked = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    for (; asked < (shown.match(/(passphrase for the new key|the same again): /g)?.length ?? 0); asked += 1)
      child.stdin.write(`${answers[asked]}\r`);
  });
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  return shown;
}

test('the passphrase of a new key is asked for twice, and never shown', async () => {
  const shown = await answer('of the new key ü', 'of the new key ü');
  expect(shown).toMatch(/key new: done/);
  expect(shown).not.toContain('of the new key ü');
  const secret = await readFile(join(folder, 'keys/signing-key-secret.txt'), 'utf8');
  expect(await readSigningKey(secret, 'of the new key ü', Date.now() + 2000)).toMatchObject({ userId: 'A' });
});

test.each([
  [['one', 'another'], /E_PASSPHRASE\r\nthe two passphrases differ/],
  [[''], /E_PASSPHRASE\r\nthe passphrase is empty/],
  [['abc\u0003'], /E_CANCELLED/],
])('with the answers %j no key is made', async (answers, message) => {
  expect(await answer(...answers)).toMatch(message);
  expect(await readdir(folder)).not.toContain('keys');
});
