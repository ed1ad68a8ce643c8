import { inertLine } from '@release-kit/action';
import { parseDigests } from '../files/digest-list.ts';
import type { FileEntry } from '../files/file-entry.ts';
import type { Snapshot } from '../files/snapshot.ts';
import type { PackagedPath } from '../package-manager.ts';
import type { Session } from '../session.ts';
import { chooseEdit } from './hand-edit.ts';
import type { ChangedFile, ConfigurationNow } from './kept-changes.ts';

/** Bytes of a file that is changed at most. */
const mostBytes = 256 * 1024;
const options = { timeout: 60_000, env: { LC_ALL: 'C.UTF-8' } } as const;

// Each line: the content of one file; empty where it cannot be read.
const readScript = 'for file; do base64 --wrap=0 -- "$file" 2>/dev/null; echo; done';
const appendScript = 'while [ $# -gt 1 ]; do printf %s "$2" >> "$1" || exit; shift 2; done';
const digestScript = 'find /etc -xdev -type f -exec sha256sum --zero -- {} + 2>/dev/null';
// $0: characters at the end of each file.
const endScript = 'for file; do tail --bytes="$0" -- "$file" 2>/dev/null | base64 --wrap=0; echo; done';

/** A file below /etc that the previous release brought or made. */
interface Candidate {
  readonly path: string;
  readonly owned: boolean;
}

/** Configuration that can be changed: conffiles, and other files below /etc that the installation made and that no package ships. */
export function configurationFiles(paths: readonly PackagedPath[], before: Snapshot, after: Snapshot): readonly Candidate[] {
  const conffiles = paths.filter(({ isConfiguration }) => isConfiguration).map(({ path }) => path);
  const shipped = new Set(paths.map(({ path }) => path));
  const made = [...after.entries].filter(
    ([path, entry]) => path.startsWith('/etc/') && !before.entries.has(path) && !shipped.has(path) && isText(entry),
  );
  const known = (path: string): boolean => {
    const entry = after.entries.get(path);
    return entry !== undefined && isText(entry);
  };
  return [
    ...conffiles.filter(known).map((path) => ({ path, owned: true })),
    // Links and settings of units are systemd's own.
    ...made.filter(([path]) => !path.startsWith('/etc/systemd/')).map(([path]) => ({ path, owned: false })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const isText = ({ type, size }: FileEntry): boolean => type === 'f' && size <= mostBytes;

export interface HandChanges {
  readonly changed: readonly ChangedFile[];
  /** Files that were left as they are, and why; one line each, inert. */
  readonly left: readonly string[];
}

/** Changes each file as an administrator would, in a way that its program does not notice. */
export async function changeByHand({ machine }: Session, candidates: readonly Candidate[]): Promise<HandChanges> {
  if (candidates.length === 0) return { changed: [], left: [] };
  const paths = candidates.map(({ path }) => path);
  const { stdout } = await machine.run(['/bin/sh', '-c', readScript, 'read', ...paths], { ...options, allow: 'any' });
  const contents = stdout.split('\n');
  const left: string[] = [];
  const wanted: { readonly path: string; readonly owned: boolean; readonly text: string }[] = [];
  for (const [index, { path, owned }] of candidates.entries()) {
    const edit = chooseEdit(path, Buffer.from(contents[index] ?? '', 'base64'), owned);
    if (edit.kind === 'append') wanted.push({ path, owned, text: edit.text });
    else left.push(inertLine(`${path}: ${edit.why}`));
  }
  if (wanted.length === 0) return { changed: [], left };
  await machine.run(['/bin/sh', '-c', appendScript, 'append', ...wanted.flatMap(({ path, text }) => [path, text])], options);
  const digests = await configurationDigests({ machine });
  return { changed: wanted.map((file) => ({ ...file, sha256: digests.get(file.path) ?? '' })), left };
}

/** What is below /etc now, and how the changed files end. */
export async function configurationNow(session: Pick<Session, 'machine'>, changed: readonly ChangedFile[]): Promise<ConfigurationNow> {
  const digests = await configurationDigests(session);
  const other = changed.filter(({ path, sha256 }) => digests.has(path) && digests.get(path) !== sha256);
  if (other.length === 0) return { digests, endings: new Set() };
  const longest = Math.max(...other.map(({ text }) => text.length));
  const argv = ['/bin/sh', '-c', endScript, String(longest), ...other.map(({ path }) => path)] as const;
  const { stdout } = await session.machine.run(argv, { ...options, allow: 'any' });
  const ends = stdout.split('\n').map((line) => Buffer.from(line, 'base64').toString());
  // An empty line at the end is no proof that it is ours.
  const still = other.filter(({ text }, index) => text.trim() !== '' && ends[index]?.endsWith(text.trimStart()));
  return { digests, endings: new Set(still.map(({ path }) => path)) };
}

async function configurationDigests({ machine }: Pick<Session, 'machine'>): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await machine.run(['/bin/sh', '-c', digestScript], { ...options, allow: 'any' });
  return parseDigests(stdout);
}
