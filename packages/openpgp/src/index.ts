export type { PublishedComparison } from './certificate-comparison.ts';
export {
  addRemoteSubkey,
  type CertificateRequest,
  type MadeCertificate,
  makeCertificate,
  type RemoteKeyPair,
} from './certificate-making.ts';
export { type Checksum, checksumFiles, formatChecksums, parseChecksums } from './checksums.ts';
export { clearSign } from './clear-sign.ts';
export { claimedSigners } from './clear-signers.ts';
export { type ContentDigests, digestContent, digestFiles, type Signable, type SumAlgorithm, sumAlgorithms } from './content-digests.ts';
export { type FileSigner, fileSigner, type KnownFile } from './file-signer.ts';
export type { FileVerdict } from './file-verdicts.ts';
export { groupedFingerprint } from './fingerprint.ts';
export { doesNotVerify, type Verification, verifyWithGpgv } from './gpgv.ts';
export type { KeyFacts } from './key-facts.ts';
export {
  exportKeyFiles,
  isLockedKey,
  type KeyContent,
  type KeyFiles,
  type NewKeyFiles,
  newKeyFiles,
  publishKey,
  type RotatedKeyFiles,
  type Rotation,
  retireSubkey,
  rotateKeyFiles,
} from './key-files.ts';
export { type MadeAlgorithm, madeAlgorithms, type NewKey } from './key-making.ts';
export { keyFileNames, keyNameInput } from './key-name.ts';
export type { KeyDescription, KeyPart } from './key-parts.ts';
export { dateOf } from './key-refusal.ts';
export { type KeyReport, type PartReport, reportKeys } from './key-report.ts';
export { type PhaseName, planRotation, type RotationPhase, type RotationPlan } from './key-rotation.ts';
export { holdsSecretKey } from './key-text.ts';
export { refusedForm } from './public-key-form.ts';
export { comparePublicKey, type PublicSigner, readPublicSigner } from './public-signer.ts';
export { type PublishedKey, publishedKey } from './published-key.ts';
export { certifyRemoteKey, certifyRemoteSubkey, type OwnCertificate, type SubkeyCertificate } from './remote-certificate.ts';
export { type RemoteKeyRequest, readRemoteKey } from './remote-key.ts';
export {
  type DetachedSignature,
  detachedSignature,
  finishSignatures,
  publicKeyArmored,
  type SignedContent,
  signContent,
} from './signature.ts';
export { draftSignature, type SignatureDraft } from './signature-packet.ts';
export type { SignatureVerdict } from './signature-verdict.ts';
export { type FolderRequest, type FolderVerification, verifyFolder } from './signed-folder.ts';
export { readFingerprint } from './signer-choice.ts';
export { signerEnvironment } from './signer-environment.ts';
export type { SignerHook } from './signer-hook.ts';
export { type ReadSigningKey, readSigningKey, type SigningKey, type SigningKeyChoice } from './signing-key.ts';
export { makeThrowAwayKey, throwAwayName } from './throw-away-key.ts';
export { parseTrustedKeys, readTrustedKeys, selectKeys, type TrustedKey } from './trusted-keys.ts';
export { type ClearVerdict, openVerifier, type Verifier, type VerifyingProgram } from './verifier.ts';
