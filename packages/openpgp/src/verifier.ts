import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ExecOptions, type Host, inertLine } from '@release-kit/action';
import { readClearSigned } from '@release-kit/debian';
import { extractOrigin } from './deb-origin.ts';
import { readGpgvStatus } from './gpgv-status.ts';
import { judgeSignatures, refusal, type SignatureRule, type SignatureVerdict } from './signature-verdict.ts';
import { findSqv, versionIn } from './sqv.ts';
import type { TrustedKey } from './trusted-keys.ts';

/** Verifies with real tools and a keyring that holds only the trusted keys. */
export interface Verifier extends AsyncDisposable {
  /** What verifies: `gpgv`, `gpgv and sqv`. */
  readonly tools: string;
  /** The same in parts; no version: it is not installed. */
  readonly programs: readonly VerifyingProgram[];
  /** A detached signature, armored or binary; absolute paths. */
  detached(signature: string, file: string): Promise<SignatureVerdict>;
  /** A file with a clear signature around its text; the text, byte for byte as it was verified, comes with the verdict. */
  clear(file: string): Promise<ClearVerdict>;
  /** The signature inside a package, as debsigs makes it; undefined when there is none. */
  inDeb(file: string): Promise<SignatureVerdict | undefined>;
}

export interface VerifyingProgram {
  readonly name: 'gpgv' | 'sqv';
  /** `2.2.40` */
  readonly version: string | undefined;
}

export interface ClearVerdict extends SignatureVerdict {
  readonly content: Uint8Array;
}

/** A signature takes less than 1 KiB. Far more is a flood of packets. */
const maxSignature = 64 * 1024;
/** Bytes of a text inside a clear signature. */
const maxClear = 64 * 1024 * 1024;

/** `need`: see SignatureRule. E_TOOL_MISSING without gpgv; sqv is used where it is, and its absence told. */
export async function openVerifier(host: Host, keys: readonly TrustedKey[], need: SignatureRule['need']): Promise<Verifier> {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await host.files.temporary('verify'));
  const keyring = join(folder, 'keys.gpg');
  await writeFile(keyring, Buffer.concat(keys.map(({ certificate }) => certificate)));
  const version = versionIn((await host.exec(['gpgv', '--version'])).stdout);
  const sqv = await findSqv(host);
  if (sqv === undefined) host.log.info('sqv is not installed here: signatures are verified by gpgv alone');
  const rule = (content: SignatureRule['content']): SignatureRule => ({
    trusted: keys.map(({ fingerprint }) => fingerprint),
    need,
    content,
    now: host.clock.now(),
  });
  const gpgv = async (...args: string[]) => {
    const options: ExecOptions = { cwd: folder, env: { GNUPGHOME: folder }, timeout: 10 * 60_000, allow: 'any' };
    const { exitCode, stdout } = await host.exec(['gpgv', '--status-fd', '1', '--keyring', keyring, ...args], options);
    return { exitCode, status: readGpgvStatus(stdout) };
  };
  const detached = async (signature: string, file: string): Promise<SignatureVerdict> => {
    if ((await stat(signature)).size > maxSignature) return refusal('it is far too large for a signature');
    const { exitCode, status } = await gpgv(signature, file);
    const verdict = judgeSignatures(status, rule('bytes'));
    // gpgv ends with 2 where one of several keys is not known.
    if (verdict.problem === undefined && exitCode !== 0 && verdict.remarks.length === 0)
      return refusal(`gpgv ended with exit code ${exitCode}`);
    return sqv === undefined || verdict.problem !== undefined
      ? verdict
      : alsoBySqv(verdict, await sqv.verify(keyring, signature, file), need);
  };
  let texts = 0;
  const kept = stack.move();
  return {
    tools: sqv === undefined ? 'gpgv' : 'gpgv and sqv',
    programs: [
      { name: 'gpgv', version },
      { name: 'sqv', version: sqv?.version },
    ],
    detached,
    async clear(file) {
      texts += 1;
      const content = join(folder, `text-${texts}`);
      const nothing = { content: new Uint8Array() };
      if ((await stat(file)).size > maxClear) return { ...refusal('the signed text is too large'), ...nothing };
      // gpgv itself passes over text around the signed part, and over further signed parts.
      const { signed, text } = readClearSigned(await readFile(file, 'utf8'), inertLine(basename(file)));
      if (!signed) return { ...refusal('it holds no signature'), ...nothing };
      const { exitCode, status } = await gpgv('--output', content, file);
      const verdict = judgeSignatures({ ...status, ownContent: false }, rule('text'));
      if (verdict.problem !== undefined) return { ...verdict, ...nothing };
      if (exitCode !== 0 && verdict.remarks.length === 0) return { ...refusal(`gpgv ended with exit code ${exitCode}`), ...nothing };
      const verified = await readFile(content);
      if (withoutBlanks(verified.toString('utf8')) !== withoutBlanks(text))
        return { ...refusal('gpgv reads another text in it than we do'), ...nothing };
      return { ...verdict, content: verified };
    },
    async inDeb(file) {
      await using place = await host.files.temporary('deb');
      const origin = await extractOrigin(file, place.path);
      return origin === undefined ? undefined : await detached(origin.signature, origin.content);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** No signature of this form covers blanks and carriage returns at the ends of lines, and gpgv leaves them out. */
function withoutBlanks(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The two have to agree: where one of them would refuse, some users' programs do. */
function alsoBySqv(verdict: SignatureVerdict, accepted: readonly string[], need: SignatureRule['need']): SignatureVerdict {
  const agreed = verdict.signedBy.filter((fingerprint) => accepted.includes(fingerprint));
  if (agreed.length === 0 || (need === 'all' && agreed.length < verdict.signedBy.length))
    return refusal('gpgv accepts it, but sqv does not');
  return { ...verdict, signedBy: agreed };
}
