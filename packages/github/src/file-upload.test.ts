import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { field } from './field.ts';
import { type UploadOptions, uploadFile } from './file-upload.ts';
import type { Ask } from './github-calls.ts';
import type { PlannedAsset } from './release-store.ts';

let host: RecordingHost;
let asset: PlannedAsset;
const content = 'x'.repeat(600_000);

beforeEach(async () => {
  host = await recordingHost();
  const file = join(host.files.workspace, 'a.deb');
  await writeFile(file, content);
  asset = { name: 'a.deb', file, size: content.length, sha256: createHash('sha256').update(content).digest('hex'), contentType: 'x/y' };
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const isPieces = (value: unknown): value is AsyncIterable<Uint8Array> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** A server that takes `most` bytes and then waits to be given up. */
function server(most = Infinity): { readonly ask: Ask; readonly got: () => number } {
  let got = 0;
  const ask: Ask = async (_route, fields) => {
    const signal = field(fields['request'], 'signal');
    const { data } = fields;
    if (!isPieces(data) || !(signal instanceof AbortSignal)) throw new Error('no data, or no signal');
    for await (const piece of data) {
      got += piece.length;
      signal.throwIfAborted();
      if (got >= most) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    }
    return { status: 201 };
  };
  return { ask, got: () => got };
}

const options = (more: Partial<UploadOptions> = {}): UploadOptions => ({
  signal: host.signal,
  stall: 60_000,
  progress: () => undefined,
  ...more,
});

test('a file goes out in pieces, with its name, type and length, and says how far it is', async () => {
  const { ask, got } = server();
  const seen: number[] = [];
  let sent: unknown;
  const noting: Ask = (route, fields) => {
    sent = { route, name: fields['name'], headers: fields['headers'], redirect: field(fields['request'], 'redirect') };
    return ask(route, fields);
  };
  expect(
    await uploadFile(noting, 'https://uploads.example.org/x{?name,label}', asset, options({ progress: (bytes) => seen.push(bytes) })),
  ).toEqual({
    status: 201,
  });
  expect(sent).toEqual({
    route: 'POST https://uploads.example.org/x{?name,label}',
    name: 'a.deb',
    headers: { 'content-type': 'x/y', 'content-length': '600000' },
    // Else fetch keeps all of it in memory.
    redirect: 'error',
  });
  expect([got(), seen]).toEqual([600_000, [262_144, 524_288, 600_000]]);
});

test('each try begins with the first byte', async () => {
  const first = server(262_144);
  await expect(uploadFile(first.ask, 'x', asset, options({ stall: 50 }))).rejects.toThrow('nothing moved for 0.05 s');
  const second = server();
  await uploadFile(second.ask, 'x', asset, options());
  expect(second.got()).toBe(600_000);
});

test('an interrupted run gives up at once', async () => {
  const ending = new AbortController();
  const upload = uploadFile(server(1).ask, 'x', asset, options({ signal: ending.signal }));
  ending.abort(new Error('interrupted'));
  await expect(upload).rejects.toThrow('interrupted');
});

test.each([
  ['as long as before', 'y'.repeat(600_000)],
  ['longer', 'x'.repeat(600_001)],
  ['shorter', 'x'],
])('a file that is no longer what was planned is refused: %s', async (_, now) => {
  await writeFile(asset.file, now);
  await expect(uploadFile(server().ask, 'x', asset, options())).rejects.toThrowWithCode(
    'E_DIGEST',
    /a\.deb was changed after it was planned/,
  );
});

test('a file that is gone is told', async () => {
  await expect(uploadFile(server().ask, 'x', { ...asset, file: '/nowhere' }, options())).rejects.toThrowWithCode('E_PATH', /ENOENT/);
});
