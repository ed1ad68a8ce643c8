import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { compareWithArchive, stateOfRoot } from './archive-state.ts';
import { buildRoot } from './base-build.ts';
import { prepareImage } from './base-image.ts';
import { baseKey, requestKey } from './base-key.ts';
import { type BaseRecord, readRecord } from './base-record.ts';
import { packedBase, restorePacked, savePacked } from './base-tarball.ts';
import { bootstrapTool } from './bootstrap-tool.ts';
import { prepareEmulation } from './emulation.ts';
import { inventoryOf, isUnchanged } from './inventory.ts';
import { sweepLeftovers } from './leftovers.ts';
import { lockFile } from './lock.ts';
import type { BaseRequest, BaseSystem } from './machine.ts';
import { isRaspios, prepareRaspios } from './raspios.ts';
import { removeAbandoned, unfinishedFolder } from './unfinished-folder.ts';

/** Milliseconds. Within this time after the last look the archive is taken to be the same. */
const freshFor = 60 * 60_000;
/** Milliseconds. An archive that does not answer is not asked again by every step of a pipeline. */
const askAgainAfter = 5 * 60_000;
/** Milliseconds. An older state of a base system is removed when it was not used for so long; no run lasts longer. */
const unusedFor = 24 * 60 * 60_000;

/** Milliseconds. Any other base system: of packages, a mirror or a version of mmdebstrap that nobody asks for any more. */
const forgottenFor = 30 * 24 * 60 * 60_000;

interface Cached {
  readonly folder: string;
  readonly record: BaseRecord;
  readonly checked: number;
}

/**
 * A root file system of exactly these packages: from the cache while the archive is as it was when the base was made,
 * else from the remote cache, else from the archive. Runs that ask for the same one at the same time make it once.
 * E_BASE_SYSTEM when it cannot be made, E_TOOL_MISSING without mmdebstrap, E_BINFMT when its programs cannot run here.
 */
export async function prepareBase(host: Host, request: BaseRequest): Promise<BaseSystem> {
  // Whoever uses machines comes by here, so what killed runs left is never more than one run old.
  await sweep(host);
  await prepareEmulation(host, request.architecture);
  const { image } = request;
  if (image !== undefined) return prepareImage(host, { ...request, image });
  if (isRaspios(request.distribution)) return prepareRaspios(host, request, (debian) => prepareBase(host, debian));
  const key = requestKey(request, await bootstrapTool(host));
  const folder = join(host.files.cache, 'bases');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const fresh = await usable(host, folder, key);
  if (fresh !== undefined) return used(fresh, request, 'cache');

  await using _ = await lockFile(host, join(folder, `${key}.lock`), `the base system ${key}`);
  const meanwhile = await newestBase(folder, key);
  if (meanwhile !== undefined && isFresh(host, meanwhile) && (await isSound(host, meanwhile))) return used(meanwhile, request, 'cache');
  const made = (await fromRemoteCache(host, folder, key)) ?? (await fromArchive(host, folder, key, request));
  await removeUnused(folder, key, made.cached.record.key, host.clock.now());
  return used(made.cached, request, made.origin);
}

const sweptFor = new WeakSet<Host>();

/** Once a run, and one line of its story, however many runs were killed; which things they were is for those who look. */
async function sweep(host: Host): Promise<void> {
  if (sweptFor.has(host)) return;
  sweptFor.add(host);
  const left = await sweepLeftovers(host);
  if (left.length > 0) host.log.info(`removed what killed runs had left: ${left.length} folders or control groups of machines`);
  for (const thing of left) host.log.debug(`removed ${thing}`);
}

/** The newest finished base of this request, unless the archive has changed since. */
async function usable(host: Host, folder: string, key: string): Promise<Cached | undefined> {
  const newest = await newestBase(folder, key);
  if (newest === undefined) return undefined;
  if (!(await isSound(host, newest))) {
    host.log.info(`The base system ${newest.record.key} in the cache is damaged; it is made anew.`);
    return undefined;
  }
  if (isFresh(host, newest)) return newest;
  const comparison = await compareWithArchive(host, newest.record.states);
  switch (comparison) {
    case 'changed':
      host.log.info(`The archive has changed since the base system ${newest.record.key} was made; a new one is made.`);
      return undefined;
    case 'unknown':
      host.log.info(`The archive cannot be reached; the base system ${newest.record.key} from the cache is used as it is.`);
      await touch(join(newest.folder, 'checked'), host.clock.now() - freshFor + askAgainAfter);
      return newest;
    case 'same':
      await touch(join(newest.folder, 'checked'), host.clock.now());
      return newest;
  }
}

