import { UserError } from '@release-kit/action';
import type { Command } from 'commander';
import { variableOf } from './given.ts';
import type { Job, Start } from './job.ts';
import { type CertifyOptions, certifyKey } from './key-certify.ts';
import { explain } from './manual/command-text.ts';
import type { Surroundings } from './surroundings.ts';

type Flags = Omit<CertifyOptions, 'file' | 'validDays' | 'signerEnvironment'> & { validDays: string; signerEnvironment?: string[] };

/** What `key certify` is told; `command` has the options of the output already. */
export function describeCertify(command: Command, start: Start, { env }: Surroundings): void {
  explain(command, {
    environment: [{ word: variableOf('passphrase'), about: 'passphrase of the offline copy; asked for where it is not set' }],
  })
    .description('make the OpenPGP certificate of a key that never leaves its HSM or KMS')
    .argument('<file>', 'the public half of the key, PEM')
    .requiredOption('--signer <word...>', 'the program that signs with it, and its arguments')
    .option('--signer-environment <name...>', 'variables that the program gets')
    .option('--signer-timeout <time>', 'for one signature', '30s')
    .option('--user-id <text>', 'a new certificate: who signs, as "Name <mail>"')
    .option('--renews <file>', 'the certificate that users have: the same key with a later end')
    .option('--primary <file>', 'the offline copy of a key: this one becomes its subkey that signs')
    .option('--valid-days <number>', 'how long it may sign', '730')
    .action(async (file: string, { signerEnvironment = [], ...flags }: Flags, itself: Command) => {
      const job: Job = (host) => certifyKey({ ...flags, file, signerEnvironment, validDays: daysOf(flags.validDays) }, env, host);
      await start(itself, 'key certify', job);
    });
}

/** A key that cannot be copied may live longer than one in a secret. */
const longest = 3650;

function daysOf(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= longest) return days;
  throw new UserError('E_INPUT', `--valid-days must be a number from 1 to ${longest}`);
}
