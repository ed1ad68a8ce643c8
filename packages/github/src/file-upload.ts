import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { codeOf, inertLine, UserError } from '@release-kit/action';
import type { Ask } from './github-calls.ts';
import type { PlannedAsset } from './release-store.ts';
import { watchStall } from './stall-watch.ts';

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Milliseconds in which something has to move. */
  readonly stall: number;
  /** Told how many bytes are on their way. */
  readonly progress: (bytes: number) => void;
}

const pieceBytes = 256 * 1024;

/**
 * Sends a file from its first byte, streamed; the client's answer. E_DIGEST when the file is no longer what was planned, E_PATH when it cannot be
 * read; else throws what the client throws.
 */
export async function uploadFile(ask: Ask, url: string, asset: PlannedAsset, { signal, stall, progress }: UploadOptions): Promise<unknown> {
  const ending = new AbortController();
  using watch = watchStall(stall, ending);
  const hash = createHash('sha256');
  let sent = 0;
  let unreadable: unknown;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of createReadStream(asset.file, { highWaterMark: pieceBytes })) {
        if (!(piece instanceof Uint8Array)) continue;
        hash.update(piece);
        sent += piece.length;
        watch.moved();
        progress(sent);
        yield piece;
      }
    } catch (error) {
      unreadable = error;
      throw error;
    }
  }
  // For a redirect fetch would keep a copy of all that it sends, in memory; uploads are never sent on.
  const request = { redirect: 'error', duplex: 'half', signal: AbortSignal.any([signal, ending.signal]) };
  const headers = { 'content-type': asset.contentType, 'content-length': String(asset.size) };
  try {
    const answer = await ask(`POST ${url}`, { name: asset.name, data: pieces(), headers, request });
    if (sent !== asset.size || hash.digest('hex') !== asset.sha256) throw changed(asset);
    return answer;
  } catch (error) {
    if (unreadable !== undefined) throw notRead(asset, unreadable);
    if (sent > asset.size) throw changed(asset);
    throw error;
  }
}

function changed({ name }: PlannedAsset): UserError {
  return new UserError('E_DIGEST', `${name} was changed after it was planned`, {
    cure: 'Run again with files that nobody changes meanwhile.',
  });
}

function notRead({ name, file }: PlannedAsset, error: unknown): UserError {
  return new UserError('E_PATH', `${name} cannot be read: ${codeOf(error) ?? 'unknown'} (${inertLine(file)})`, { cause: error });
}
