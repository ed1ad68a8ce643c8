import { jsonIn, UserError } from '@release-kit/action';

/** A file that an attestation speaks of. */
export interface AttestedFile {
  readonly name: string;
  readonly sha256: string;
}

const statementType = 'application/vnd.in-toto+json';

/**
 * The files that a Sigstore bundle attests: of the in-toto statement in its DSSE envelope. Whether it is signed by whom it should is for those who
 * verify it; here it is only read. E_INPUT for what is no such bundle.
 */
export function attestedFiles(text: string, name: string): readonly AttestedFile[] {
  const bundle = jsonIn(text);
  const type = member(bundle, 'mediaType');
  if (typeof type !== 'string' || !type.startsWith('application/vnd.dev.sigstore.bundle')) throw noBundle(name, 'its mediaType is another');
  const envelope = member(bundle, 'dsseEnvelope');
  const [payload, payloadType, signatures] = ['payload', 'payloadType', 'signatures'].map((key) => member(envelope, key));
  if (payloadType !== statementType || typeof payload !== 'string' || !Array.isArray(signatures) || signatures.length === 0)
    throw noBundle(name, `its dsseEnvelope holds no signed ${statementType}`);
  const statement = jsonIn(Buffer.from(payload, 'base64').toString('utf8'));
  const kind = member(statement, '_type');
  const subjects = member(statement, 'subject');
  if (typeof kind !== 'string' || !/^https:\/\/in-toto\.io\/Statement\/v\d/.test(kind) || !Array.isArray(subjects) || subjects.length === 0)
    throw noBundle(name, 'its payload is no in-toto statement with subjects');
  return subjects.map((subject: unknown, index) => {
    const file = member(subject, 'name');
    const sha256 = member(member(subject, 'digest'), 'sha256');
    if (typeof file !== 'string' || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
      throw noBundle(name, `subject[${index}] has no name or no SHA-256`);
    return { name: file, sha256 };
  });
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
}

function noBundle(name: string, why: string): UserError {
  return new UserError('E_INPUT', `${name} is no Sigstore bundle with an attestation: ${why}`, {
    cure: 'Hand over the file that attest-packages wrote (its output bundle), unchanged.',
  });
}
