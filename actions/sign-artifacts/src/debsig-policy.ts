import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Host, writeWhole, xmlAttributes } from '@release-kit/action';
import { type KeyFacts, keyFileNames } from '@release-kit/openpgp';
import type { SignedFile } from './signing-plan.ts';

/**
 * A policy of debsig-verify: packages with a signature `_gpgorigin` of this key are good. It belongs into
 * /etc/debsig/policies/<id>/, and the binary public key into /usr/share/debsig/keyrings/<id>/, where <id> is the fingerprint of the key
 * or subkey that signs (policy-syntax.txt of debsig-verify; that of Debian 12 finds primary keys only).
 */
export function debsigPolicy({ signingFingerprint: id, userId }: Pick<KeyFacts, 'signingFingerprint' | 'userId'>, keyName: string): string {
  const origin = xmlAttributes({ Name: userId, id, Description: `Packages signed by ${userId}` });
  const required = `    <Required${xmlAttributes({ Type: 'origin', File: keyFileNames(keyName).binary, id })}/>`;
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE Policy SYSTEM "https://www.debian.org/debsig/1.0/policy.dtd">',
    '<Policy xmlns="https://www.debian.org/debsig/1.0/">',
    `  <Origin${origin}/>`,
    '  <Selection>',
    required,
    '  </Selection>',
    '  <Verification MinOptional="0">',
    required,
    '  </Verification>',
    '</Policy>',
    '',
  ].join('\n');
}

/** Writes it into `folder` (absolute); it is listed and signed like the packages. */
export async function writeDebsigPolicy(folder: string, keyName: string, key: KeyFacts, host: Pick<Host, 'log'>): Promise<SignedFile> {
  if (key.signingFingerprint !== key.fingerprint)
    host.log.warning('a subkey signs inside packages: debsig-verify of Debian 13 accepts that, that of Debian 12 knows primary keys only');
  const name = keyFileNames(keyName).policy;
  const file = join(folder, name);
  const text = debsigPolicy(key, keyName);
  await writeWhole(file, text);
  return { name, file, size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
}
