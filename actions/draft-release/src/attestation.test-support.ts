import { createHash } from 'node:crypto';

/** A Sigstore bundle (v0.3) that says so of these files, laid out as Sigstore's clients write it; what signs it is no certificate of anybody. */
export function attestationOf(contents: Readonly<Record<string, string>>, change: Readonly<Record<string, unknown>> = {}): string {
  const subject = Object.entries(contents).map(([name, content]) => ({
    name,
    digest: { sha256: createHash('sha256').update(content).digest('hex') },
  }));
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {},
    ...change,
  };
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { tlogEntries: [], timestampVerificationData: { rfc3161Timestamps: [] }, certificate: { rawBytes: 'AAAA' } },
    dsseEnvelope: {
      payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
      payloadType: 'application/vnd.in-toto+json',
      signatures: [{ sig: 'AAAA' }],
    },
  });
}
