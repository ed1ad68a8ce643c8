import { UserError } from '@release-kit/action';
import { type ElfFile, type PackageEntry, type Paragraph, parseDeb822, parseElfReport, parsePackageEntries } from '@release-kit/debian';
import type { Machine } from '@release-kit/machine';
import { userEnvironment } from './build-command.ts';
import { buildUser } from './build-user.ts';

/** What a binary package holds, as its own tools in the machine read it. */
export interface PackageContent {
  /** `hello_1.0_amd64.deb` */
  readonly file: string;
  readonly control: Paragraph;
  /** Name of the member of the archive: `data.tar.xz`. */
  readonly dataMember: string;
  readonly entries: readonly PackageEntry[];
  /** By path; detached debug symbols and kernel modules are left out. */
  readonly elf: ReadonlyMap<string, ElfFile>;
  /** SHA-256 by path: of files, and of the control archive's files but control and md5sums. Empty unless asked for. */
  readonly sums: { readonly files: ReadonlyMap<string, string>; readonly control: ReadonlyMap<string, string> };
}

/**
 * $1: folder of the packages; $2: `deep` for checksums and symbols; then file names. Says for each, every text ended by a NUL: its
 * members, the list of files, both lists of checksums, path and report of each ELF file, and an empty path. Archives may be
 * hostile, so they are unpacked here, by a user who owns nothing else.
 */
const script = `set -e
cd -- "$1"; deep=$2; shift 2
work=$(mktemp -d)
export work deep
printf '\\177ELF' > "$work/magic"
for name; do
  mkdir "$work/data"
  ar t "./$name"; printf '\\0'
  dpkg-deb --fsys-tarfile "./$name" > "$work/tar"
  tar --list --verbose --numeric-owner --full-time --quoting-style=escape --file "$work/tar"; printf '\\0'
  tar --extract --no-same-owner --file "$work/tar" --directory "$work/data"
  rm "$work/tar"
  chmod -R u+rwX "$work/data"
  if [ "$deep" = deep ]; then
    dpkg-deb --control "./$name" "$work/control"
    (cd "$work/control"; find . -type f ! -name control ! -name md5sums -exec sha256sum {} +)
    printf '\\0'
    (cd "$work/data"; find . -type f -exec sha256sum {} +)
    printf '\\0'
    rm -r "$work/control"
  else printf '\\0\\0'; fi
  (cd "$work/data"
    find . -path ./usr/lib/debug -prune -o -type f ! -name '*.ko' -size +51c -print0 \\
      | { LC_ALL=C xargs -0 -r grep -lZF -- "$(cat "$work/magic")" || :; } \\
      | xargs -0 -r sh -c 'for file; do
          if head -c 4 "$file" | cmp -s - "$work/magic"; then
            printf "%s\\0" "$file"; readelf -W -h -l -d -V $(if [ "$deep" = deep ]; then echo --dyn-syms; fi) "$file" 2> /dev/null || :; printf "\\0"
          fi
        done' sh)
  printf '\\0'
  rm -r "$work/data"
done
rm -r "$work"`;

/** Looks into packages that lie in a folder of the machine. `timeout`: milliseconds. Throws E_DEB for one that cannot be unpacked. */
export async function inspectPackages(
  machine: Machine,
  folder: string,
  packages: readonly { readonly file: string; readonly control: string }[],
  depth: 'plain' | 'deep',
  timeout: number,
): Promise<readonly PackageContent[]> {
  if (packages.length === 0) return [];
  const { stdout } = await machine.run(['sh', '-c', script, 'inspect', folder, depth, ...packages.map(({ file }) => file)], {
    user: buildUser,
    env: { ...userEnvironment, LC_ALL: 'C.UTF-8' },
    errorCode: 'E_DEB',
    failure: 'a package that was built cannot be unpacked',
    timeout,
  });
  const texts = stdout.split('\0');
  return packages.map(({ file, control }) => readContent(file, control, texts));
}

/** Takes what belongs to one package from the front of the list. */
function readContent(file: string, controlText: string, texts: string[]): PackageContent {
  const next = (): string => {
    const text = texts.shift();
    if (text === undefined) throw new UserError('E_DEB', 'what it holds could not be read to the end', { place: { file } });
    return text;
  };
  const [control] = parseDeb822(controlText, file);
  if (control === undefined) throw new UserError('E_DEB', 'the control file is empty', { place: { file } });
  const dataMember = next()
    .split('\n')
    .find((name) => name.startsWith('data.tar'));
  const entries = parsePackageEntries(next(), file);
  const sums = { control: readSums(next()), files: readSums(next()) };
  const elf = new Map<string, ElfFile>();
  for (let path = next(); path !== ''; path = next()) {
    const report = parseElfReport(next());
    if (report !== undefined) elf.set(path.replace(/^\.\//, ''), report);
  }
  return { file, control, dataMember: dataMember ?? '', entries, elf, sums };
}

/** Lines of sha256sum; it puts a backslash before a line whose name it had to escape. */
function readSums(text: string): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, sum, path] = /^\\?([0-9a-f]{64}) [ *](?:\.\/)?(.*)$/.exec(line) ?? [];
    if (sum !== undefined && path !== undefined) sums.set(path, sum);
  }
  return sums;
}
