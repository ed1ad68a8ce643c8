import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BlobSASPermissions, BlobServiceClient, generateBlobSASQueryParameters, StorageSharedKeyCredential } from '@azure/storage-blob';

/** Account and key that azurite documents for everyone; they open nothing but an emulator on this machine. */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const container = 'results';
const startLimit = 60_000;

export interface BlobStorage extends AsyncDisposable {
  /** An address to which a client may upload the blob. */
  uploadUrl(name: string): string;
  /** An address from which it may be read; a browser would save it as `fileName`. */
  downloadUrl(name: string, fileName: string, contentType: string): string;
  remove(name: string): Promise<void>;
  /** Puts other bytes in the place of those that were uploaded. */
  change(name: string, change: (bytes: Buffer) => Uint8Array): Promise<void>;
}

/** Azure Blob Storage's emulator on a free port of loopback, in memory, with one container. */
export async function startBlobStorage(): Promise<BlobStorage> {
  const port = await freePort();
  const bin = join(dirname(fileURLToPath(import.meta.resolve('azurite/package.json'))), 'dist', 'src', 'blob', 'main.js');
  // The client speaks a newer version of the protocol than the emulator knows; without the last flag it reports home.
  const flags = [
    '--blobHost',
    '127.0.0.1',
    '--blobPort',
    String(port),
    '--silent',
    '--inMemoryPersistence',
    '--skipApiVersionCheck',
    '--disableTelemetry',
  ];
  const child = spawn(process.execPath, [bin, ...flags], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const credential = new StorageSharedKeyCredential(account, key);
  const client = new BlobServiceClient(`http://127.0.0.1:${port}/${account}`, credential, { retryOptions: { maxTries: 1 } });
  const deadline = Date.now() + startLimit;
  while (child.exitCode === null) {
    const made = await client.createContainer(container).then(
      () => true,
      () => false,
    );
    if (made) break;
    if (Date.now() > deadline) child.kill();
    await sleep(100);
  }
  if (child.exitCode !== null) throw new Error(`the blob storage emulator ended with exit code ${child.exitCode}`);
  const signed = (blobName: string, permissions: string, more: { contentDisposition?: string; contentType?: string } = {}): string => {
    const expiresOn = new Date(Date.now() + 3_600_000);
    const query = generateBlobSASQueryParameters(
      { containerName: container, blobName, permissions: BlobSASPermissions.parse(permissions), expiresOn, ...more },
      credential,
    );
    return `${client.getContainerClient(container).getBlobClient(blobName).url}?${query.toString()}`;
  };
  return {
    uploadUrl: (name) => signed(name, 'cw'),
    downloadUrl: (name, fileName, contentType) =>
      signed(name, 'r', { contentDisposition: `attachment; filename="${fileName}"`, contentType }),
    remove: async (name) => {
      await client.getContainerClient(container).deleteBlob(name);
    },
    async change(name, change) {
      const blob = client.getContainerClient(container).getBlockBlobClient(name);
      const bytes = change(await blob.downloadToBuffer());
      await blob.upload(bytes, bytes.length);
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
