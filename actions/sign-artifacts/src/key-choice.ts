import { forbidCoreDumps, type Host, type InputsOf, inertLine, shortestMasked, UserError } from '@release-kit/action';
import { makeThrowAwayKey, type ReadSigningKey, readFingerprint, readSigningKey, type SigningKey } from '@release-kit/openpgp';
import { warn } from './key-warnings.ts';
import { openRemoteKey, type SignerInputs } from './remote-signing.ts';
import { compareWithRepository } from './repository-key.ts';
import type { spec } from './spec.ts';

export interface ChosenKey {
  /** The one that users know. */
  readonly signing: SigningKey;
  /** All that sign: a second one does too, while users change over to it. */
  readonly keys: readonly ReadSigningKey[];
  readonly throwAway: boolean;
}

type KeyInputs = SignerInputs & Pick<InputsOf<typeof spec>, 'fingerprint' | 'secondKey' | 'secondPassphrase' | 'throwAwayKey'>;

/**
 * The user's keys, or a throw-away one when that was asked for and no key is there. Says which sign, what was passed over and what to know of
 * them; each has signed a few bytes before it is returned.
 */
export async function chooseKey(inputs: KeyInputs, host: Host): Promise<ChosenKey> {
  await protect([inputs.key, inputs.passphrase, inputs.secondKey, inputs.secondPassphrase], host);
  const signing = await firstKey(inputs, host);
  if (signing === undefined) return throwAway(inputs, host);
  tell(signing, 'signing with', host);
  const second = await secondKey(inputs, host);
  if (second !== undefined) {
    if (second.signingFingerprint === signing.signingFingerprint) throw sameTwice(second);
    tell(second, 'signing also with', host);
  }
  const keys = [signing, ...(second === undefined ? [] : [second])];
  await compareWithRepository(keys, inputs.publicKey, host);
  return { signing, keys, throwAway: false };
}

async function firstKey(inputs: KeyInputs, host: Host): Promise<ReadSigningKey | undefined> {
  const fingerprint = inputs.fingerprint === undefined ? undefined : readFingerprint(inputs.fingerprint);
  const remote = await openRemoteKey(inputs, fingerprint, host);
  if (remote !== undefined || inputs.key === undefined) return remote;
  return readSigningKey(inputs.key, inputs.passphrase, host.clock.now(), { fingerprint });
}

async function secondKey({ secondKey: key, secondPassphrase }: KeyInputs, host: Host): Promise<ReadSigningKey | undefined> {
  if (key === undefined && secondPassphrase !== undefined)
    warn(['A second-passphrase is given, but no second-key: only one key signs.'], host);
  return key === undefined ? undefined : readSigningKey(key, secondPassphrase, host.clock.now(), { name: 'second signing key' });
}

async function throwAway({ throwAwayKey, passphrase, secondKey: second }: KeyInputs, host: Host): Promise<ChosenKey> {
  if (second !== undefined) throw secondAlone();
  if (!throwAwayKey) throw noKey();
  if (passphrase !== undefined) warn(['A passphrase is given, but no key: is its secret set, and handed on?'], host);
  const signing = { ...(await makeThrowAwayKey(host.clock.now())), passedOver: [] };
  host.log.info(`no key is given: signing with a key made for this run only, ${signing.fingerprint}; nobody can trust these signatures`);
  return { signing, keys: [signing], throwAway: true };
}

function tell(key: ReadSigningKey, doing: string, host: Host): void {
  const subkey = key.signingFingerprint === key.fingerprint ? '' : `, by its subkey ${key.signingFingerprint}`;
  host.log.info(`${doing} the ${key.algorithm} key ${key.fingerprint}${subkey} of ${inertLine(key.userId)}`);
  for (const sentence of key.passedOver) host.log.info(inertLine(sentence));
  warn(key.warnings, host);
}

/** Neither in logs nor in what a crash leaves. A runner's inputs are masked as they are read; secrets from elsewhere are here. */
async function protect(inputs: readonly (string | undefined)[], host: Host): Promise<void> {
  const secrets = inputs.filter((secret) => secret !== undefined);
  for (const secret of secrets) host.mask(secret);
  if (secrets.some((secret) => secret.trim().length < shortestMasked))
    host.log.warning(
      `A secret of less than ${shortestMasked} characters is not masked in logs, because ordinary words would be: take a longer one.`,
    );
  if (secrets.length > 0) await forbidCoreDumps(host);
}

function noKey(): UserError {
  return new UserError('E_INPUT', 'there is no signing key: the input key is empty', {
    cure: [
      'Pass the input key from a secret; one that is not set, or not passed on to a called workflow (secrets: inherit), arrives empty.',
      'To try without a key, set throw-away-key: true.',
    ].join(' '),
  });
}

function secondAlone(): UserError {
  return new UserError('E_INPUT', 'there is a second-key, but the input key is empty', {
    cure: 'Pass the key that users know as key; the second signs beside it while they change over.',
  });
}

function sameTwice({ signingFingerprint }: SigningKey): UserError {
  return new UserError('E_INPUT', `key and second-key are the same: both sign by ${signingFingerprint}`, {
    cure: 'Pass the new key as second-key, or leave it out.',
  });
}
