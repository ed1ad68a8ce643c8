import { type Host, type InputsOf, inertLine, type OutputsOf } from '@release-kit/action';
import { type KeyFacts, readFingerprint, readPublicSigner } from '@release-kit/openpgp';
import { type CheckedKeys, checkSummary } from './check-summary.ts';
import { chooseKey } from './key-choice.ts';
import { warn } from './key-warnings.ts';
import { readRepositoryKey, repositoryKeyName, warnOfForm } from './repository-key.ts';
import type { spec } from './spec.ts';

/**
 * Mode check: whether signing will work, before anything is built. With a key it signs a few bytes in memory; in pull requests, where no secret
 * is, the public key in the repository tells as much as it can. Writes no file.
 */
export async function check(inputs: InputsOf<typeof spec>, host: Host): Promise<OutputsOf<typeof spec>> {
  const checked = await checkedKeys(inputs, host);
  host.summary.add(checkSummary(checked, host.clock.now()));
  return {
    fingerprint: [...new Set(checked.keys.map(({ fingerprint }) => fingerprint))].join('\n'),
    manifest: '',
    manifestDigest: '',
    publicKey: '',
    checksums: '',
    signatures: '',
    verified: '',
  };
}

async function checkedKeys(inputs: InputsOf<typeof spec>, host: Host): Promise<CheckedKeys> {
  const { key, secondKey, signer, publicKey } = inputs;
  const secret = key !== undefined || secondKey !== undefined || signer.length > 0;
  if (!secret && publicKey !== undefined) {
    const known = await publicSigner(publicKey, inputs.fingerprint, host);
    return { keys: [known], from: 'public key', compared: false, passedOver: known.passedOver };
  }
  const { keys, throwAway } = await chooseKey(inputs, host);
  const passedOver = keys.flatMap((each) => each.passedOver);
  return { keys, from: throwAway ? 'throw-away key' : 'key', compared: publicKey !== undefined, passedOver };
}

async function publicSigner(
  path: string,
  fingerprint: string | undefined,
  host: Host,
): Promise<KeyFacts & { passedOver: readonly string[] }> {
  const wanted = fingerprint === undefined ? undefined : readFingerprint(fingerprint);
  const name = repositoryKeyName(path);
  const content = await readRepositoryKey(path);
  warnOfForm(path, content, host);
  const signer = await readPublicSigner(content, host.clock.now(), { fingerprint: wanted, name });
  host.log.info(`no secret key is given: the ${name} is looked at, ${signer.fingerprint} of ${inertLine(signer.userId)}`);
  for (const sentence of signer.passedOver) host.log.info(inertLine(sentence));
  warn(signer.warnings, host);
  return signer;
}
