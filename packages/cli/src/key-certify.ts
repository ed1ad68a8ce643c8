import { type Host, readDuration, UserError } from '@release-kit/action';
import {
  certifyRemoteKey,
  certifyRemoteSubkey,
  dateOf,
  isLockedKey,
  type OwnCertificate,
  type RemoteKeyPair,
  type SubkeyCertificate,
  signerEnvironment,
} from '@release-kit/openpgp';
import type { KeyFile } from './key-folder.ts';
import { givenPassphrase } from './key-passphrase.ts';
import { contentOf, type Into, offlineFile, publicFiles, write } from './key-tasks.ts';

export interface CertifyOptions extends Into {
  /** The public half, PEM. */
  readonly file: string;
  /** Program and arguments. */
  readonly signer: readonly string[];
  readonly signerEnvironment: readonly string[];
  readonly signerTimeout: string;
  readonly validDays: number;
  /** One of these three says whose key it is. */
  readonly userId?: string;
  readonly renews?: string;
  readonly primary?: string;
}

const day = 24 * 60 * 60 * 1000;

/** `key certify`: the OpenPGP certificate of a key that never leaves its token, each signature in it made by its signer. */
export async function certifyKey(options: CertifyOptions, env: NodeJS.ProcessEnv, host: Host): Promise<Readonly<Record<string, unknown>>> {
  const now = host.clock.now();
  const expires = now + options.validDays * day;
  const made = await certified(options, await keyPair(options, expires, env, host), env, now, host);
  const { fingerprint, signingFingerprint, published } = made;
  const files: KeyFile[] = publicFiles(options.name, published);
  if ('offline' in made) files.push(offlineFile(options.name, made.offline));
  else
    files.push({
      name: `${options.name}-revocation.asc`,
      content: made.revocation,
      secret: true,
      purpose: 'ends the key when the token is lost or stolen: keep it where the token is not',
    });
  await write(options, files, host);
  host.log.info(
    `${signingFingerprint} signs until ${dateOf(expires)}${signingFingerprint === fingerprint ? '' : `, as a subkey of ${fingerprint}`}`,
  );
  return { fingerprint, signingFingerprint, expires: dateOf(expires), files: files.map(({ name }) => name) };
}

async function keyPair(options: CertifyOptions, expires: number, env: NodeJS.ProcessEnv, host: Host): Promise<RemoteKeyPair> {
  const [program, ...args] = options.signer;
  if (program === undefined) throw new UserError('E_INPUT', '--signer names no program');
  const { content } = await contentOf(options.file, host);
  return {
    publicKey: Buffer.from(content).toString('latin1'),
    signer: {
      command: [program, ...args],
      timeout: readDuration('--signer-timeout', options.signerTimeout),
      environment: signerEnvironment(options.signerEnvironment, (name) => (env[name] === '' ? undefined : env[name])),
    },
    expires,
  };
}

async function certified(
  { userId, renews, primary }: CertifyOptions,
  pair: RemoteKeyPair,
  env: NodeJS.ProcessEnv,
  now: number,
  host: Host,
): Promise<OwnCertificate | SubkeyCertificate> {
  if ([userId, renews, primary].filter((each) => each !== undefined).length !== 1)
    throw new UserError('E_INPUT', 'one of --user-id, --renews and --primary is needed', {
      cure: '--user-id for a new key, --renews for a later end of one, --primary to make it a subkey of a key in a file.',
    });
  if (userId !== undefined) return certifyRemoteKey(host, pair, { userId }, now);
  if (renews !== undefined) return certifyRemoteKey(host, pair, { renews: await contentOf(renews, host) }, now);
  const offline = await contentOf(primary ?? '', host);
  const passphrase = (await isLockedKey(offline)) ? await givenPassphrase(env, host) : undefined;
  return certifyRemoteSubkey(host, pair, offline, passphrase, now);
}
