import { type Host, type InputsOf, inertLine, shortestMasked, UserError } from '@release-kit/action';
import { makeThrowAwayKey, readSigningKey, type SigningKey } from '@release-kit/openpgp';
import type { spec } from './spec.ts';

export interface ChosenKey {
  readonly signing: SigningKey;
  readonly throwAway: boolean;
}

type KeyInputs = Pick<InputsOf<typeof spec>, 'key' | 'passphrase' | 'throwAwayKey'>;

/** The user's key, or a throw-away one when that was asked for and no key is there. Says which, and what to know of it. */
export async function chooseKey({ key, passphrase, throwAwayKey }: KeyInputs, host: Host): Promise<ChosenKey> {
  const now = host.clock.now();
  if (key === undefined) {
    if (!throwAwayKey) throw noKey();
    const signing = await makeThrowAwayKey(now);
    host.log.info(`no key is given: signing with a key made for this run only, ${signing.fingerprint}`);
    host.log.info('it shows how signing works; nobody can trust these signatures');
    return { signing, throwAway: true };
  }
  hide([key, passphrase], host);
  const signing = await readSigningKey(key, passphrase, now);
  const subkey = signing.signingFingerprint === signing.fingerprint ? '' : `, by its subkey ${signing.signingFingerprint}`;
  host.log.info(`signing with the ${signing.algorithm} key ${signing.fingerprint}${subkey} of ${inertLine(signing.userId)}`);
  for (const warning of signing.warnings) {
    host.log.warning(warning);
    host.annotate({ level: 'warning', title: 'signing key', message: warning });
  }
  return { signing, throwAway: false };
}

/** A runner's inputs are masked as they are read; secrets from elsewhere are here. */
function hide(secrets: readonly (string | undefined)[], host: Host): void {
  for (const secret of secrets) if (secret !== undefined) host.mask(secret);
  if (secrets.some((secret) => secret !== undefined && secret.trim().length < shortestMasked))
    host.log.warning(
      `A secret of less than ${shortestMasked} characters is not masked in logs, because ordinary words would be: take a longer one.`,
    );
}

function noKey(): UserError {
  return new UserError('E_INPUT', 'there is no signing key: the input key is empty', {
    cure: [
      'Pass the input key from a secret; one that is not set, or not passed on to a called workflow (secrets: inherit), arrives empty.',
      'To try without a key, set throw-away-key: true.',
    ].join(' '),
  });
}
