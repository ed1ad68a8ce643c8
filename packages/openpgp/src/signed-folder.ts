import { join } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { type ContentDigests, digestFiles } from './content-digests.ts';
import { type FileFinding, type FileList, type FileVerdict, judgeFiles } from './file-verdicts.ts';
import { type FolderContent, isPackageFile, resolver, sortFolder, sumsIn } from './folder-content.ts';
import { type FolderNames, holdsOnlyKeys, isClearSigned, isDetachedSignature, namesIn, readHeads } from './folder-files.ts';
import { type ReadLists, readControlLists, readSums } from './folder-lists.ts';
import { type FolderSignature, outcomeOf, verifySignatures } from './folder-signatures.ts';
import type { SignatureRule } from './signature-verdict.ts';
import type { TrustedKey } from './trusted-keys.ts';
import { openVerifier } from './verifier.ts';

export interface FolderRequest {
  /** Absolute. */
  readonly folder: string;
  /** A plain file name: only this file and what vouches for it. */
  readonly only?: string | undefined;
  /** undefined: digests are compared, and signatures are not looked at. */
  readonly keys: readonly TrustedKey[] | undefined;
  readonly need: SignatureRule['need'];
  /** What a manifest says, by name; `trusted`: its own digest came by another way. */
  readonly manifest?: { readonly digests: ReadonlyMap<string, string>; readonly trusted: boolean } | undefined;
  /** A file's name as built -> as it is downloaded; see `resolver`. */
  readonly publishedName: (name: string) => string;
}

/** What a folder of signed files holds, verified. Names are as they were found: text of strangers. */
export interface FolderVerification {
  /** Fingerprints of the trusted keys; undefined: only digests were compared. */
  readonly keys: readonly string[] | undefined;
  /** Which programs verified: `gpgv and sqv`; undefined: none. */
  readonly tools: string | undefined;
  /** By name. */
  readonly files: readonly FileVerdict[];
  /** Listed in a checksum file, but not here. */
  readonly missing: readonly string[];
  /** Signatures of files that are not here. */
  readonly lonely: readonly string[];
  /** Nothing is wrong, and something is vouched for. */
  readonly passed: boolean;
}

/**
 * Verifies everything in a folder, as far as it is there: a download of some of a release's files will do. What is wrong with a file is in
 * its verdict. Throws E_PATH for a folder or an only file that is not there, E_TOOL_MISSING.
 */
export async function verifyFolder(request: FolderRequest, host: Host): Promise<FolderVerification> {
  const names = await namesIn(request.folder);
  const { content, heads, lists, unread } = await readFolder(request, names);
  const chosen = chooseFiles(content, lists, request.only);
  const { signatures, tools } = await signaturesOf(chosen, content, heads, request, host);
  const algorithms = content.sums.map(({ algorithm }) => algorithm);
  const wanted = { sums: [...new Set(['sha256' as const, ...algorithms])], trailers: [] };
  const digests = await digestFiles(
    chosen.map((name) => join(request.folder, name)),
    wanted,
    { signal: host.signal },
  );
  const trusted = new Set(request.keys?.map(({ fingerprint }) => fingerprint));
  const findings: FileFinding[] = [];
  for (const [index, name] of chosen.entries()) {
    const outcome = outcomeOf(signatures.filter(({ of }) => of === name));
    findings.push(finding(name, digests[index], outcome, unread.get(name), content, await holdsOnlyKeys(request.folder, name, trusted)));
  }
  const listed = listedIn(lists, 'sums');
  if (request.only === undefined) findings.push(...strangeFiles(names.other, listed));
  findings.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = judgeFiles(findings, lists, { signed: request.keys !== undefined, manifestTrusted: request.manifest?.trusted === true });
  const matters = (file: FileVerdict): boolean =>
    request.only === undefined ? !content.sums.some(({ name }) => name === file.name) : file.name === request.only;
  return {
    keys: request.keys === undefined ? undefined : [...trusted],
    tools,
    files,
    missing: request.only === undefined ? [...listed].filter((name) => !names.plain.includes(name)).sort() : [],
    lonely: request.only === undefined ? content.lonely : [],
    passed: files.every(({ problems }) => problems.length === 0) && files.some((file) => file.covered && matters(file)),
  };
}

