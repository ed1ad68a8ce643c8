import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Argv, Host } from '@release-kit/action';
import { docker, dockerEnvironment } from './docker-cli.ts';
import { platformOf } from './docker-platform.ts';
import { heldArgv, tiedArgv } from './launcher.ts';
import { lockFile } from './lock.ts';
import type { BaseSystem } from './machine.ts';

/** Images of base systems are kept: `release-kit-base:<key>`. */
const repository = 'release-kit-base';
/** Milliseconds. An image can be made again from its base system in seconds. */
const unusedFor = 7 * 24 * 60 * 60_000;
/** Milliseconds for packing and loading a gigabyte on a slow disk. */
const importTimeout = 20 * 60_000;

/**
 * Gives a base system with its layers to the daemon as an image, unless it has it already. Returns the image's name.
 * Runs that ask for the same one at the same time make it once. E_MACHINE when the daemon does not take it.
 */
export async function prepareImage(host: Host, base: BaseSystem): Promise<string> {
  const tag = imageTag(base);
  const image = `${repository}:${tag}`;
  const folder = join(host.files.cache, 'images');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  if (!(await hasImage(host, image))) {
    await using _ = await lockFile(host, join(folder, `${tag}.lock`), `the image ${image}`);
    if (!(await hasImage(host, image))) {
      host.log.info(`importing the base system ${base.key} into Docker`);
      await importImage(host, base, image, join(folder, `new-${tag}`));
    }
    await removeUnused(host, folder, tag);
  }
  await writeFile(join(folder, tag), base.root);
  await utimes(join(folder, tag), host.clock.now() / 1000, host.clock.now() / 1000);
  return image;
}

/** The base's key, and what is laid over it. */
export function imageTag({ key, layers }: Pick<BaseSystem, 'key' | 'layers'>): string {
  const plain = key.replaceAll('+', '.');
  const name = /^[\w.-]{1,100}$/.test(plain) ? plain : shortDigest(key);
  return layers.length === 0 ? name : `${name}-${shortDigest(layers.join('\n'))}`;
}

const shortDigest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

async function hasImage(host: Host, image: string): Promise<boolean> {
  const { stdout } = await docker(host, ['image', 'ls', '--quiet', '--filter', `reference=${image}`]);
  return stdout.trim() !== '';
}

/**
 * $1: folder for the work; then the folders of the file system, topmost first, up to `--`; then a command that finds them laid over
 * each other in `root`, where only it sees that. So whiteouts of the layers mean nothing in an archive.
 */
const overlaidScript = [
  'set -eu',
  'cd -- "$1"; shift; lower=',
  'mkdir root',
  'while [ "$1" != -- ]; do',
  `  part=lower/$#; mkdir -p "$part"; mount --bind -- "$1" "$part"; lower="$lower\${lower:+:}$part"; shift`,
  'done; shift',
  'mount -t overlay -o "ro,lowerdir=$lower" overlay root',
  'exec "$@"',
].join('\n');

/** What the engine mounts over is left out. */
const packArgv = (root: string, archive: string): Argv => [
  'tar',
  '--create',
  `--file=${archive}`,
  `--directory=${root}`,
  '--numeric-owner',
  '--sort=name',
  '--format=pax',
  '--one-file-system',
  '--pax-option=delete=atime,delete=ctime',
  '--xattrs',
  '--xattrs-include=security.capability',
  '--anchored',
  ...['dev', 'proc', 'run', 'sys'].map((folder) => `--exclude=./${folder}/*`),
  '.',
];

/** $1: folder with the parts of an image, as `docker load` reads them. A broken archive is refused by the daemon. */
const loadScript = 'set -eu -o pipefail; tar --create --directory="$1" manifest.json config.json layer.tar | docker load --quiet';

async function importImage(host: Host, base: BaseSystem, image: string, folder: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  // Only the holder of the lock has it; what is there already was left by a run that was killed.
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await remove();
  stack.defer(remove);
  await mkdir(folder, { mode: 0o700 });
  const options = { cwd: '/', timeout: importTimeout, errorCode: 'E_MACHINE' } as const;
  const archive = join(folder, 'layer.tar');
  const overlaid = ['/bin/sh', '-c', overlaidScript, 'release-kit-pack', folder, ...base.layers, base.root, '--'] as const;
  const pack = base.layers.length === 0 ? heldArgv(packArgv(base.root, archive)) : tiedArgv([...overlaid, ...packArgv('root', archive)]);
  await host.exec(pack, { ...options, failure: 'the base system could not be packed' });
  const hash = createHash('sha256');
  await pipeline(createReadStream(archive), hash);
  await writeFile(join(folder, 'config.json'), imageConfig(base.request.architecture, hash.digest('hex')));
  await writeFile(join(folder, 'manifest.json'), imageManifest(image));
  await host.exec(heldArgv(['/bin/bash', '-c', loadScript, 'release-kit-load', folder]), {
    ...options,
    env: dockerEnvironment(host),
    failure: 'Docker does not take the base system',
  });
}

/** `docker import` would record the daemon's own architecture; OCI image specification, image configuration. */
export function imageConfig(architecture: string, layerDigest: string): string {
  return JSON.stringify({
    ...platformOf(architecture),
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: {},
    rootfs: { type: 'layers', diff_ids: [`sha256:${layerDigest}`] },
  });
}

/** Names the parts of the archive; Docker image specification v1.2, combined image JSON. */
export function imageManifest(image: string): string {
  return JSON.stringify([{ Config: 'config.json', RepoTags: [image], Layers: ['layer.tar'] }]);
}

/** Removes images whose base system is gone or was not used for long; those that are in use the daemon keeps. */
async function removeUnused(host: Host, folder: string, current: string): Promise<void> {
  const { stdout } = await docker(host, ['image', 'ls', '--format', '{{.Tag}}', repository]);
  for (const tag of stdout.split('\n').filter((line) => /^[\w.-]+$/.test(line) && line !== current)) {
    const mark = join(folder, tag);
    const used = await stat(mark).catch(() => undefined);
    if (used === undefined) continue; // of another cache
    const root = await readFile(mark, 'utf8');
    if (existsSync(root) && host.clock.now() - used.mtimeMs < unusedFor) continue;
    const { exitCode } = await docker(host, ['image', 'rm', `${repository}:${tag}`], { allow: 'any' });
    if (exitCode === 0) await rm(mark, { force: true });
  }
}
