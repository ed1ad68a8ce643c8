import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { verificationReportSchema } from '@release-kit/action-sign-artifacts/report-schema';
import { describeFile, writeManifest } from '@release-kit/manifest';
import { Ajv } from 'ajv';
import { type ProgramRun, runIn } from './program-run.test-support.ts';
import { inputsOf } from './verify-command.ts';

jest.setTimeout(60_000);

const deb = 'hello_1_all.deb';
let folder = '';
let fingerprint = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
  const out = join(folder, 'out');
  await mkdir(out);
  await writeFile(join(out, deb), 'package');
  const files = [
    await describeFile(out, deb, { kind: 'deb', package: 'hello', version: '1', architecture: 'all', distribution: 'debian:12' }),
  ];
  await writeManifest(join(out, 'manifest.json'), { schema: 1, sourceDateEpoch: 1, sources: [{ package: 'hello', version: '1' }], files });
  const { stdout } = await run('--json', 'sign');
  fingerprint = /"fingerprint": "([0-9A-F]{40})"/.exec(stdout)?.[1] ?? '';
});

afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]): Promise<ProgramRun> => runIn({ folder }, args);

const verify = async (...args: string[]) => {
  const { exitCode, stdout } = await run('--json', 'verify', ...args);
  const document: { readonly verification?: unknown; readonly error?: unknown } = JSON.parse(stdout);
  return { exitCode, document };
};

describe('release-kit verify', () => {
  test.each([
    [['verify', '.', '--key', 'nothing.asc'], '--key is "nothing.asc", which does not exist'],
    [['verify', 'nowhere'], 'path is "nowhere", which does not exist'],
  ])('%j is told in the words of its own flags', async (args, message) => {
    const { exitCode, stdout } = await run(...args);
    expect(exitCode).toBe(2);
    expect(stdout).toContain(message);
  });

  test('names the inputs of mode verify', () => {
    expect(inputsOf('x', {})).toEqual({ mode: 'verify', 'signed-files': 'x' });
    expect(inputsOf('x', { key: 'k', fingerprint: 'f', sumsOnly: true, manifestDigest: 'd' })).toEqual({
      mode: 'verify',
      'signed-files': 'x',
      'public-key': 'k',
      fingerprint: 'f',
      'sums-only': 'true',
      'manifest-digest': 'd',
    });
  });

  test('exits with 0 for what is as it was signed, and its JSON has a schema', async () => {
    const { exitCode, document } = await verify('out/signed', '--key', 'out/signed/signing-key.asc');
    expect(exitCode).toBe(0);
    expect(new Ajv({ strict: true }).validate(verificationReportSchema, document.verification)).toBe(true);
    expect(document.verification).toMatchObject({ result: 'passed', keys: [fingerprint] });
    const { exitCode: single, stdout } = await run('verify', `out/signed/${deb}`, '--fingerprint', fingerprint);
    expect(single).toBe(0);
    expect(stdout).toMatch(/verified {2}hello_1_all\.deb {2}signed, in SHA256SUMS, SHA512SUMS/);
  });

  test('exits with 2 when nobody says whom to trust, before anything is verified', async () => {
    const { exitCode, document } = await verify('out/signed');
    expect(exitCode).toBe(2);
    expect(document).toMatchObject({ error: { code: 'E_INPUT' } });
    expect(document.verification).toBeUndefined();
  });

  test('exits with 1 for a changed file, with the whole report', async () => {
    await appendFile(join(folder, 'out', 'signed', deb), 'x');
    const { exitCode, document } = await verify('out/signed', '--fingerprint', fingerprint);
    expect(exitCode).toBe(1);
    expect(document).toMatchObject({ error: { code: 'E_SIGNATURE' }, verification: { result: 'failed' } });
    expect((await verify('out/signed', '--sums-only')).document).toMatchObject({ error: { code: 'E_DIGEST' } });
  });
});
