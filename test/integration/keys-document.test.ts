import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ExecResult, type RecordingHost, recordingHost } from '@release-kit/action';
import { spec } from '@release-kit/action-sign-artifacts';
import { readSigningKey, reportKeys } from '@release-kit/openpgp';
import { parse } from 'yaml';
import { repository } from '../support/command-line.ts';

/** Milliseconds: some dozens of short programs. */
const long = 180_000;
const passphrase = 'as a person types it';
const blocks = [...(await readFile(`${repository}docs/keys.md`, 'utf8')).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
const commands = blocks.filter(([, language]) => language === 'sh').map(([, , text]) => text);

let host: RecordingHost;
let home = '';
let ended: ExecResult;

beforeAll(async () => {
  host = await recordingHost();
  // Short, since the path of the agent's socket is limited.
  home = await mkdtemp(join(tmpdir(), 'k'));
  await mkdir(join(home, '.gnupg'), { mode: 0o700 });
  await writeFile(join(home, 'typed'), passphrase);
  await writeFile(join(home, '.gnupg/gpg.conf'), `batch\nno-tty\npinentry-mode loopback\npassphrase-file ${join(home, 'typed')}\n`);
  const program = [
    'exec',
    `'${process.execPath}'`,
    '--no-warnings',
    '--conditions=release-kit:source',
    `'${repository}packages/cli/src/main.ts'`,
    '"$@"',
  ];
  await mkdir(join(home, 'bin'));
  await writeFile(join(home, 'bin/release-kit'), `#!/bin/sh\n${program.join(' ')}\n`);
  await chmod(join(home, 'bin/release-kit'), 0o755);
  const script = `set -euo pipefail\numask 022\n${commands.join('\n')}`;
  const env = { HOME: home, PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`, RELEASE_KIT_PASSPHRASE: passphrase };
  ended = await host.exec(['bash', '-c', script], { cwd: home, env, allow: 'any', timeout: long });
}, long);

afterAll(async () => {
  await host.exec(['gpgconf', '--homedir', join(home, '.gnupg'), '--kill', 'gpg-agent'], { allow: 'any' });
  await rm(home, { recursive: true });
  await host[Symbol.asyncDispose]();
});

const read = (path: string): Promise<string> => readFile(join(home, path), 'utf8');
const soon = (): number => Date.now() + 2000;

describe('docs/keys.md', () => {
  test('all its commands do what it says, one after the other', () => {
    expect({ exitCode: ended.exitCode, stderr: ended.exitCode === 0 ? '' : ended.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(commands).toHaveLength(10);
  });

  test.each(['archive-key/signing-key', 'gpg-key/'])('makes %s, whose secret form signs without the primary key', async (name) => {
    const { keys } = await reportKeys({ name, content: await read(`${name}${name.endsWith('/') ? 'secret.txt' : '-secret.txt'}`) }, soon());
    expect(keys[0]?.parts.map(({ part, meantToSign }) => [part.role, meantToSign, part.secret])).toEqual([
      ['primary key', false, 'left out'],
      ['subkey', true, 'there'],
    ]);
  });

  test.each([
    ['archive-key-2/signing-key-secret.txt', 'archive-key-2/signing-key-old-secret.txt'],
    ['gpg-key/new-secret.txt', 'gpg-key/old-secret.txt'],
  ])('rotates: %s signs by another subkey than %s', async (next, old) => {
    const [a, b] = await Promise.all([next, old].map(async (path) => readSigningKey(await read(path), passphrase, soon())));
    expect(a?.fingerprint).toBe(b?.fingerprint);
    expect(a?.signingFingerprint).not.toBe(b?.signingFingerprint);
  });

  test.each([
    ['archive-key-3/signing-key.asc', ['no', 'yes', 'no']],
    ['gpg-key/signing-key-3.asc', ['no', 'yes', 'no']],
    ['archive-key-emergency/signing-key.asc', ['no', 'yes', 'no']],
    ['archive-key-revoked/signing-key.asc', ['yes', 'no']],
    ['gpg-key/revoked.asc', ['yes', 'yes', 'no']],
  ])('revokes: in %s the parts are revoked: %j', async (path, revoked) => {
    const { keys } = await reportKeys({ name: 'key', content: await read(path) }, soon());
    expect(keys[0]?.parts.map(({ part }) => part.revoked)).toEqual(revoked);
  });

  test('replaces a whole key: what is published holds both', async () => {
    expect((await reportKeys({ name: 'key', content: await read('archive-key-next/signing-key.asc') }, soon())).keys).toHaveLength(2);
  });

  test('names inputs that sign-artifacts has', () => {
    const named = blocks.filter(([, language]) => language === 'yaml').flatMap(([, , text = '']) => Object.keys(parse(text)[0].with));
    expect(named.filter((name) => !Object.hasOwn(spec.inputs, name))).toEqual([]);
    expect(named).toContain('second-key');
  });
});
