import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The bytes of an upload, as far as they arrived. */
export interface UploadBody {
  readonly size: number;
  readonly sha256: string;
  /** Empty when there are too many to be kept. */
  readonly bytes: Uint8Array;
  /** Whether the sender said everything it wanted to say. */
  readonly whole: boolean;
}

/** More is only measured, so that the stand-in does not hold what a benchmark sends. */
const keptBytes = 16 * 1024 ** 2;

/** Reads an upload; `most` breaks off after so many bytes. A sender that goes away is no error. */
export async function receive(request: IncomingMessage, most = Infinity): Promise<UploadBody> {
  const hash = createHash('sha256');
  let kept: Buffer[] = [];
  let size = 0;
  let whole = false;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      hash.update(bytes);
      if (size <= keptBytes) kept.push(bytes);
      else kept = [];
      if (size >= most) break;
    }
    whole = size < most && request.complete;
  } catch {
    // The sender broke off: what was sent is what there is.
  }
  return { size, sha256: hash.digest('hex'), bytes: size <= keptBytes ? Buffer.concat(kept) : new Uint8Array(), whole };
}
