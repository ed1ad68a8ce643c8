import { basename } from 'node:path';
import { assetName } from '@release-kit/github/asset-name';
import { checksumFiles, type KeyFacts, type SumAlgorithm, sumAlgorithms, type VerifyingProgram } from '@release-kit/openpgp';
import type { EmbeddedFiles } from './embedding.ts';
import { type SignatureForm, signatureForms } from './signed-files.ts';
import type { SignedFile } from './signing-plan.ts';
import type { Published } from './user-instructions.ts';

export interface ReportedFile {
  /** As users download it. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Where its signatures are: `.asc`, `.sig`, `inside`; none for what upstream signed. */
  readonly signatures: readonly string[];
  /** Undefined for files of checksums, which are not listed in themselves. */
  readonly sha256: string | undefined;
}

export interface SigningReport {
  /** The first is the one that users know; the second, if any, signs too while keys are rolled over. */
  readonly keys: readonly KeyFacts[];
  readonly throwAway: boolean;
  readonly files: readonly ReportedFile[];
  readonly published: Published;
  readonly programs: readonly VerifyingProgram[];
}

/** What a run knows when everything is signed and verified. */
export interface SigningFacts extends Pick<SigningReport, 'keys' | 'throwAway' | 'programs'> {
  readonly plan: readonly SignedFile[];
  readonly checksums: readonly SignedFile[];
  /** Those that have a signature beside them. */
  readonly detached: readonly SignedFile[];
  /** Those that hold one, by their true names. */
  readonly embedded: Pick<EmbeddedFiles, 'debs' | 'controlFiles'>;
  readonly inputs: { readonly keyName: string; readonly checksums: readonly SumAlgorithm[]; readonly signatures: readonly SignatureForm[] };
}

/** What the summary tells, in the order in which it tells it. */
export function signingReport({ plan, checksums, detached, embedded, inputs, keys, throwAway, programs }: SigningFacts): SigningReport {
  const forms = signatureForms.filter((form) => inputs.signatures.includes(form));
  const inside = new Set([...embedded.debs, ...embedded.controlFiles]);
  const beside = new Set(detached.map(({ name }) => name));
  const rowOf = ({ name, file, size, sha256 }: SignedFile, listed: boolean): ReportedFile => ({
    name,
    size,
    signatures: [...(inside.has(basename(file)) ? ['inside'] : []), ...(beside.has(name) ? forms.map((form) => `.${form}`) : [])],
    sha256: listed ? sha256 : undefined,
  });
  const sums = sumAlgorithms
    .filter((algorithm) => inputs.checksums.includes(algorithm))
    .map((algorithm) => ({ name: checksumFiles[algorithm], algorithm }));
  return {
    keys,
    throwAway,
    programs,
    files: [...plan.map((one) => rowOf(one, true)), ...checksums.map((one) => rowOf(one, false))],
    published: { keyName: inputs.keyName, sums, forms, debsig: debsigOf(embedded.debs[0], keys[0]) },
  };
}

/** undefined: no package holds a signature. */
function debsigOf(deb: string | undefined, key: KeyFacts | undefined): Published['debsig'] {
  return deb === undefined || key === undefined ? undefined : { deb: assetName(deb), id: key.signingFingerprint };
}
