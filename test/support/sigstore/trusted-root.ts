import { createHash } from 'node:crypto';
import type { CA, CTLog } from '@sigstore/mock/dist/fulcio/index.js';
import type { TLog } from '@sigstore/mock/dist/rekor/index.js';
import type { TSA } from '@sigstore/mock/dist/timestamp/index.js';
import type { toTrustMaterial } from '@sigstore/verify';

export type TrustedRoot = Parameters<typeof toTrustMaterial>[0];

/** The services whose word counts. */
interface Authorities {
  /** Rekor's address: its checkpoints name the host. */
  readonly rekor: string;
  readonly ca: CA;
  readonly ctlog: CTLog;
  readonly tlog: TLog;
  readonly tsa: TSA;
}

/** Of the enumerations in sigstore_common.proto. */
const sha2With256Bits = 1;
const ecdsaP256 = 5;

/** What a user trusts, in the form that Sigstore publishes. */
export function trustedRootOf({ rekor, ca, ctlog, tlog, tsa }: Authorities): TrustedRoot {
  const start = new Date(0);
  const authority = (uri: string, certificates: readonly ArrayBufferView[]): TrustedRoot['certificateAuthorities'][number] => ({
    subject: { commonName: 'sigstore', organization: 'sigstore.mock' },
    uri,
    certChain: { certificates: certificates.map((one) => ({ rawBytes: bytesOf(one) })) },
    validFor: { start },
    operator: '',
  });
  const log = (baseUrl: string, publicKey: Buffer, keyId: Buffer): TrustedRoot['tlogs'][number] => ({
    baseUrl,
    hashAlgorithm: sha2With256Bits,
    publicKey: { rawBytes: publicKey, keyDetails: ecdsaP256, validFor: { start } },
    logId: { keyId },
    checkpointKeyId: undefined,
    operator: '',
  });
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    certificateAuthorities: [authority('https://fulcio.example.org', [ca.rootCertificate])],
    timestampAuthorities: [authority('https://timestamp.example.org', [tsa.intCertificate, tsa.rootCertificate])],
    tlogs: [log(rekor, tlog.publicKey, createHash('sha256').update(tlog.publicKey).digest())],
    ctlogs: [log('https://ctfe.example.org', ctlog.publicKey, bytesOf(ctlog.logID))],
  };
}

const bytesOf = (view: ArrayBufferView): Buffer<ArrayBuffer> => Buffer.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
