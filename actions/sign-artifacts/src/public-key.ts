import { join } from 'node:path';
import { writeWhole } from '@release-kit/action';
import { keyFileNames, publishedKey, type SigningKey } from '@release-kit/openpgp';

/** Writes the public part of the keys into `folder` (absolute), as `<keyName>.asc` and `<keyName>.gpg`; returns the armored text. `now`: milliseconds. */
export async function writePublicKey(folder: string, keyName: string, keys: readonly SigningKey[], now: number): Promise<string> {
  const { armored, binary } = await publishedKey(
    keys.map(({ certificate }) => certificate),
    now,
  );
  const names = keyFileNames(keyName);
  await writeWhole(join(folder, names.armored), armored);
  await writeWhole(join(folder, names.binary), binary);
  return armored;
}
