import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, type Host, inertLine, UserError } from '@release-kit/action';
import { readRecord } from './base-record.ts';
import { chooseEngine } from './engine.ts';
import { writeFurniture } from './furniture.ts';
import { type ImageRequest, type ImageSource, imageSource } from './image-source.ts';
import { inventoryOf, isUnchanged } from './inventory.ts';
import { prepareLayer } from './layer.ts';
import { lockFile } from './lock.ts';
import type { BaseSystem, Machine } from './machine.ts';
import { unfinishedFolder } from './unfinished-folder.ts';

/** Milliseconds. The root of an image is removed when it was not used for so long. */
const unusedFor = 7 * 24 * 60 * 60_000;

/**
 * A base system from a tarball of a root, or from a container image by way of Docker; the packages it lacks are installed by apt as
 * a layer, once a day. E_BASE_SYSTEM when it is neither, or not the system that was asked for.
 */
export async function prepareImage(host: Host, request: ImageRequest): Promise<BaseSystem> {
  const source = await imageSource(host, request);
  const { distribution, architecture } = request;
  const digest = createHash('sha256').update(`${source.identity} ${architecture}`).digest('hex').slice(0, 16);
  const key = `${distribution.name.replaceAll(':', '-')}-${architecture}-image-${digest}`;
  const folder = join(host.files.cache, 'bases');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const origin = (await isUsable(host, join(folder, key), key)) ? 'cache' : await makeRoot(host, folder, key, source.unpack);
  await utimes(join(folder, key, 'base.json'), Date.now() / 1000, Date.now() / 1000);
  const base: BaseSystem = { key, root: join(folder, key, 'root'), layers: [], origin, request };
  const day = new Date(host.clock.now()).toISOString().slice(0, 10);
  const { engine } = await chooseEngine(host, 'auto');
  const packages = [...new Set(request.packages)].sort();
  return prepareLayer(host, base, engine, { name: 'packages', inputs: { packages, day } }, (machine) => furnish(host, machine, request));
}

async function isUsable(host: Host, folder: string, key: string): Promise<boolean> {
  const text = await readFile(join(folder, 'base.json'), 'utf8').catch(() => undefined);
  const record = text === undefined ? undefined : readRecord(text);
  return record?.key === key && (await isUnchanged(host, join(folder, 'root'), record));
}

async function makeRoot(host: Host, folder: string, key: string, unpack: ImageSource['unpack']): Promise<'cache' | 'archive'> {
  await using _ = await lockFile(host, join(folder, `${key.replace(/-[^-]*$/, '')}.lock`), `the base system ${key}`);
  if (await isUsable(host, join(folder, key), key)) return 'cache';
  await removeUnused(folder, Date.now());
  await using unfinished = await unfinishedFolder(folder, key);
  const root = join(unfinished.path, 'root');
  await mkdir(root, { mode: 0o755 });
  await unpack(host, root);
  await host.exec(['find', root, '(', '-type', 'b', '-o', '-type', 'c', ')', '-delete'], { cwd: '/' });
  await requireSystem(root);
  const record = { key, states: [], made: host.clock.now(), ...(await inventoryOf(host, root)) };
  await writeFile(join(unfinished.path, 'base.json'), `${JSON.stringify(record, undefined, 1)}\n`);
  await rm(join(folder, key), { recursive: true, force: true }); // damaged, or it would have been used
  await rename(unfinished.path, join(folder, key));
  return 'archive';
}

/** Tells a root from the other tarballs people have. */
async function requireSystem(root: string): Promise<void> {
  const has = (name: string): Promise<boolean> =>
    access(join(root, name)).then(
      () => true,
      () => false,
    );
  if ((await has('var/lib/dpkg/status')) && (await has('usr/bin'))) return;
  const saved = (await has('manifest.json')) || (await has('index.json'));
  throw new UserError(
    'E_BASE_SYSTEM',
    saved ? 'the image is a saved container image, not a root file system' : 'the image holds no system with dpkg',
    {
      cure: saved
        ? 'Make the tarball by docker export of a container, not by docker save.'
        : 'Name an image of Debian or of a system made from it.',
    },
  );
}

async function removeUnused(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/-image-[0-9a-f]{16}$/.test(name) || name.startsWith('new-')) continue;
    const lastUse = await stat(join(folder, name, 'base.json')).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (now - lastUse > unusedFor) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Runs in the machine: an image may be hostile, and its paths must not lead out of it. */
async function furnish(host: Host, machine: Machine, request: ImageRequest): Promise<void> {
  const { image, architecture, packages } = request;
  const wrong = { errorCode: 'E_BASE_SYSTEM' } as const;
  const { stdout } = await machine.run(['dpkg', '--print-architecture'], {
    ...wrong,
    failure: `dpkg does not run in the image ${inertLine(image)}`,
  });
  if (stdout.trim() !== architecture)
    throw new UserError('E_BASE_SYSTEM', `the image ${inertLine(image)} is one of ${inertLine(stdout.trim())}, not of ${architecture}`, {
      cure: 'Name an image of that architecture.',
    });
  await using furniture = await host.files.temporary('furniture');
  await writeFurniture(furniture.path, request);
  await machine.copyIn(furniture.path, '/');
  try {
    await machine.run(['apt-get', '--quiet', '-o', 'Acquire::Retries=3', 'update'], { network: true });
    if (packages.length > 0)
      await machine.run(['apt-get', '--quiet', '--no-install-recommends', 'install', '--', ...packages], { network: true });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const reason = error.failure.lastLines.find((line) => /^[EW]: |: not found/.test(line)) ?? error.failure.lastLines.at(-1) ?? '';
    throw new UserError('E_BASE_SYSTEM', `packages cannot be installed in the image ${inertLine(image)}: ${inertLine(reason)}`, {
      cause: error,
      cure: 'Use an image whose sources of apt can be reached from here.',
    });
  }
}
