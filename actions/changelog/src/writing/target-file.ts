import { readFile, realpath, stat } from 'node:fs/promises';
import { codeOf, type Host, inertLine, innerPath, UserError } from '@release-kit/action';

/** A file that is to be written, as it is now. */
export interface TargetFile {
  /** Absolute, without symbolic links: what is to be replaced. */
  readonly path: string;
  /** As people know it: from the workspace when it is inside. */
  readonly shown: string;
  /** undefined: it is not there yet. */
  readonly before: Uint8Array | undefined;
}

/** A file that is ready to be written. */
export interface PreparedFile {
  readonly path: string;
  readonly shown: string;
  /** In words: the section of CHANGELOG.md, the notes. */
  readonly what: string;
  readonly content: string | Uint8Array | AsyncIterable<Uint8Array>;
  readonly isChanged: boolean;
}

/** Reads what is there. Throws E_PATH for what cannot be read. */
export async function targetFile(path: string, host: Pick<Host, 'files'>): Promise<TargetFile> {
  const shown = shownPath(path, host);
  try {
    const real = await realpath(path);
    // A pipe or a terminal would be waited for without end.
    if (!(await stat(real)).isFile())
      throw new UserError('E_PATH', `${inertLine(shown)} is no plain file, so it cannot be replaced`, { place: { file: shown } });
    return { path: real, shown, before: await readFile(real) };
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT') return { path, shown, before: undefined };
    if (code === undefined || cause instanceof UserError) throw cause;
    throw new UserError('E_PATH', `${inertLine(shown)} cannot be read: ${code}`, { place: { file: shown }, cause });
  }
}

/** As people know it: from the workspace when it is inside. */
export function shownPath(path: string, { files }: Pick<Host, 'files'>): string {
  // Not the workspace itself, which has no name in it.
  return innerPath(files.workspace, path) || path;
}

/** Its text; '' when it is not there yet. Throws E_CHANGELOG_FILE for another encoding than UTF-8, which would not come back as it is. */
export function textOf({ shown, before }: TargetFile): string {
  try {
    return before === undefined ? '' : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(before);
  } catch (cause) {
    throw new UserError('E_CHANGELOG_FILE', `${inertLine(shown)} is not UTF-8 text`, { place: { file: shown }, cause });
  }
}

/** Ready to be written with this content. */
export function prepared({ path, shown, before }: TargetFile, what: string, content: string | Uint8Array): PreparedFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { path, shown, what, content, isChanged: before === undefined || Buffer.compare(before, bytes) !== 0 };
}
