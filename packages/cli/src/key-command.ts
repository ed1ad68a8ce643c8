import { forbidCoreDumps, UserError } from '@release-kit/action';
import { madeAlgorithms } from '@release-kit/openpgp';
import { type Command, Option } from 'commander';
import { variableOf } from './given.ts';
import type { Job, Start } from './job.ts';
import { describeCertify } from './key-certify-command.ts';
import { checkKey } from './key-check.ts';
import {
  type ExportOptions,
  exportKey,
  makeNewKey,
  type NewOptions,
  type RevokeOptions,
  type RotateOptions,
  revokeOldSubkey,
  rotateKey,
} from './key-tasks.ts';
import { explain } from './manual/command-text.ts';
import type { Surroundings } from './surroundings.ts';

/** What Debian's own practice and every apt are fine with. */
const validDays = { default: '730', min: 1, max: 730 };

/** `key`: everything a person does to the key that signs, in memory; nothing secret is shown. */
export function addKey(program: Command, startJob: Start, surroundings: Surroundings): void {
  const { env } = surroundings;
  const start: Start = (command, name, job, around) => startJob(command, name, withoutCoreDumps(job), around);
  const key = program.command('key').description('make, look at, rotate and export the key that signs');
  explain(addOutput(key.command('new')), secrets)
    .description('make a primary key to keep offline, with a subkey that signs, and write down all that is needed of them')
    .requiredOption('--user-id <text>', 'who signs: a name, or "Name <mail>"')
    .addOption(new Option('--algorithm <name>', 'of the key').choices(madeAlgorithms).default('ed25519'))
    .option('--valid-days <number>', 'how long the subkey may sign', validDays.default)
    .option('--no-passphrase', 'do not protect the secret files')
    .option(
      '--replaces <file>',
      'the public key that users have now: it is published beside the new one, and the days of the change are told',
    )
    .action(async (flags: Omit<NewOptions, 'validDays'> & { validDays: string }, command: Command) => {
      await start(command, 'key new', (host) => makeNewKey({ ...flags, validDays: daysOf(flags.validDays) }, env, host));
    });
  explain(addOutput(key.command('rotate')), secrets)
    .description('give the primary key a new subkey that signs, and tell the days on which it takes over')
    .argument('<file>', 'the offline copy of the key')
    .option('--valid-days <number>', 'how long the new subkey may sign', validDays.default)
    .option('--revoke <fingerprint>', 'a subkey that is not safe any more: it is revoked, and nothing it signed counts from then on')
    .action(async (file: string, flags: Omit<RotateOptions, 'file' | 'validDays'> & { validDays: string }, command: Command) => {
      await start(command, 'key rotate', (host) => rotateKey({ ...flags, file, validDays: daysOf(flags.validDays) }, env, host));
    });
  explain(addOutput(key.command('revoke')), secrets)
    .description('end a subkey that was rotated out: the last step of a rotation')
    .argument('<file>', 'the offline copy of the key')
    .requiredOption('--subkey <fingerprint>', 'the subkey that signs no more')
    .action(async (file: string, flags: Omit<RevokeOptions, 'file'>, command: Command) => {
      await start(command, 'key revoke', (host) => revokeOldSubkey({ ...flags, file }, env, host));
    });
  describeCertify(addOutput(key.command('certify')), start, surroundings);
  addExport(key, start, surroundings);
  key
    .command('check')
    .description('tell everything of a key, public or secret, and what apt makes of it; fails when it cannot sign')
    .argument('[file]', `the key (default: the content of ${variableOf('key')})`)
    .action(async (file: string | undefined, _flags: unknown, command: Command) => {
      await start(command, 'key check', (host) => checkKey(file, env, host));
    });
}

function withoutCoreDumps(job: Job): Job {
  return async (host, record, log) => {
    await forbidCoreDumps(host);
    return job(host, record, log);
  };
}

function addExport(key: Command, start: Start, surroundings: Surroundings): void {
  key
    .command('export')
    .description('write the public key in the forms that apt takes, or the secret of the subkeys that sign on one line')
    .argument('<file>', 'the key, public or secret')
    .option('--output <folder>', 'where the files are written')
    .option('--name <name>', 'first part of the names of the files', 'signing-key')
    .option('--secret', 'the subkeys that sign, without the primary key, on one line: into the folder, or without --output to a pipe')
    .option('--subkey <fingerprint>', 'with --secret: only this subkey')
    .option('--revocation <file>', 'a revocation certificate that is put into the public key')
    .action(async (file: string, flags: Omit<ExportOptions, 'file'>, command: Command) => {
      const piped = flags.secret === true && flags.output === undefined;
      // Standard output is the secret's alone.
      const around = piped ? { ...surroundings, stdout: surroundings.stderr } : surroundings;
      const print = (secret: string): void => {
        if (surroundings.stdout.isTTY === true) {
          throw new UserError('E_INPUT', 'the secret is not shown on a terminal', {
            cure: 'Name a folder with --output, or lead standard output into a program, such as gh secret set.',
          });
        }
        surroundings.stdout.write(secret);
      };
      await start(command, 'key export', (host) => exportKey({ ...flags, file }, print, host), around);
    });
}

function addOutput(command: Command): Command {
  return command
    .requiredOption('--output <folder>', 'where the files are written; nothing in it is overwritten')
    .option('--name <name>', 'first part of the names of the files', 'signing-key');
}

function daysOf(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= validDays.min && days <= validDays.max) return days;
  throw new UserError('E_INPUT', `--valid-days must be a number from ${validDays.min} to ${validDays.max}`, {
    cure: 'A subkey that signs should be changed at least every two years.',
  });
}

const secrets = {
  environment: [{ word: variableOf('passphrase'), about: 'passphrase of the offline copy; asked for where it is not set' }],
};
