import { inertLine, UserError } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import { sizeText } from '@release-kit/manifest';
import { lintFolder, unprivileged } from './lintian-command.ts';

/** Below this no package is a bomb, however well it is compressed: long runs of zeros are common in test data. Bytes. */
const harmless = 64 * 1024 * 1024;
/** Nothing that is worth packing is compressed better; xz reaches thousands with zeros. */
const bestRatio = 200;

/** What a file of this size may unpack to, in bytes; never more than `most`. */
export function unpackedLimit(size: number, most: number): number {
  return Math.min(most, Math.max(harmless, size * bestRatio));
}

const packed = /\.(?:[ud]?deb|gz|xz|lzma|bz2)$/;

/**
 * Decompresses each file to nowhere, and stops after its limit: nothing is unpacked, and nothing is kept but a count. Arguments are a file
 * and its limit in turn; prints for each the bytes that came and the exit code of what decompressed it.
 */
const script = `code=$(mktemp)
decompress() {
  case $1 in
    *deb) dpkg-deb --fsys-tarfile "$1" ;;
    *.gz) gzip -dc "$1" ;;
    *.bz2) bzip2 -dc "$1" ;;
    *) xz -dc "$1" ;;
  esac
}
while [ "$#" -ge 2 ]; do
  bytes=$({ decompress "$1"; echo "$?" >"$code"; } 2>/dev/null | head -c "$2" | wc -c)
  echo "$bytes $(cat "$code")"
  shift 2
done
rm -f "$code"`;

/**
 * Measures what lintian would unpack, before it does. E_BOMB for the first file that would grow beyond its limit. Returns the names of
 * those whose contents cannot be decompressed to the end: of some, lintian says nothing at all.
 *
 * @param most bytes that any one file may unpack to
 */
export async function measureUnpacked(
  machine: Machine,
  files: readonly { readonly path: string; readonly size: number }[],
  most: number,
): Promise<readonly string[]> {
  const measured = files.filter(({ path }) => packed.test(path));
  if (measured.length === 0) return [];
  const given = measured.flatMap(({ path, size }) => [`${lintFolder}/${path}`, `${unpackedLimit(size, most) + 1}`]);
  const { stdout } = await machine.run(['/bin/sh', '-c', script, 'measure', ...given], { ...unprivileged, timeout: 20 * 60_000 });
  const answers = stdout.trim().split('\n');
  return measured.flatMap(({ path, size }, index) => {
    const [bytes = Number.NaN, code = Number.NaN] = (answers[index] ?? '').split(' ').map(Number);
    const limit = unpackedLimit(size, most);
    if (bytes > limit) throw bomb(path, size, limit);
    return code === 0 ? [] : [path];
  });
}

function bomb(path: string, size: number, limit: number): UserError {
  return new UserError('E_BOMB', `${inertLine(path)} has ${sizeText(size)}, but would unpack to more than ${sizeText(limit)}`);
}
