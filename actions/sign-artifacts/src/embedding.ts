import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, storing, UserError, writeWhole } from '@release-kit/action';
import { type FileSums, withChangedSums } from '@release-kit/debian';
import type { Manifest, ManifestFile } from '@release-kit/manifest';
import { claimedSigners, clearSign, type SigningKey } from '@release-kit/openpgp';
import { type ControlFile, type ControlKind, checkListed, controlKinds, readControlFile, textToSign } from './control-file.ts';
import { signDeb } from './deb-signature.ts';
import { layFile } from './signed-folder.ts';

export interface Embedding {
  /** Signs what holds a signature inside. One only: dpkg-source, dscverify and debsig-verify refuse a second one that they do not know. */
  readonly key: SigningKey;
  /** Of the signatures, in milliseconds since 1970. */
  readonly time: number;
  /** .dsc, .buildinfo and .changes files get a signature around their text. */
  readonly controlFiles: boolean;
  readonly debSignature: 'none' | 'origin';
}

export interface Folders {
  /** Absolute; holds the files of the manifest, and stays as it is. */
  readonly from: string;
  /** Absolute; gets all of them. */
  readonly to: string;
}

export interface EmbeddedFiles {
  /** Of the files as they are now. */
  readonly manifest: Manifest;
  /** Names of the packages and control files with a signature inside that we made. */
  readonly debs: readonly string[];
  readonly controlFiles: readonly string[];
}

/**
 * Brings all files of the manifest over, with signatures inside where they are wanted. Packages are first, then what lists them: each
 * .dsc, .buildinfo and .changes gets the new sizes and digests of what it lists (all else in it stays, byte for byte) before it is signed
 * itself. The same files, key and time give the same bytes. Throws E_CONTROL, E_DEB and E_DIGEST.
 */
export async function embedSignatures(manifest: Manifest, folders: Folders, how: Embedding, host: Host): Promise<EmbeddedFiles> {
  const changed: FileSums[] = [];
  const debs: string[] = [];
  for (const file of manifest.files.filter(({ kind }) => !isControl(kind))) {
    host.signal.throwIfAborted();
    if (how.debSignature === 'none' || (file.kind !== 'deb' && file.kind !== 'ddeb')) {
      await keep(file, folders);
      continue;
    }
    host.progress.update(`signing inside ${file.path}`);
    changed.push(await storing(join(folders.to, file.path), () => signDeb(how.key, { file, ...folders }, how.time, host)));
    debs.push(file.path);
  }
  const controlFiles: string[] = [];
  for (const kind of controlKinds) {
    const before = [...changed];
    for (const file of manifest.files.filter((one) => one.kind === kind)) {
      const control = how.controlFiles || before.length > 0 ? await openControl(kind, file, folders.from) : undefined;
      if (control !== undefined) checkListed(control, file.path, manifest.files);
      const content = control === undefined ? undefined : await newContent({ kind, name: file.path, control }, before, how, host);
      if (content === undefined) {
        await keep(file, folders);
        continue;
      }
      const bytes = Buffer.from(content);
      await writeWhole(join(folders.to, file.path), bytes);
      changed.push(sumsOf(file.path, bytes));
      if (how.controlFiles) controlFiles.push(file.path);
    }
  }
  return { manifest: { ...manifest, files: withSums(manifest.files, changed) }, debs, controlFiles };
}

function keep({ path }: ManifestFile, { from, to }: Folders): Promise<void> {
  return layFile(join(from, path), join(to, path));
}

function isControl(kind: ManifestFile['kind']): kind is ControlKind {
  return controlKinds.some((known) => known === kind);
}

/** Far more than any archive takes. */
const maxControlSize = 64 * 1024 * 1024;

async function openControl(kind: ControlKind, file: ManifestFile, folder: string): Promise<ControlFile> {
  if (file.size > maxControlSize)
    throw new UserError('E_CONTROL', `the file has ${file.size} bytes, which is no control file`, { place: { file: file.path } });
  const bytes = await readFile(join(folder, file.path));
  if (sumsOf(file.path, bytes).sha256 !== file.sha256)
    throw new UserError('E_DIGEST', `${file.path} was changed while it was signed`, { place: { file: file.path } });
  return readControlFile(kind, bytes, file.path);
}

interface NamedControl {
  readonly kind: ControlKind;
  readonly name: string;
  readonly control: ControlFile;
}

/** undefined: the file stays as it is. */
async function newContent(
  { kind, name, control }: NamedControl,
  changed: readonly FileSums[],
  { key, time, controlFiles }: Embedding,
  host: Host,
): Promise<string | undefined> {
  const text = withChangedSums(control.text, name, changed);
  const same = text === control.text;
  if (!controlFiles) {
    if (same) return undefined;
    if (control.signed)
      host.log.info(`${name} lists what is signed now, so the signature around it does not hold any more and is taken off`);
    return text;
  }
  if (same && (await isStrangers(kind, control, key))) {
    host.log.info(`${name} is signed by somebody else already and stays as it is`);
    return undefined;
  }
  return await signText(text, name, key, time);
}

async function signText(text: string, name: string, key: SigningKey, time: number): Promise<string> {
  try {
    return await clearSign([key], textToSign(text), time);
  } catch (error) {
    // Of the text; what the key says is told as it is.
    if (!(error instanceof UserError) || error.code !== 'E_CONTROL') throw error;
    throw new UserError(error.code, error.message, {
      place: { file: name },
      cure: 'Correct the file, or set control-files: false.',
      cause: error,
    });
  }
}

/**
 * A source package is built from, and may be somebody else's work: who signed it says more than we could. The other kinds say what
 * happened here, and old signatures around them end with what they said.
 */
async function isStrangers(kind: ControlKind, { signed, original }: ControlFile, key: SigningKey): Promise<boolean> {
  if (kind !== 'dsc' || !signed) return false;
  return !(await claimedSigners(original)).includes(key.signingFingerprint.slice(-16));
}

function sumsOf(name: string, bytes: Uint8Array): FileSums {
  const digest = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');
  return { name, size: bytes.length, md5: digest('md5'), sha1: digest('sha1'), sha256: digest('sha256') };
}

function withSums(files: readonly ManifestFile[], changed: readonly FileSums[]): readonly ManifestFile[] {
  const byName = new Map(changed.map(({ name, size, sha256 }) => [name, { size, sha256 }]));
  return files.map((file) => ({ ...file, ...byName.get(file.path) }));
}
