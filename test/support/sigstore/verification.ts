import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, toTrustMaterial, type VerificationPolicy, Verifier } from '@sigstore/verify';
import type { FakeSigstore } from './index.ts';

/** Verifies a bundle (JSON) by Sigstore's own client, as a user does who trusts this Sigstore; throws, or gives who signed. */
export function signerOf(bundle: unknown, { trustedRoot }: FakeSigstore, policy: VerificationPolicy = {}): string {
  const entity = toSignedEntity(bundleFromJSON(bundle));
  const byLog = entity.tlogEntries.length > 0;
  const verifier = new Verifier(toTrustMaterial(trustedRoot), { tlogThreshold: byLog ? 1 : 0, timestampThreshold: 1 });
  return verifier.verify(entity, policy).identity?.subjectAlternativeName ?? '';
}
