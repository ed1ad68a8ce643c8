import { readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import {
  dateOf,
  exportKeyFiles,
  isLockedKey,
  type KeyContent,
  type MadeAlgorithm,
  newKeyFiles,
  type PublishedKey,
  planRotation,
  publishKey,
  type RotationPlan,
  retireSubkey,
  rotateKeyFiles,
} from '@release-kit/openpgp';
import { isInCheckout, type KeyFile, writeKeyFiles } from './key-folder.ts';
import { givenPassphrase, newPassphrase } from './key-passphrase.ts';
import { userIdOf } from './user-id.ts';

/** Where files go, and the first part of their names. */
export interface Into {
  readonly output: string;
  readonly name: string;
}

export interface NewOptions extends Into {
  readonly userId: string;
  readonly algorithm: MadeAlgorithm;
  readonly validDays: number;
  /** false: the files are not locked. */
  readonly passphrase: boolean;
  /** The key that users have now, which the new one will take the place of. */
  readonly replaces?: string;
}

type Result = Readonly<Record<string, unknown>>;

/** `key new`: makes a key and writes down all its forms. */
export async function makeNewKey(options: NewOptions, env: NodeJS.ProcessEnv, host: Host): Promise<Result> {
  const userId = userIdOf(options.userId);
  const older = options.replaces === undefined ? undefined : await contentOf(options.replaces, host);
  const passphrase = options.passphrase ? await newPassphrase(env, host) : undefined;
  const { algorithm, validDays } = options;
  const made = await newKeyFiles({ userId, algorithm, validDays }, passphrase, host.clock.now(), older);
  host.mask(made.secret);
  const files = [
    offlineFile(options.name, made.offline),
    {
      name: `${options.name}-revocation.asc`,
      content: made.revocation,
      secret: true,
      purpose: 'ends the key when it is lost or stolen: keep it apart from the key, also on paper',
    },
    secretFile(options.name, made.secret),
    ...publicFiles(options.name, made.published),
  ];
  await write(options, files, host);
  const plan = older === undefined ? undefined : planRotation(host.clock.now(), undefined);
  host.log.info(`key ${made.fingerprint}, which only certifies; it does not expire`);
  host.log.info(`subkey ${made.signingFingerprint}, which signs until ${dateOf(made.expires)}`);
  if (plan !== undefined) tellPlan(plan, host);
  return { fingerprint: made.fingerprint, signingFingerprint: made.signingFingerprint, ...resultOf(made.expires, files, options, plan) };
}

export interface RotateOptions extends Into {
  /** The offline copy. */
  readonly file: string;
  readonly validDays: number;
  /** Fingerprint of a subkey. */
  readonly revoke?: string;
}

/** `key rotate`: a new subkey that signs, and the days on which users and workflows go over to it. */
export async function rotateKey(options: RotateOptions, env: NodeJS.ProcessEnv, host: Host): Promise<Result> {
  const offline = await contentOf(options.file, host);
  const passphrase = (await isLockedKey(offline)) ? await givenPassphrase(env, host) : undefined;
  const revoke = options.revoke === undefined ? undefined : fingerprintOf(options.revoke);
  const { validDays } = options;
  const made = await rotateKeyFiles(offline, passphrase, { validDays, revoke }, host.clock.now());
  for (const secret of [made.secret, made.oldSecret ?? '']) if (secret !== '') host.mask(secret);
  const files = [
    offlineFile(options.name, made.offline),
    secretFile(options.name, made.secret),
    ...(made.oldSecret === undefined ? [] : [oldSecretFile(options.name, made.oldSecret)]),
    ...publicFiles(options.name, made.published),
  ];
  await write(options, files, host);
  host.log.info(`key ${made.fingerprint} has a new subkey ${made.signingFingerprint}, which may sign until ${dateOf(made.expires)}`);
  if (revoke !== undefined) host.log.info(`subkey ${revoke} is revoked: publish the public key and put the new secret in its place today`);
  const plan = revoke === undefined ? planRotation(host.clock.now(), made.oldExpires) : undefined;
  if (plan !== undefined) tellPlan(plan, host);
  return { fingerprint: made.fingerprint, signingFingerprint: made.signingFingerprint, ...resultOf(made.expires, files, options, plan) };
}

export interface RevokeOptions extends Into {
  /** The offline copy. */
  readonly file: string;
  /** Fingerprint. */
  readonly subkey: string;
}

/** `key revoke`: the end of a rotation; in an emergency `key rotate --revoke` makes a new subkey at once. */
export async function revokeOldSubkey(options: RevokeOptions, env: NodeJS.ProcessEnv, host: Host): Promise<Result> {
  const offline = await contentOf(options.file, host);
  const passphrase = (await isLockedKey(offline)) ? await givenPassphrase(env, host) : undefined;
  const subkey = fingerprintOf(options.subkey);
  const made = await retireSubkey(offline, passphrase, subkey, host.clock.now());
  const files = [
    offlineFile(options.name, made.offline),
    ...(made.secret === undefined ? [] : [secretFile(options.name, made.secret)]),
    ...publicFiles(options.name, made.published),
  ];
  await write(options, files, host);
  host.log.info(`subkey ${subkey} signs no more: publish the public key, and put the new secret in its place`);
  return resultOf(undefined, files, options, undefined);
}

export interface ExportOptions extends Partial<Into> {
  readonly name: string;
  readonly file: string;
  /** Fingerprint of the only subkey to export. */
  readonly subkey?: string;
  readonly secret?: true;
  /** Path of a revocation certificate. */
  readonly revocation?: string;
}

/** `key export`: the public forms into a folder; with `secret` the subkeys that sign, on one line, into the folder or to `print`. */
export async function exportKey(options: ExportOptions, print: (secret: string) => void, host: Host): Promise<Result> {
  const from = await contentOf(options.file, host);
  const now = host.clock.now();
  const revocation =
    options.revocation === undefined ? undefined : Buffer.from((await contentOf(options.revocation, host)).content).toString('utf8');
  const published = await publishKey(from, revocation, now);
  const files: KeyFile[] = publicFiles(options.name, published);
  if (options.secret === true) {
    const { secret, subkeys } = await exportKeyFiles(from, options.subkey === undefined ? undefined : fingerprintOf(options.subkey), now);
    host.mask(secret);
    for (const subkey of subkeys) host.log.info(`subkey ${subkey} is in the secret`);
    if (options.output === undefined) {
      print(`${secret}\n`);
      return { subkeys };
    }
    files.push(secretFile(options.name, secret));
  }
  const into = { name: options.name, output: options.output ?? '.' };
  await write(into, files, host);
  return resultOf(undefined, files, into, undefined);
}

export function offlineFile(name: string, content: string): KeyFile {
  return { name: `${name}-offline.asc`, content, secret: true, purpose: 'the whole key: keep it where there is no network, in two places' };
}

function secretFile(name: string, content: string): KeyFile {
  return {
    name: `${name}-secret.txt`,
    content: `${content}\n`,
    secret: true,
    purpose: 'the subkey that signs, on one line: paste it into the secret, then remove the file',
  };
}

function oldSecretFile(name: string, content: string): KeyFile {
  return {
    name: `${name}-old-secret.txt`,
    content: `${content}\n`,
    secret: true,
    purpose: 'the subkey that signs until now, with the new public key around it: the secret for the first phase',
  };
}

export function publicFiles(name: string, { armored, binary }: PublishedKey): KeyFile[] {
  return [
    { name: `${name}.asc`, content: armored, secret: false, purpose: 'the public key, for everyone: commit it' },
    { name: `${name}.gpg`, content: binary, secret: false, purpose: 'the same in binary form' },
  ];
}

/** Goes into paths that people type: no folders, no blanks, no leading dash. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9.+_-]{0,99}$/;

export async function write({ output, name }: Into, files: readonly KeyFile[], host: Host): Promise<void> {
  if (!plainName.test(name))
    throw new UserError('E_INPUT', '--name is no plain file name', { cure: 'Use letters, digits and the characters . + - _ only.' });
  const folder = resolve(host.files.workspace, output);
  await writeKeyFiles(folder, files);
  for (const { name: file, purpose } of files) host.log.info(`${join(output, file)}: ${purpose}`);
  if (files.some(({ secret }) => secret) && isInCheckout(folder)) {
    host.log.warning(`${output} lies in a git checkout: move the secret files out of it before anything is committed`);
  }
}

function tellPlan({ phases, warnings }: RotationPlan, host: Host): void {
  for (const { name, from, task } of phases) host.log.info(`${dateOf(from)}  ${name}: ${task}`);
  for (const warning of warnings) host.log.warning(warning);
}

function resultOf(expires: number | undefined, files: readonly KeyFile[], { output }: Into, plan: RotationPlan | undefined): Result {
  return {
    files: files.map(({ name }) => join(output, name)),
    ...(expires === undefined ? {} : { expires: dateOf(expires) }),
    ...(plan === undefined
      ? {}
      : { phases: plan.phases.map(({ name, from, task }) => ({ name, from: dateOf(from), task })), warnings: plan.warnings }),
  };
}

/** 40 hexadecimal digits, with blanks as gpg prints them. E_INPUT. */
function fingerprintOf(text: string): string {
  const compact = text.replace(/\s/g, '').toUpperCase();
  if (/^[0-9A-F]{40}$/.test(compact)) return compact;
  throw new UserError('E_INPUT', 'a fingerprint is 40 hexadecimal digits', {
    cure: 'release-kit key check lists the fingerprints of a key.',
  });
}

/** E_PATH. */
export async function contentOf(path: string, host: Host): Promise<KeyContent> {
  const file = isAbsolute(path) ? path : join(host.files.workspace, path);
  try {
    return { name: `file ${basename(path)}`, content: await readFile(file) };
  } catch (cause) {
    throw new UserError('E_PATH', `the file ${basename(path)} cannot be read`, { cause });
  }
}
