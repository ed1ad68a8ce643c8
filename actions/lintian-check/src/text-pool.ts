import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A line of a file of the tree. */
export interface TextPlace {
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** The text files of a tree, read once and searched often. */
export interface TextPool {
  /** The lines that hold `text` with nothing of a word before or behind it, each once, in the order of the paths; no more than `most`. */
  occurrences(text: string, most: number): readonly TextPlace[];
}

/** Bytes. */
const largestFile = 1024 * 1024;
const largestPool = 64 * 1024 * 1024;
/** Files that are read side by side. */
const atOnce = 16;

/** Reads what is text among `paths` (relative to `root`, regular files), as far as there is room. */
export async function readTextPool(root: string, paths: readonly string[]): Promise<TextPool> {
  const starts: { readonly path: string; readonly from: number }[] = [];
  const parts: Buffer[] = [];
  let size = 0;
  for (let at = 0; at < paths.length && size < largestPool; at += atOnce) {
    const some = paths.slice(at, at + atOnce);
    for (const [index, content] of (await Promise.all(some.map((path) => readText(join(root, path))))).entries()) {
      if (content === undefined) continue;
      starts.push({ path: some[index] ?? '', from: size });
      // A line feed between files, so that nothing is found across the border of two.
      parts.push(content, lineFeed);
      size += content.length + lineFeed.length;
    }
  }
  const bytes = Buffer.concat(parts);
  const known = new Map<string, readonly TextPlace[]>();
  return {
    occurrences(text, most) {
      const key = `${most} ${text}`;
      const places = known.get(key) ?? search(bytes, starts, text, most);
      known.set(key, places);
      return places;
    },
  };
}

const lineFeed = Buffer.from('\n');

async function readText(file: string): Promise<Buffer | undefined> {
  try {
    const facts = await stat(file);
    if (!facts.isFile() || facts.size === 0 || facts.size > largestFile) return undefined;
    const content = await readFile(file);
    return content.subarray(0, 8192).includes(0) ? undefined : content;
  } catch {
    // A file that vanished or may not be read holds nothing that could be shown.
    return undefined;
  }
}

function search(
  bytes: Buffer,
  starts: readonly { readonly path: string; readonly from: number }[],
  text: string,
  most: number,
): readonly TextPlace[] {
  const wanted = Buffer.from(text);
  const places: TextPlace[] = [];
  if (wanted.length === 0 || text.includes('\n')) return places;
  for (let at = bytes.indexOf(wanted); at !== -1 && places.length < most; at = bytes.indexOf(wanted, at + 1)) {
    if (isWord(bytes[at - 1]) || isWord(bytes[at + wanted.length])) continue;
    const start = starts[lastStart(starts, at)];
    if (start === undefined) continue;
    const line = 1 + countLineFeeds(bytes, start.from, at);
    const last = places.at(-1);
    if (last?.path !== start.path || last.line !== line) places.push({ path: start.path, line });
  }
  return places;
}

/** Index of the file that a byte belongs to. */
function lastStart(starts: readonly { readonly from: number }[], at: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle]?.from ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

function countLineFeeds(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10, from); at !== -1 && at < to; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && /[A-Za-z0-9_]/.test(String.fromCharCode(byte));
}