function isFresh(host: Host, { checked }: Cached): boolean {
  const age = host.clock.now() - checked;
  return age >= 0 && age < freshFor;
}

const isSound = (host: Host, { folder, record }: Cached): Promise<boolean> => isUnchanged(host, join(folder, 'root'), record);

async function newestBase(folder: string, key: string): Promise<Cached | undefined> {
  return (await cachedBases(folder, key)).sort((a, b) => b.record.made - a.record.made)[0];
}

async function cachedBases(folder: string, key: string): Promise<Cached[]> {
  const found: Cached[] = [];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${key}-`)) continue;
    const text = await readFile(join(folder, name, 'base.json'), 'utf8').catch(() => undefined);
    const record = text === undefined ? undefined : readRecord(text);
    if (record?.key !== name) continue; // damaged: made anew below
    const checked = await stat(join(folder, name, 'checked')).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    found.push({ folder: join(folder, name), record, checked });
  }
  return found;
}

async function fromArchive(host: Host, folder: string, key: string, request: BaseRequest): Promise<{ cached: Cached; origin: 'archive' }> {
  await using unfinished = await unfinishedFolder(folder, key);
  await buildRoot(host, request, join(unfinished.path, 'root'));
  const cached = await finish(host, folder, key, unfinished.path);
  await savePacked(host, join(cached.folder, 'root'), packedBase(host, key));
  return { cached, origin: 'archive' };
}

async function fromRemoteCache(host: Host, folder: string, key: string): Promise<{ cached: Cached; origin: 'remote-cache' } | undefined> {
  await using unfinished = await unfinishedFolder(folder, key);
  const root = join(unfinished.path, 'root');
  if (!(await restorePacked(host, root, packedBase(host, key)))) return undefined;
  if ((await compareWithArchive(host, await stateOfRoot(host, root))) === 'changed') return undefined;
  return { cached: await finish(host, folder, key, unfinished.path), origin: 'remote-cache' };
}

/** Gives a complete root its final name, in one step. */
async function finish(host: Host, folder: string, key: string, unfinished: string): Promise<Cached> {
  const states = await stateOfRoot(host, join(unfinished, 'root'));
  if (states.length === 0) throw new UserError('E_BASE_SYSTEM', 'the new base system names no archive');
  const record: BaseRecord = {
    key: baseKey(key, states),
    states,
    made: host.clock.now(),
    ...(await inventoryOf(host, join(unfinished, 'root'))),
  };
  await writeFile(join(unfinished, 'base.json'), `${JSON.stringify(record, undefined, 1)}\n`);
  await writeFile(join(unfinished, 'checked'), '');
  const final = join(folder, record.key);
  await rm(final, { recursive: true, force: true }); // damaged, or it would have been used
  await rename(unfinished, final);
  return { folder: final, record, checked: host.clock.now() };
}

async function used({ folder, record }: Cached, request: BaseRequest, origin: BaseSystem['origin']): Promise<BaseSystem> {
  await touch(join(folder, 'base.json'), Date.now());
  return { key: record.key, root: join(folder, 'root'), layers: [], origin, request };
}

async function removeUnused(folder: string, key: string, current: string, now: number): Promise<void> {
  await removeAbandoned(folder, now);
  for (const name of await readdir(folder)) {
    if (name === current || name.endsWith('.lock') || name.startsWith('new-')) continue;
    const lastUse = await stat(join(folder, name, 'base.json')).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (now - lastUse > (name.startsWith(`${key}-`) ? unusedFor : forgottenFor))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

const touch = (file: string, time: number): Promise<void> => utimes(file, time / 1000, time / 1000);
