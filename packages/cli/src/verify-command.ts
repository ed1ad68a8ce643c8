import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '@release-kit/action';
import type { Command } from 'commander';
import { actions } from './actions.ts';
import type { Start } from './job.ts';

interface VerifyFlags {
  readonly key?: string;
  readonly fingerprint?: string;
  readonly sumsOnly?: true;
  readonly manifestDigest?: string;
}

/** `verify`: sign-artifacts in mode verify on a download; with `--json` its report stands in the document, also when the verification fails. */
export function addVerify(program: Command, start: Start): void {
  program
    .command('verify')
    .description('verify downloaded or signed files: checksum files, signatures, control files (sign-artifacts, mode verify)')
    .argument('[path]', 'folder of the files, or one of them', '.')
    .option('--key <file>', 'public key to trust, armored or binary, from a place that you trust')
    .option('--fingerprint <digits>', 'trust the key with this fingerprint, in the file of --key or in the folder')
    .option('--sums-only', 'compare digests and look at no signature: finds damage, no forger')
    .option('--manifest-digest <digits>', 'SHA-256 that the manifest in the folder must have')
    .action(async (path: string, flags: VerifyFlags, command: Command) => {
      const action = actions['sign-artifacts'];
      await start(command, 'verify', async (host, record) => {
        await using folder = await host.files.temporary('verification');
        const report = join(folder.path, 'report.json');
        try {
          return await record.step(action.spec.name, () => action.run({ ...inputsOf(path, flags), report }, host, flagNames), host);
        } finally {
          const found = await readReport(report);
          if (found !== undefined) record.attach('verification', found);
        }
      });
    });
}

/** What people wrote, by input. */
const flagNames = { 'signed-files': 'path', 'public-key': '--key' } as const;

/** Texts by input name. */
export function inputsOf(path: string, { key, fingerprint, sumsOnly, manifestDigest }: VerifyFlags): Record<string, string> {
  return {
    mode: 'verify',
    'signed-files': path,
    ...(key === undefined ? {} : { 'public-key': key }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(sumsOnly === true ? { 'sums-only': 'true' } : {}),
    ...(manifestDigest === undefined ? {} : { 'manifest-digest': manifestDigest }),
  };
}

/** undefined: it ended before there was anything to report. */
async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
