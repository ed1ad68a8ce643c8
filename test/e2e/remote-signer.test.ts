/** The built action signs everything with a key in a token, and a hostile signer cannot reach the page. */
import { readdirSync } from 'node:fs';
import { chmod, copyFile, cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { certifyRemoteKey, type RemoteKeyPair } from '@release-kit/openpgp';
import { type BuiltPackage, builtPackage } from '../support/built-package.ts';
import { type GpgKeys, gpgKeys } from '../support/gpg-keys.ts';
import { printing, runAction } from '../support/hostile.ts';
import type { StepResult } from '../support/runner/index.ts';
import { describeWithToken, type SoftToken, softToken } from '../support/soft-token.ts';

const minute = 60_000;

let host: RecordingHost;
let keys: GpgKeys;
let built: BuiltPackage;
let token: SoftToken;
let pair: RemoteKeyPair;
let fingerprint = '';

describeWithToken('sign-artifacts with a signer', () => {
  beforeAll(async () => {
    host = await recordingHost();
    keys = await gpgKeys(host);
    built = await builtPackage(host);
    token = await softToken(host);
    pair = await token.keyPair('p256');
    const made = await certifyRemoteKey(host, pair, { userId: 'Token <token@example.org>' }, Date.now() - minute);
    fingerprint = made.fingerprint;
    await writeFile(join(host.files.workspace, 'token.gpg'), made.published.binary);
  }, 2 * minute);

  afterAll(async () => {
    await keys[Symbol.asyncDispose]();
    await host[Symbol.asyncDispose]();
  });

  /** The step in a job of its own, whose workspace has the packages, the certificate and the program. */
  function signing(
    given: Readonly<Record<string, string>>,
    script: string | undefined,
    look?: (folder: string) => Promise<void>,
  ): Promise<StepResult> {
    return runAction('sign-artifacts', {
      inputs: {
        'manifest-digest': built.digest,
        signer: './sign-by-token\n01',
        'signer-environment': Object.keys(token.environment).join('\n'),
        'public-key': 'token.gpg',
        ...given,
      },
      options: { env: token.environment },
      prepare: async (workspace) => {
        await cp(built.folder, join(workspace, 'out'), { recursive: true });
        await copyFile(join(host.files.workspace, 'token.gpg'), join(workspace, 'token.gpg'));
        const program = join(workspace, 'sign-by-token');
        await copyFile(join(host.files.workspace, 'sign-by-token'), program);
        if (script !== undefined) await writeFile(program, `#!/bin/sh\n${script}\n`);
        await chmod(program, 0o755);
      },
      look: async (workspace) => look?.(join(workspace, 'out')),
    });
  }

  const errorOf = ({ annotations }: StepResult): string | undefined =>
    annotations.find(({ level }) => level === 'error')?.properties['title'];

  test(
    'files, control files and packages by the token, and by a key in memory while it is rolled over',
    async () => {
      const second = await keys.make('ed25519');
      const inputs = {
        'second-key': await keys.gpg(['--armor', '--export-secret-keys', second]),
        'control-files': 'true',
        'deb-signature': 'origin',
        signatures: 'asc\nsig',
      };
      const step = await signing(inputs, undefined, async (out) => {
        const folder = join(out, 'signed');
        const keyring = join(host.files.workspace, 'token.gpg');
        for (const name of [built.names.dsc, built.names.changes]) await host.exec(['gpgv', '--keyring', keyring, name], { cwd: folder });
        for (const end of ['asc', 'sig']) {
          const argv = ['gpgv', '--status-fd', '1', '--keyring', keyring, `SHA256SUMS.${end}`, 'SHA256SUMS'] as const;
          const { stdout } = await host.exec(argv, { cwd: folder, allow: 'any' });
          expect(stdout).toContain(`VALIDSIG ${fingerprint}`);
        }
      });
      expect({ conclusion: step.conclusion, error: errorOf(step) }).toEqual({ conclusion: 'success', error: undefined });
      expect(step.outputs['fingerprint']).toBe(`${fingerprint}\n${second}`);
    },
    2 * minute,
  );

  test.each([
    ['refuses with lines that a runner obeys', `${printing().join('; ')}; exit 1`, 'E_SIGNER'],
    ['answers with them', printing().join('; '), 'E_SIGNER'],
    ['never answers', 'sleep 987 & wait', 'E_SIGNER'],
    ['answers with noise of the right length', 'head -c 64 /dev/urandom', 'E_SIGNATURE'],
  ])(
    'one that %s: nothing is written, obeyed or left running',
    async (_, script, code) => {
      const step = await signing({ 'signer-timeout': '5s' }, script, async (out) => {
        expect(readdirSync(out)).not.toContain('signed');
      });
      expect({ conclusion: step.conclusion, error: errorOf(step) }).toEqual({ conclusion: 'failure', error: `sign-artifacts: ${code}` });
    },
    minute,
  );
});
