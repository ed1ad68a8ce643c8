import { UserError } from '@release-kit/action';

/** What find(1) and sha256sum(1) say of a path. */
export interface FileEntry {
  /** As find prints it: `f` regular file, `d` directory, `l` symbolic link, `p`, `s`, `b`, `c`. */
  readonly type: string;
  /** The twelve mode bits. */
  readonly mode: number;
  /** Number of the user. */
  readonly owner: number;
  /** Number of the group. */
  readonly group: number;
  /** Bytes of the content. */
  readonly size: number;
  /** Bytes on disk. */
  readonly disk: number;
  /** Seconds since 1970, with decimals, as printed: only compared. */
  readonly modified: string;
  /** Files of one number are one file with several names. */
  readonly inode: string;
  /** Of a symbolic link, else empty. Raw. */
  readonly target: string;
  /** SHA-256 in hexadecimal, where the content was read. */
  readonly digest?: string;
}

/** By absolute path. Raw. */
export type Entries = ReadonlyMap<string, FileEntry>;

/** The format of find(1) that is read here: no name of a stranger can hold a NUL, so none can look like anything else. */
export const entryFormat = '%y\\t%m\\t%U\\t%G\\t%s\\t%b\\t%T@\\t%i\\0%l\\0%p\\0';

/** Records that end with NUL, one after the other; the last one is followed by nothing. */
export interface Records {
  /** The next record. Throws E_MACHINE when there is none. */
  next(): string;
  /** The records up to an empty one at a place where none may be, in groups of so many. */
  groups(size: number): IterableIterator<readonly string[]>;
}

/** Reads what a script of ours printed. */
export function recordsOf(text: string): Records {
  const all = text.split('\0');
  let at = 0;
  const next = (): string => {
    // The text after the last NUL is no record.
    if (at >= all.length - 1) throw new UserError('E_MACHINE', 'the machine does not say what is in it: its answer ends too early');
    at += 1;
    return all[at - 1] ?? '';
  };
  return {
    next,
    *groups(size) {
      for (;;) {
        const first = next();
        if (first === '') return;
        const group = [first];
        while (group.length < size) group.push(next());
        yield group;
      }
    },
  };
}

/** Reads the entries that find printed with `entryFormat`, up to an empty record, then those of `sha256sum --zero`, up to another. */
export function readEntries(records: Records): Entries {
  const found = new Map<string, FileEntry>();
  for (const [facts = '', target = '', path = ''] of records.groups(3)) found.set(path, entryOf(facts, target));
  for (const [line = ''] of records.groups(1)) {
    const [, digest, path = ''] = /^([0-9a-f]{64}) [ *](\/.*)$/s.exec(line) ?? [];
    const entry = found.get(path);
    if (digest !== undefined && entry !== undefined) found.set(path, { ...entry, digest });
  }
  return found;
}

function entryOf(facts: string, target: string): FileEntry {
  const match = /^([a-zA-Z?])\t([0-7]+)\t(\d+)\t(\d+)\t(\d+)\t(\d+)\t([-0-9.]+)\t(\d+)$/.exec(facts);
  if (match === null) throw new UserError('E_MACHINE', 'the machine does not say what is in it: find has printed something else');
  const [, type = '', mode = '', owner, group, size, blocks, modified = '', inode = ''] = match;
  return {
    ...{ type, mode: Number.parseInt(mode, 8), owner: Number(owner), group: Number(group) },
    // find counts blocks of 512 bytes, whatever the file system has.
    ...{ size: Number(size), disk: Number(blocks) * 512, modified, inode, target },
  };
}

/** `0755`, `4755` */
export const modeText = ({ mode }: Pick<FileEntry, 'mode'>): string => mode.toString(8).padStart(4, '0');
