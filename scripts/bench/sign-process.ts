/**
 * What sign-artifacts does between reading the key and verifying, in a process of its own: digests of all files of a folder, checksum
 * files, detached signatures. Arguments: the folder, another for what is written; the key is on the standard input.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { writeWhole } from '@release-kit/action';
import { checksumFiles, fileSigner, formatChecksums, readSigningKey } from '@release-kit/openpgp';

const [from = '', to = ''] = process.argv.slice(2);
const now = Date.now();
const key = await readSigningKey(await text(process.stdin), undefined, now);
const sums = ['sha256', 'sha512'] as const;
const signer = fileSigner([key], now, sums);
const names = (await readdir(from)).filter((name) => name.endsWith('.deb')).sort();
const files = names.map((name) => join(from, name));
const known = (await signer.read(files)).map(({ sha256 }, index) => ({ file: files[index] ?? '', sha256 }));
const digests = await signer.sumsOf(known);
for (const sum of sums) {
  const lines = names.map((name, index) => ({ name, digest: digests[index]?.[sum] ?? '' }));
  await writeWhole(join(to, checksumFiles[sum]), formatChecksums(lines));
}
for (const [index, file] of known.entries()) await writeWhole(join(to, `${names[index]}.asc`), (await signer.sign(file)).armored);
