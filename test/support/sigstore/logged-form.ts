import { createHash } from 'node:crypto';

const record = (value: unknown): Readonly<Record<string, unknown>> => Object.fromEntries(Object.entries(Object(value)));
const sha256 = (content: string | Uint8Array): object => ({
  algorithm: 'sha256',
  value: createHash('sha256').update(content).digest('hex'),
});

/** What Rekor writes into its log of what it is asked to (kind dsse 0.0.1): digests and the signature, not the statement itself. The mock would keep it all. */
export function loggedForm(body: string): string {
  const proposed = record(JSON.parse(body));
  const content = record(record(proposed['spec'])['proposedContent']);
  const text = String(content['envelope']);
  const envelope = record(JSON.parse(text));
  const [verifier] = Array.isArray(content['verifiers']) ? content['verifiers'] : [];
  const signatures = (Array.isArray(envelope['signatures']) ? envelope['signatures'] : []).map((one: unknown) => ({
    signature: record(one)['sig'],
    verifier,
  }));
  return JSON.stringify({
    apiVersion: proposed['apiVersion'],
    kind: proposed['kind'],
    spec: { envelopeHash: sha256(text), payloadHash: sha256(Buffer.from(String(envelope['payload']), 'base64')), signatures },
  });
}
