import { isPackageFile } from './folder-content.ts';

/** What one list says: a checksum file, a .changes, .dsc or .buildinfo file, the manifest. */
export interface FileList {
  /** Name of the list. */
  readonly name: string;
  readonly kind: 'sums' | 'control' | 'manifest';
  /** By the name of a file in this folder, or of one that is not here. */
  readonly entries: ReadonlyMap<string, ListedDigest>;
}

export interface ListedDigest {
  readonly algorithm: 'sha256' | 'sha512' | 'blake2';
  readonly digest: string;
  /** Bytes, where the list says so. */
  readonly size?: number;
}

/** What was found out of one file. */
export interface FileFinding {
  readonly name: string;
  /** false: a link, a folder, a device. */
  readonly plain: boolean;
  /** Bytes. */
  readonly size: number;
  readonly digests: Readonly<Partial<Record<ListedDigest['algorithm'], string>>>;
  /** Names of the signatures that verify, detached ones or the file's own name where it is inside. */
  readonly signatures: readonly string[];
  /** Fingerprints of the primary keys. */
  readonly signedBy: readonly string[];
  /** Of its signatures, or of the list in it: in our words. */
  readonly problems: readonly string[];
  readonly remarks: readonly string[];
  readonly isSums: boolean;
  /** A public key that is one of the trusted ones. */
  readonly isTrustedKey: boolean;
}

export interface FileVerdict {
  readonly name: string;
  readonly size: number;
  readonly sha256: string | undefined;
  readonly signatures: readonly string[];
  readonly signedBy: readonly string[];
  /** Lists whose digest it has. */
  readonly listedIn: readonly string[];
  /** Whether its bytes are vouched for: by a signature of its own, or by a list that is. */
  readonly covered: boolean;
  /** It is one of the keys that are trusted, so nothing has to vouch for it. */
  readonly isTrustedKey: boolean;
  /** Each is a reason not to use the file. */
  readonly problems: readonly string[];
  readonly remarks: readonly string[];
}

export interface VerdictRules {
  /** false: nobody said whom to trust; digests alone count, and any list is believed. */
  readonly signed: boolean;
  /** The manifest came by a way that is trusted. */
  readonly manifestTrusted: boolean;
}

/** One verdict for each finding, in their order. */
export function judgeFiles(findings: readonly FileFinding[], lists: readonly FileList[], rules: VerdictRules): readonly FileVerdict[] {
  const covered = coveredNames(findings, lists, rules);
  return findings.map((finding) => {
    const { name, size, digests, signatures, signedBy, isTrustedKey } = finding;
    const listing = lists.flatMap((list) => {
      const listed = list.entries.get(name);
      return listed === undefined ? [] : [{ list: list.name, same: isSame(finding, listed) }];
    });
    const wrong = listing.filter(({ same }) => !same).map(({ list }) => `${list} lists it with another digest or size`);
    const isCovered = covered.has(name);
    const bare = isCovered || isTrustedKey ? undefined : bareness(finding, rules);
    const problems = finding.plain ? [...finding.problems, ...wrong] : ['it is not a plain file'];
    const serious = bare !== undefined && (finding.isSums || isPackageFile(name) || listing.length > 0);
    // Where something else is wrong, being unsigned is no news.
    if (serious && problems.length === 0) problems.push(bare);
    const remarks = bare === undefined || serious ? finding.remarks : [...finding.remarks, bare];
    const listedIn = listing.filter(({ same }) => same).map(({ list }) => list);
    return {
      name,
      size,
      sha256: digests.sha256,
      signatures,
      signedBy,
      isTrustedKey,
      listedIn,
      covered: isCovered && problems.length === 0,
      problems,
      remarks,
    };
  });
}

function bareness({ isSums, name }: FileFinding, { signed }: VerdictRules): string | undefined {
  if (!signed) return isSums || name === 'manifest.json' ? undefined : 'no list has it';
  if (name === 'manifest.json') return undefined;
  return isSums ? 'no signature of it is here' : 'nothing that is signed covers it';
}

function isSame({ size, digests, plain }: FileFinding, listed: ListedDigest): boolean {
  return plain && digests[listed.algorithm] === listed.digest && (listed.size === undefined || listed.size === size);
}

/** From what is signed to what it lists, and on: SHA256SUMS vouches for a .dsc, which vouches for the archive of the source. */
function coveredNames(
  findings: readonly FileFinding[],
  lists: readonly FileList[],
  { signed, manifestTrusted }: VerdictRules,
): ReadonlySet<string> {
  const sound = new Map(findings.filter(({ plain, problems }) => plain && problems.length === 0).map((finding) => [finding.name, finding]));
  const covered = new Set([...sound.values()].filter(({ signedBy }) => signedBy.length > 0).map(({ name }) => name));
  const believed = (list: FileList): boolean =>
    list.kind === 'manifest' ? manifestTrusted : covered.has(list.name) || (!signed && sound.has(list.name));
  const open = new Set(lists);
  for (let found = true; found; ) {
    found = false;
    for (const list of open) {
      if (!believed(list)) continue;
      open.delete(list);
      found = true;
      for (const [name, listed] of list.entries) {
        const finding = sound.get(name);
        if (finding !== undefined && isSame(finding, listed)) covered.add(name);
      }
    }
  }
  return covered;
}