interface ReadFolder extends ReadLists {
  readonly content: FolderContent;
  readonly heads: ReadonlyMap<string, string>;
}

async function readFolder({ folder, publishedName, manifest }: FolderRequest, { plain }: FolderNames): Promise<ReadFolder> {
  const resolve = resolver(plain, publishedName);
  const sums = await readSums(folder, sumsIn(plain), resolve);
  const heads = await readHeads(folder, plain);
  const isSignature = (name: string): boolean => isDetachedSignature(name, heads.get(name));
  const content = sortFolder(plain, { listed: listedIn(sums.lists, 'sums'), resolve, isSignature });
  const control = await readControlLists(folder, content.content, resolve);
  const digests = [...(manifest?.digests ?? [])].map(([name, digest]) => [resolve(name), { algorithm: 'sha256', digest }] as const);
  const more: readonly FileList[] = manifest === undefined ? [] : [{ name: 'the manifest', kind: 'manifest', entries: new Map(digests) }];
  return { content, heads, lists: [...sums.lists, ...control.lists, ...more], unread: new Map([...sums.unread, ...control.unread]) };
}

function listedIn(lists: readonly FileList[], kind: FileList['kind']): ReadonlySet<string> {
  return new Set(lists.filter((list) => list.kind === kind).flatMap(({ entries }) => [...entries.keys()]));
}

/** All, or one file and the checksum files that list it. */
function chooseFiles({ content, sums }: FolderContent, lists: readonly FileList[], only: string | undefined): readonly string[] {
  const all = [...content, ...sums.map(({ name }) => name)];
  if (only === undefined) return all;
  if (!all.includes(only))
    throw new UserError('E_PATH', `${inertLine(only)} is not a plain file that could be verified`, {
      cure: 'Name the file itself, not its signature or a link.',
    });
  return all.filter((name) => name === only || lists.some((list) => list.kind === 'sums' && list.name === name && list.entries.has(only)));
}

async function signaturesOf(
  chosen: readonly string[],
  { signatures }: FolderContent,
  heads: ReadonlyMap<string, string>,
  { keys, need, folder }: FolderRequest,
  host: Host,
): Promise<{ readonly signatures: readonly FolderSignature[]; readonly tools: string | undefined }> {
  if (keys === undefined) return { signatures: [], tools: undefined };
  await using verifier = await openVerifier(host, keys, need);
  const detached = signatures.filter(({ of }) => chosen.includes(of));
  const clear = chosen.filter((name) => isClearSigned(heads.get(name)));
  const debs = chosen.filter((name) => /\.[du]?deb$/.test(name));
  return { signatures: await verifySignatures(verifier, folder, { detached, clear, debs }, host), tools: verifier.tools };
}

function finding(
  name: string,
  digests: ContentDigests | undefined,
  outcome: ReturnType<typeof outcomeOf>,
  unread: string | undefined,
  { sums }: FolderContent,
  isTrustedKey: boolean,
): FileFinding {
  const problems = unread === undefined ? outcome.problems : [...outcome.problems, unread];
  const isSums = sums.some((each) => each.name === name);
  return { name, plain: true, size: digests?.size ?? 0, digests: digests?.sums ?? {}, ...outcome, problems, isSums, isTrustedKey };
}

/** A link or folder in the place of a file that matters. */
function strangeFiles(names: readonly string[], listed: ReadonlySet<string>): readonly FileFinding[] {
  const none = {
    plain: false,
    size: 0,
    digests: {},
    signatures: [],
    signedBy: [],
    problems: [],
    remarks: [],
    isSums: false,
    isTrustedKey: false,
  };
  return names.filter((name) => listed.has(name) || isPackageFile(name)).map((name) => ({ ...none, name }));
}
