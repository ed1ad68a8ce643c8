import { UserError } from '@release-kit/action';
import type { PrivateKey, Subkey } from 'openpgp';
import { strictConfig } from './library.ts';

const signFlag = 0x02;

/** A key without the secret part of its primary, and of its subkeys only those wanted: what a machine that signs needs. */
export interface SubkeysOnly {
  /** Base64 of the binary form, on one line: a runner masks it whole. */
  readonly oneLine: string;
  /** Of the subkeys whose secret part is in it; 40 upper-case hexadecimal digits each. */
  readonly subkeys: readonly string[];
}

/**
 * As `gpg --export-secret-subkeys`: the primary's secret part is replaced by a stub, so that whoever steals this cannot certify. So are those of the
 * other subkeys, whose public parts stay: what is published from this certificate verifies what they signed. The parts
 * stay locked as they are. `wanted`: fingerprints; else every subkey that may sign. E_INPUT, E_KEY_UNUSABLE.
 */
export async function subkeysOnly(key: PrivateKey, wanted?: readonly string[]): Promise<SubkeysOnly> {
  const { readPrivateKey, config } = await strictConfig();
  // A copy, since stubs are made in place.
  const copy = await readPrivateKey({ binaryKey: key.write(), config });
  const known = new Set(copy.subkeys.map((subkey) => subkey.getFingerprint().toUpperCase()));
  const missing = wanted?.find((fingerprint) => !known.has(fingerprint));
  if (missing !== undefined) throw new UserError('E_INPUT', `the key ${key.getFingerprint().toUpperCase()} has no subkey ${missing}`);
  if ('makeDummy' in copy.keyPacket) copy.keyPacket.makeDummy(config);
  for (const subkey of copy.subkeys) {
    const isWanted = wanted?.includes(subkey.getFingerprint().toUpperCase()) ?? maySign(subkey);
    if (!isWanted && 'makeDummy' in subkey.keyPacket) subkey.keyPacket.makeDummy(config);
  }
  const secret = copy.subkeys.filter(({ keyPacket }) => 'isDummy' in keyPacket && !keyPacket.isDummy());
  if (secret.length === 0) {
    throw new UserError(
      'E_KEY_UNUSABLE',
      `the key ${key.getFingerprint().toUpperCase()} has no subkey that may sign and whose secret part is in the file`,
      {
        cure: 'release-kit key rotate gives the primary key a subkey that signs.',
      },
    );
  }
  return {
    oneLine: Buffer.from(copy.write()).toString('base64'),
    subkeys: secret.map((subkey) => subkey.getFingerprint().toUpperCase()),
  };
}

/** Whether the primary key ever said that this subkey may sign; RFC 9580, section 5.2.3.29. */
export function maySign({ bindingSignatures }: Subkey): boolean {
  return bindingSignatures.some(({ keyFlags }) => ((keyFlags?.[0] ?? 0) & signFlag) !== 0);
}

/** The whole secret key, armored: what is kept offline. */
export async function secretArmored(key: PrivateKey): Promise<string> {
  const { config } = await strictConfig();
  return unixLines(key.armor(config));
}

/** What is stored and compared as text has the same line ends everywhere. */
export function unixLines(text: string): string {
  return `${text.replace(/\r\n/g, '\n').trimEnd()}\n`;
}
