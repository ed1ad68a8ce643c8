import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { packedLayer, restorePacked, savePacked } from './base-tarball.ts';
import { createMachine } from './engine.ts';
import { type Inventory, inventoryOf, isUnchanged } from './inventory.ts';
import { type LayerRecord, readLayerRecord } from './layer-record.ts';
import { lockFile } from './lock.ts';
import type { BaseSystem, EngineName, Machine } from './machine.ts';
import { removeAbandoned, unfinishedFolder } from './unfinished-folder.ts';

/** Milliseconds. A layer that nobody used for so long is removed. */
const unusedFor = 7 * 24 * 60 * 60_000;

export interface LayerRequest {
  /** What it is for, in the file name and in messages: `dependencies`. Small letters, digits and hyphens, at most 40. */
  readonly name: string;
  /** All that decides what `fill` does; JSON. The same inputs over the same base system are the same layer. */
  readonly inputs: unknown;
}

/**
 * The base system with one more layer: from the cache when the same one was made before, else `fill` makes it in a machine of the
 * base system. Runs that ask for the same one at the same time make it once. Errors of `fill` are the caller's own.
 */
export async function prepareLayer(
  host: Host,
  base: BaseSystem,
  engine: EngineName,
  request: LayerRequest,
  fill: (machine: Machine) => Promise<void>,
): Promise<BaseSystem> {
  const key = layerKey(base.key, engine, request);
  const folder = join(host.files.cache, 'layers');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const cached = await usable(host, folder, key);
  if (cached !== undefined) return layered(host, base, folder, cached, 'cache');

  // One of few, because locks cannot be removed safely; another layer's maker is waited for at worst.
  await using _ = await lockFile(host, join(folder, `${key.slice(-2)}.lock`), `the layer ${key}`);
  const meanwhile = await usable(host, folder, key);
  if (meanwhile !== undefined) return layered(host, base, folder, meanwhile, 'cache');
  await removeUnused(folder, Date.now());
  await using unfinished = await unfinishedFolder(folder, key);
  const below = [...base.layers, base.root];
  if (await restorePacked(host, join(unfinished.path, 'files'), packedLayer(key)))
    return layered(host, base, folder, await finish(host, folder, unfinished.path, { key, kind: kindOf(engine), below }), 'remote-cache');
  const kind = await filled(host, base, engine, fill, join(unfinished.path, 'files'));
  const record = await finish(host, folder, unfinished.path, { key, kind, below });
  if (kind === kindOf(engine)) await savePacked(host, join(folder, key, 'files'), packedLayer(key));
  return layered(host, base, folder, record, 'archive');
}

/** What a layer of that engine usually is; only such go to the remote cache, where nothing but the files is kept. */
const kindOf = (engine: EngineName): LayerRecord['kind'] => (engine === 'nspawn' ? 'changes' : 'root');

/** The base system's key, the name, and 16 hex digits of all that makes it. E_MACHINE for a name that is none. */
export function layerKey(baseKey: string, engine: EngineName, { name, inputs }: LayerRequest): string {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) throw new UserError('E_MACHINE', `${JSON.stringify(name)} cannot be the name of a layer`);
  const digest = createHash('sha256')
    .update(JSON.stringify([baseKey, engine, name, inputs]))
    .digest('hex')
    .slice(0, 16);
  // A layer over a layer names the base system once.
  return `${baseKey.replace(/\+.*$/, '')}+${name}-${digest}`;
}

async function filled(
  host: Host,
  base: BaseSystem,
  engine: EngineName,
  fill: (machine: Machine) => Promise<void>,
  files: string,
): Promise<LayerRecord['kind']> {
  await using machine = await createMachine(host, base, engine);
  await fill(machine);
  // Packages that were fetched are installed now, and the host's name servers are its own affair.
  // An engine that mounts over that file has left it out itself.
  const clean =
    'rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*; mountpoint -q /etc/resolv.conf || rm -f /etc/resolv.conf';
  await machine.run(['/bin/sh', '-c', clean], { errorCode: 'E_MACHINE' });
  return machine.takeLayer(files);
}

/** Gives a complete layer its final name, in one step. */
async function finish(host: Host, folder: string, unfinished: string, made: Omit<LayerRecord, keyof Inventory>): Promise<LayerRecord> {
  const record = { ...made, ...(await inventoryOf(host, join(unfinished, 'files'))) };
  await writeFile(join(unfinished, 'layer.json'), `${JSON.stringify(record, undefined, 1)}\n`);
  const final = join(folder, made.key);
  await rm(final, { recursive: true, force: true }); // damaged, or it would have been used
  await rename(unfinished, final);
  return record;
}

async function usable(host: Host, folder: string, key: string): Promise<LayerRecord | undefined> {
  const record = await recordOf(join(folder, key));
  if (record === undefined) return undefined;
  if (record.key === key && (await isUnchanged(host, join(folder, key, 'files'), record))) return record;
  host.log.info(`The layer ${key} in the cache is damaged; it is made anew.`);
  return undefined;
}

async function layered(
  host: Host,
  base: BaseSystem,
  folder: string,
  { key, kind }: LayerRecord,
  origin: BaseSystem['origin'],
): Promise<BaseSystem> {
  const files = join(folder, key, 'files');
  const now = host.clock.now() / 1000;
  await utimes(join(folder, key, 'layer.json'), now, now);
  const { request } = base;
  return kind === 'root'
    ? { key, root: files, layers: [], origin, request }
    : { key, root: base.root, layers: [files, ...base.layers], origin, request };
}

/** A layer over a base system that is gone is of no use to anybody. */
async function removeUnused(folder: string, now: number): Promise<void> {
  await removeAbandoned(folder, now);
  for (const name of await readdir(folder)) {
    if (name.endsWith('.lock') || name.startsWith('new-')) continue;
    const lastUse = await stat(join(folder, name, 'layer.json')).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    const record = await recordOf(join(folder, name));
    const based = record !== undefined && (await Promise.all(record.below.map(isThere))).every(Boolean);
    if (!based || now - lastUse > unusedFor) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function recordOf(folder: string): Promise<LayerRecord | undefined> {
  const text = await readFile(join(folder, 'layer.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : readLayerRecord(text);
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
