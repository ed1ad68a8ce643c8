import { open, stat } from 'node:fs/promises';
import { codeOf, inertLine, UserError } from '@release-kit/action';
import { digestOf } from './growing-file.ts';

/** Ends a changelog of the whole history, with a digest of all before it: what nobody changed since may be written anew. */
export function wholeMark(digest: string): string {
  return `<!-- release-kit:all:${digest.slice(0, 16)} -->\n`;
}

const markLength = wholeMark('0'.repeat(16)).length;

/** Throws E_CHANGELOG_FILE where a file stands that is not, or no longer, as we wrote it. */
export async function refuseOthers(path: string, shown: string): Promise<void> {
  const size = await sizeOf(path);
  if (size === undefined || size === 0) return;
  const length = Math.max(size - markLength, 0);
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(markLength), 0, markLength, length);
  const mark = buffer.toString('utf8', 0, bytesRead);
  if (mark === wholeMark(await digestOf(path, length))) return;
  throw new UserError(
    'E_CHANGELOG_FILE',
    `${inertLine(shown)} was written or changed by people, so the whole history is not written over it`,
    {
      place: { file: shown },
      cure: 'Leave full out, so that only the new section goes in; or remove the file first.',
    },
  );
}

/** undefined: it is not there. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
