import { keyFileNames, type SumAlgorithm } from '@release-kit/openpgp';

/** What lies beside the packages, by the names that users download. */
export interface Published {
  /** Without `.asc` and `.gpg`. */
  readonly keyName: string;
  /** Files of checksums; the first one is shown. */
  readonly sums: readonly { readonly name: string; readonly algorithm: SumAlgorithm }[];
  /** Of detached signatures, most wanted first. */
  readonly forms: readonly ('asc' | 'sig')[];
  /** Where packages hold a signature: the name of one of them, and the fingerprint of the part that signed. */
  readonly debsig: { readonly deb: string; readonly id: string } | undefined;
}

/** Programs of coreutils that read them. */
const checkers: Readonly<Record<SumAlgorithm, string>> = { sha256: 'sha256sum', sha512: 'sha512sum', blake2: 'b2sum' };

/** Lines of shell; each runs as it stands, as any user, in the folder of the download. */
export interface VerifyLines {
  /** For systems with gpgv: Debian 12, Ubuntu 24.04 and older. */
  readonly gpgv: readonly string[];
  /** For systems with sqv: Debian 13 and newer. */
  readonly sqv: readonly string[];
}

/** How a user checks what was downloaded, with what the system has on board. Files that were not downloaded are passed over. */
export function verifyLines({ keyName, sums, forms }: Published): VerifyLines {
  const [first] = sums;
  if (first === undefined) return { gpgv: [], sqv: [] };
  const signed = `${first.name}.${forms[0] ?? 'asc'} ${first.name}`;
  const check = `${checkers[first.algorithm]} --check --ignore-missing ${first.name}`;
  // gpgv looks for a keyring without a slash in a folder of its own.
  return {
    gpgv: [`gpgv --keyring ./${keyName}.gpg ${signed}`, check],
    sqv: [`sqv --keyring ${keyName}.asc ${signed}`, check],
  };
}

/** How an administrator sees to it that debsig-verify knows the key; the folders bear the fingerprint of the part that signs. */
export function debsigLines({ keyName, debsig }: Pick<Published, 'keyName' | 'debsig'>): readonly string[] {
  if (debsig === undefined) return [];
  const { policy, binary } = keyFileNames(keyName);
  return [
    `install -D -m 0644 ${policy} /etc/debsig/policies/${debsig.id}/${policy}`,
    `install -D -m 0644 ${binary} /usr/share/debsig/keyrings/${debsig.id}/${binary}`,
    `debsig-verify ${debsig.deb}`,
  ];
}

/** Stands where the maintainers have to write something. */
export const placeholders = { address: 'https://example.org/debian', suite: 'stable' } as const;

/**
 * How an administrator makes apt believe a repository that this key signs, and no other: the key in a file of its own, named by its path. apt 3 takes no
 * fingerprints of subkeys there, and fingerprints lock users out when the key is rolled over.
 */
export function aptLines({ keyName }: Pick<Published, 'keyName'>): readonly string[] {
  const key = `/etc/apt/keyrings/${keyName}.asc`;
  return [
    `install -D -m 0644 ${keyName}.asc ${key}`,
    `cat > /etc/apt/sources.list.d/${keyName}.sources <<'END'`,
    'Types: deb',
    `URIs: ${placeholders.address}`,
    `Suites: ${placeholders.suite}`,
    'Components: main',
    `Signed-By: ${key}`,
    'END',
    'apt-get update',
  ];
}
