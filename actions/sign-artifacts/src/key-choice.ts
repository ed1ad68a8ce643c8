import { type Host, type InputsOf, inertLine, UserError } from '@release-kit/action';
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
  for (const secret of [key, ...formsOf(key), ...(passphrase === undefined ? [] : [passphrase])]) host.mask(secret);
  const signing = await readSigningKey(key, passphrase, now);
  const subkey = signing.signingFingerprint === signing.fingerprint ? '' : `, by its subkey ${signing.signingFingerprint}`;
  host.log.info(`signing with the ${signing.algorithm} key ${signing.fingerprint}${subkey} of ${inertLine(signing.userId)}`);
  for (const warning of signing.warnings) {
    host.log.warning(warning);
    host.annotate({ level: 'warning', title: 'signing key', message: warning });
  }
  return { signing, throwAway: false };
}

function noKey(): UserError {
  return new UserError('E_INPUT', 'there is no signing key: the input key is empty', {
    cure: [
      'Pass the input key from a secret; one that is not set, or not passed on to a called workflow (secrets: inherit), arrives empty.',
      'To try without a key, set throw-away-key: true.',
    ].join(' '),
  });
}

/** The armored lines inside a base64 or escaped form: whatever of them turned up in a log would be masked as well. */
function formsOf(key: string): readonly string[] {
  const decoded = key.includes('-----BEGIN') ? key.replaceAll('\\n', '\n') : Buffer.from(key, 'base64').toString('utf8');
  // Only the lines that hold key material; masking "-----BEGIN…" or a comment would garble harmless lines.
  return decoded.split(/\r?\n/).filter((line) => /^[A-Za-z0-9+/]{40,}={0,2}$/.test(line));
}
