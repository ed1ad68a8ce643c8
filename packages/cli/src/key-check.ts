import { type Host, UserError } from '@release-kit/action';
import { dateOf, type KeyReport, reportKeys } from '@release-kit/openpgp';
import { variableOf } from './given.ts';
import { keyLines } from './key-table.ts';
import { contentOf } from './key-tasks.ts';

/** `key check`: everything that can be told of a key without opening it; E_KEY_CHECK when nothing in it would sign. */
export async function checkKey(file: string | undefined, env: NodeJS.ProcessEnv, host: Host): Promise<Readonly<Record<string, unknown>>> {
  const now = host.clock.now();
  const report = await reportKeys(file === undefined ? fromEnvironment(env, host) : await contentOf(file, host), now);
  for (const line of keyLines(report, now)) host.log.info(line);
  const { signer } = report;
  if (signer instanceof UserError) {
    throw new UserError('E_KEY_CHECK', signer.message, {
      cause: signer,
      outputs: { reason: signer.code },
      ...(signer.cure === undefined ? {} : { cure: signer.cure }),
    });
  }
  for (const warning of signer.warnings) host.log.warning(warning);
  const { signingFingerprint, fingerprint, expires } = signer;
  const by = signingFingerprint === fingerprint ? 'the primary key' : `the subkey ${signingFingerprint}`;
  host.log.info(`signs by ${by}${expires === undefined ? '' : ` until ${dateOf(expires)}`}`);
  return { ...documentOf(report), fingerprint, signingFingerprint, warnings: signer.warnings };
}

function fromEnvironment(env: NodeJS.ProcessEnv, host: Host): { readonly name: string; readonly content: string } {
  const variable = variableOf('key');
  const content = env[variable];
  if (content === undefined || content === '') {
    throw new UserError('E_INPUT', 'there is no key to look at', {
      cure: `Name a file, or put the key into the environment variable ${variable}.`,
    });
  }
  host.mask(content);
  return { name: `key in ${variable}`, content };
}

/** Plain data, for `--json`. */
function documentOf({ kind, keys, notes }: KeyReport): Readonly<Record<string, unknown>> {
  return {
    kind,
    keys: keys.map(({ description, parts }) => ({
      userId: description.userId,
      parts: parts.map(({ part, meantToSign, refusal, opinions }) => ({
        role: part.role,
        fingerprint: part.fingerprint,
        algorithm: part.algorithm.name,
        created: dateOf(part.created),
        expires: part.selfSignature?.expires === undefined ? null : dateOf(part.selfSignature.expires),
        revoked: part.revoked !== 'no',
        secretPart: part.secret,
        meantToSign,
        refusal: refusal ?? null,
        apt: opinions.map(({ apt, refusal: why }) => ({ apt, refusal: why ?? null })),
      })),
    })),
    notes,
  };
}
