import { constants, type Dirent } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, inertLine, UserError } from '@release-kit/action';
import type { Marks } from './draft-text.ts';
import { field } from './field.ts';
import type { ReleaseMark } from './release-mark.ts';

export const recordName = 'release.json';
export const notesName = 'notes.md';

/** Made by the pipeline beside the assets: carried over when the draft is replaced. */
export const keptNames: readonly string[] = ['logs', 'summary.md'];

/** Beside the assets, but never one of them. The manifest is written again by whoever made it. */
export const reservedNames: readonly string[] = [recordName, notesName, 'manifest.json', ...keptNames];

/** What `release.json` says: keys in the order of the alphabet. */
export interface FolderRecord {
  readonly assets: readonly { readonly name: string; readonly sha256: string; readonly size: number }[];
  readonly commit: string | null;
  readonly draft: boolean;
  /** Whether it was published as the latest release; left out of drafts. */
  readonly latest?: boolean;
  /** Left out unless it was rolled back or yanked. */
  readonly mark?: ReleaseMark;
  readonly prerelease: boolean;
  readonly schema: 1;
  readonly tag: string;
  readonly title: string;
  /** Digests of the title and the notes that we wrote; left out by whoever knew of none. */
  readonly wrote?: Marks;
}

/**
 * Looks at a folder that a draft is about to replace. Returns the record of the earlier draft of the same tag (undefined when
 * the folder is missing or empty). Anything that is not ours is refused, so that no file of the user is ever lost.
 */
export async function earlierDraft(folder: string, tag: string): Promise<FolderRecord | undefined> {
  const entries = await entriesOf(folder);
  const record = entries.some(({ name }) => name === recordName) ? await readRecord(folder) : undefined;
  if (record !== undefined && record.tag !== tag) {
    if (record.draft && record.mark === undefined)
      throw conflict(folder, `holds the draft of ${record.tag}, not of ${tag}`, 'Remove that draft, or name another output folder.');
    throw conflict(
      folder,
      `holds the release ${record.tag}, which was published, not a draft of ${tag}`,
      'Name another output folder: what is published is kept.',
    );
  }
  if (record !== undefined && (!record.draft || record.mark === 'yanked'))
    throw new UserError(
      'E_RELEASE_EXISTS',
      `${record.tag} ${record.draft ? 'was published and yanked' : 'is already published'} in ${inertLine(folder)}`,
      {
        cure: 'Name another output folder, or another tag: what is published is never changed.',
      },
    );
  const ours = new Set([...keptNames, ...(record === undefined ? [] : [...reservedNames, ...record.assets.map(({ name }) => name)])]);
  const foreign = entries.find(({ name }) => !ours.has(name));
  if (foreign !== undefined) {
    throw conflict(
      folder,
      `holds ${JSON.stringify(inertLine(foreign.name))}, which is no part of a draft release`,
      'Name another output folder, or move that file away.',
    );
  }
  return record;
}

function conflict(folder: string, what: string, cure: string): UserError {
  return new UserError('E_ASSET_CONFLICT', `the folder ${inertLine(folder)} ${what}`, { cure });
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = field(error, 'code');
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new UserError('E_PATH', `${inertLine(folder)} is a file, but the draft needs a folder`, { cause: error });
    throw error;
  }
}

/** The release of a folder; undefined when there is none. E_ASSET_CONFLICT for a record that is not ours. */
export async function readRelease(folder: string): Promise<FolderRecord | undefined> {
  const entries = await entriesOf(folder);
  return entries.some(({ name }) => name === recordName) ? await readRecord(folder) : undefined;
}

/** As they are written: whole, with the line end. */
export async function readNotes(folder: string): Promise<string> {
  return await readFile(join(folder, notesName), 'utf8');
}

/**
 * The notes of a draft as people may have changed them: with our line ends, without blanks at the end. undefined where no file of that name stands;
 * a link is none, since root would copy what it leads to.
 */
export async function draftNotes(folder: string): Promise<string | undefined> {
  try {
    await using file = await open(join(folder, notesName), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (!(await file.stat()).isFile()) return undefined;
    return (await file.readFile('utf8')).replaceAll('\r\n', '\n').trimEnd();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ELOOP') return undefined;
    throw error;
  }
}

/** `release.json`: keys in the order of the alphabet. */
export function recordText(record: FolderRecord): string {
  const sorted = Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(sorted, undefined, 2)}\n`;
}

async function readRecord(folder: string): Promise<FolderRecord> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(join(folder, recordName), 'utf8'));
  } catch (error) {
    throw conflict(folder, `holds a ${recordName} that cannot be read: ${inertLine(String(error))}`, 'Name another output folder.');
  }
  const [tag, assets, commit, latest, mark, wrote] = ['tag', 'assets', 'commit', 'latest', 'mark', 'wrote'].map((name) =>
    field(value, name),
  );
  if (field(value, 'schema') !== 1 || typeof tag !== 'string' || !Array.isArray(assets))
    throw conflict(folder, `holds a ${recordName} that release-kit did not write`, 'Name another output folder.');
  return {
    assets: assets.flatMap(readAsset),
    commit: typeof commit === 'string' ? commit : null,
    draft: field(value, 'draft') !== false,
    ...(typeof latest === 'boolean' ? { latest } : {}),
    ...(mark === 'rolled-back' || mark === 'yanked' ? { mark } : {}),
    prerelease: field(value, 'prerelease') === true,
    schema: 1,
    tag: inertLine(tag),
    title: inertLine(String(field(value, 'title') ?? tag)),
    ...(wrote === undefined ? {} : { wrote: { title: digestIn(wrote, 'title'), notes: digestIn(wrote, 'notes') } }),
  };
}

function digestIn(wrote: unknown, name: string): string | undefined {
  const digest = field(wrote, name);
  return typeof digest === 'string' ? digest : undefined;
}

function readAsset(value: unknown): FolderRecord['assets'] {
  const fields: object = typeof value === 'object' && value !== null ? value : {};
  if (!('name' in fields && typeof fields.name === 'string' && 'size' in fields && typeof fields.size === 'number')) return [];
  return [{ name: fields.name, size: fields.size, sha256: 'sha256' in fields && typeof fields.sha256 === 'string' ? fields.sha256 : '' }];
}
