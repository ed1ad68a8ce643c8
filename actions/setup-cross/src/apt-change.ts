import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, jsonIn, UserError } from '@release-kit/action';
import { aptOptions } from './install.ts';
import { removeArgv } from './installation.ts';

/** A text of one byte per character. */
const bytes = 'latin1';
/** Where the records are that a later step, or a person, takes changes back by. */
const recordFolder = '/var/lib/release-kit/setup-cross';

/** What is done to the host so that apt brings packages of one more architecture. */
export interface AptChange {
  readonly architecture: string;
  readonly addsArchitecture: boolean;
  /** New texts by file; absolute. */
  readonly files: ReadonlyMap<string, string>;
}

/** How a change is taken back; kept as JSON beside copies of the files. */
interface ChangeRecord {
  readonly architecture: string;
  readonly addsArchitecture: boolean;
  /** `backup` is the name of the copy; null for a file that was not there. `written` is the digest of what took its place. */
  readonly files: readonly { readonly file: string; readonly backup: string | null; readonly written: string }[];
  /** Packages of the architecture that were there before. */
  readonly packages: readonly string[];
}

/** Keeps all that a change replaces. Returns the folder of the record, to take the change back by. */
export async function recordChange(host: Host, change: AptChange, records: string = recordFolder): Promise<string> {
  const folder = join(records, change.architecture);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const files: ChangeRecord['files'][number][] = [];
  for (const [index, [file, text]] of [...change.files].entries()) {
    const { exitCode } = await host.exec(['cp', '--archive', '--', file, join(folder, String(index))], { cwd: '/', allow: 'any' });
    files.push({ file, backup: exitCode === 0 ? String(index) : null, written: digestOf(text) });
  }
  const { architecture, addsArchitecture } = change;
  const record: ChangeRecord = { architecture, addsArchitecture, files, packages: await packagesOf(host, architecture) };
  await writeFile(join(folder, 'change.json'), `${JSON.stringify(record, undefined, 1)}\n`);
  return folder;
}

/** Makes a change that has been recorded. */
export async function makeChange(host: Host, { architecture, addsArchitecture, files }: AptChange): Promise<void> {
  for (const [file, text] of files) await replace(host, file, text);
  if (addsArchitecture) await host.exec(['dpkg', '--add-architecture', architecture], { cwd: '/' });
}

/**
 * Takes a change back, also one that was not made to its end: what was installed for the architecture, the architecture, and every
 * file, byte for byte. An interrupt does not stop it.
 */
export async function takeBack(host: Host, folder: string): Promise<void> {
  const record = readRecord(await readFile(join(folder, 'change.json'), 'utf8'), folder);
  const added = (await packagesOf(host, record.architecture)).filter((name) => !record.packages.includes(name));
  const failure = `dpkg cannot remove the packages of ${record.architecture} again`;
  if (added.length > 0) await host.exec(removeArgv(added), { ...aptOptions, ...whole, failure });
  if (record.addsArchitecture) await host.exec(['dpkg', '--remove-architecture', record.architecture], whole);
  for (const file of record.files) await restore(host, folder, file);
  const count = record.files.length;
  host.log.info(`Taken back: ${count} ${count === 1 ? 'file' : 'files'} of apt, ${added.length} packages of ${record.architecture}`);
}

/** Milliseconds; what is begun is ended, but not waited for without end. */
const whole = { cwd: '/', uninterrupted: true, timeout: 5 * 60_000 } as const;

async function restore(host: Host, folder: string, { file, backup, written }: ChangeRecord['files'][number]): Promise<void> {
  const kept = backup === null ? undefined : join(folder, backup);
  const old = kept === undefined ? undefined : await readFile(kept, bytes);
  const now = await readFile(file, bytes).catch(() => undefined);
  if (now === old) return; // never changed
  if (now === undefined || digestOf(now) !== written) {
    const where = kept === undefined ? '' : `, and its old text is in ${kept}`;
    host.log.warning(`${file} was changed by someone else since; it stays as it is${where}`);
  } else if (kept === undefined) await rm(file, { force: true });
  else await host.exec(['cp', '--archive', '--remove-destination', '--', kept, file], whole);
}

/** Owner, mode and the rest stay as they are; nobody ever reads half of it. */
async function replace(host: Host, file: string, text: string): Promise<void> {
  // apt passes over names with this ending.
  const fresh = `${file}.release-kit-new`;
  const { exitCode } = await host.exec(['cp', '--archive', '--', file, fresh], { cwd: '/', allow: 'any' });
  await writeFile(fresh, text, { encoding: bytes, ...(exitCode === 0 ? {} : { mode: 0o644 }) });
  await rename(fresh, file);
}

/** `name:architecture` of every installed or half-installed package of an architecture. */
async function packagesOf(host: Host, architecture: string): Promise<readonly string[]> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own
  const format = '${db:Status-Status} ${Package}:${Architecture}\n';
  const { stdout } = await host.exec(['dpkg-query', '--show', `--showformat=${format}`], whole);
  return stdout.split('\n').flatMap((line) => {
    const [status = '', name = ''] = line.split(' ');
    return status !== 'not-installed' && name.endsWith(`:${architecture}`) ? [name] : [];
  });
}

const digestOf = (text: string): string => createHash('sha256').update(text, bytes).digest('hex');

/** Reads a record; E_HOST names it when it is not one of ours. */
function readRecord(text: string, folder: string): ChangeRecord {
  const value = jsonIn(text);
  if (isRecord(value)) return value;
  throw new UserError('E_HOST', `the record of changes in ${folder} is damaged`, {
    cure: "Compare apt's sources with the copies in that folder.",
  });
}

function isRecord(value: unknown): value is ChangeRecord {
  if (typeof value !== 'object' || value === null) return false;
  if (!('architecture' in value && 'addsArchitecture' in value && 'files' in value && 'packages' in value)) return false;
  const { architecture, addsArchitecture, files, packages } = value;
  const isWhole =
    typeof architecture === 'string' && typeof addsArchitecture === 'boolean' && Array.isArray(files) && Array.isArray(packages);
  return isWhole && packages.every((name) => typeof name === 'string') && files.every(isFile);
}

function isFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('file' in value && 'backup' in value && 'written' in value)) return false;
  const { file, backup, written } = value;
  return (
    typeof file === 'string' && typeof written === 'string' && (backup === null || (typeof backup === 'string' && /^\d+$/.test(backup)))
  );
}
