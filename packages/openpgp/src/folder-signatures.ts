import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { pool, UserError } from '@release-kit/action';
import type { FileFinding } from './file-verdicts.ts';
import type { DetachedFile } from './folder-content.ts';
import { refusal, type SignatureVerdict } from './signature-verdict.ts';
import type { Verifier } from './verifier.ts';

/** A signature of one file in a folder: beside it, or inside, and then `name` is the file's own. */
export interface FolderSignature extends DetachedFile {
  readonly verdict: SignatureVerdict;
}

/** What to look at: signatures beside files, and files that have, or may have, one inside. */
export interface SignaturesToVerify {
  readonly detached: readonly DetachedFile[];
  /** Names of files that begin like a signed text. */
  readonly clear: readonly string[];
  /** Names of packages. */
  readonly debs: readonly string[];
}

/** Verifies several at the same time. */
export async function verifySignatures(
  verifier: Verifier,
  folder: string,
  { detached, clear, debs }: SignaturesToVerify,
  host: Pick<Host, 'signal' | 'progress'>,
): Promise<readonly FolderSignature[]> {
  const verdictOf = (name: string, of: string): Promise<SignatureVerdict | undefined> => {
    if (name !== of) return verifier.detached(join(folder, name), join(folder, of));
    return debs.includes(name) ? verifier.inDeb(join(folder, name)) : verifyClear(verifier, join(folder, name));
  };
  const all = [...detached, ...[...clear, ...debs].map((name) => ({ name, of: name }))];
  const verified = await pool(all, async ({ name, of }) => {
    host.signal.throwIfAborted();
    host.progress.update(`verifying ${of}`);
    const verdict = await verdictOf(name, of);
    return verdict === undefined ? [] : [{ name, of, verdict }];
  });
  return verified.flat();
}

/** A file that is not as such files have to be is no fault of ours. */
async function verifyClear(verifier: Verifier, file: string): Promise<SignatureVerdict> {
  try {
    return await verifier.clear(file);
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_CONTROL') return refusal(error.message);
    throw error;
  }
}

/** What the signatures of one file come to. A developer's own signature inside a .dsc may stay what it is. */
export function outcomeOf(signatures: readonly FolderSignature[]): Pick<FileFinding, 'signatures' | 'signedBy' | 'problems' | 'remarks'> {
  const good = signatures.filter(({ verdict }) => verdict.problem === undefined);
  const stranger = ({ name, of, verdict }: FolderSignature): boolean => name === of && verdict.byStrangers;
  const said = (signature: FolderSignature, text: string): string =>
    `${signature.name === signature.of ? 'the signature inside' : signature.name}: ${text}`;
  return {
    signatures: good.map(({ name }) => name),
    signedBy: [...new Set(good.flatMap(({ verdict }) => verdict.signedBy))].sort(),
    problems: signatures.flatMap((each) =>
      each.verdict.problem === undefined || stranger(each) ? [] : [said(each, each.verdict.problem)],
    ),
    remarks: signatures.flatMap((each) => [
      ...(stranger(each) ? [said(each, 'it was made by a key that is not trusted here')] : []),
      ...each.verdict.remarks.map((remark) => said(each, remark)),
    ]),
  };
}
