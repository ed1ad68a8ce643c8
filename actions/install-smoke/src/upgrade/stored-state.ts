import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';

/** What the previous version keeps below /var/lib. */
export interface StoredState {
  /** Topmost folders that came with it. */
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

// Records of apt, dpkg and systemd, which change with every installation.
const records = /^\/var\/lib\/(?:dpkg|apt|systemd|ucf|misc|pam|polkit-1|dbus|python|private$)(?:\/|$)/;

/** The new paths below /var/lib, between two looks at the file system: path -> type as find prints it, and more. */
export function storedState(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  isFolder: (path: string) => boolean,
): StoredState {
  const added = [...after.keys()].filter((path) => path.startsWith('/var/lib/') && !before.has(path) && !records.test(path)).sort();
  const isAdded = new Set(added);
  const folders = added.filter((path) => isFolder(path) && !isAdded.has(path.slice(0, path.lastIndexOf('/'))));
  return { folders, files: added.filter((path) => !isFolder(path)) };
}

/**
 * A folder that is gone or has lost all it held is an error; a single file is told, since the program itself may have moved it.
 * `there`: what of it all there is now. `when` completes "after …".
 */
export function judgeState({ folders, files }: StoredState, there: ReadonlySet<string>, when: string): readonly Problem[] {
  return folders.flatMap((folder): readonly Problem[] => {
    const subject = { kind: 'path', path: folder } as const;
    if (!there.has(folder)) return [{ category: 'state-lost', message: `${inertLine(folder)} is gone after ${when}`, subject }];
    const held = files.filter((path) => path.startsWith(`${folder}/`));
    const lost = held.filter((path) => !there.has(path));
    if (lost.length === 0) return [];
    const evidence = lost.map(inertLine).join('\n');
    if (lost.length === held.length)
      return [{ category: 'state-lost', message: `nothing is left of what ${inertLine(folder)} held before ${when}`, subject, evidence }];
    const [what, is] = lost.length === 1 ? ['one file', 'is'] : [`${lost.length} files`, 'are'];
    const message = `${what} of ${inertLine(folder)} ${is} gone after ${when}`;
    return [{ category: 'state-lost', level: 'warning', message, subject, evidence }];
  });
}
