import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { docker, dockerWhole } from './docker-cli.ts';
import { exportRoot } from './docker-copy.ts';
import { machineLabel, placeLabel, thisPlace } from './docker-leftovers.ts';
import { platformName } from './docker-platform.ts';
import { findProgram } from './host-needs.ts';
import { tiedArgv } from './launcher.ts';
import type { BaseRequest } from './machine.ts';
import { machineName } from './machine-name.ts';

/** Milliseconds for a download of an image. */
const pullTimeout = 30 * 60_000;

export type ImageRequest = BaseRequest & { readonly image: string };

export interface ImageSource {
  /** Changes whenever the image does. */
  readonly identity: string;
  /** Fills a folder that exists and is empty. */
  readonly unpack: (host: Host, root: string) => Promise<void>;
}

/** Where the root of an image is: an absolute path, or one that starts with ./ in the workspace, is a tarball, all else the name of a container image. E_BASE_SYSTEM when it cannot be had. */
export const imageSource = (host: Host, request: ImageRequest): Promise<ImageSource> =>
  isAbsolute(request.image) || request.image.startsWith('./')
    ? tarballSource(resolve(host.files.workspace, request.image))
    : containerSource(host, request);

async function tarballSource(file: string): Promise<ImageSource> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw new UserError('E_BASE_SYSTEM', `the image ${inertLine(file)} cannot be read`, {
      cause: error,
      cure: 'Name a tarball of a root file system by its absolute path.',
    });
  }
  return {
    identity: hash.digest('hex'),
    unpack: async (host, root) => {
      // tar itself knows how the tarball is compressed. What an overlay would take for its own notes is not for others to write.
      const flags = [
        '--numeric-owner',
        '--same-permissions',
        '--xattrs',
        '--xattrs-include=security.capability',
        '--xattrs-include=user.*',
      ];
      await host.exec(
        tiedArgv(['tar', '--extract', `--file=${file}`, `--directory=${root}`, ...flags, '--exclude=./dev/*', '--exclude=dev/*']),
        {
          cwd: '/',
          errorCode: 'E_BASE_SYSTEM',
          failure: `the image ${inertLine(file)} is not a tarball that can be unpacked`,
        },
      );
    },
  };
}

async function containerSource(host: Host, { image, architecture }: ImageRequest): Promise<ImageSource> {
  if (!/^[a-z0-9][a-z0-9._/:@-]*$/i.test(image))
    throw new UserError('E_BASE_SYSTEM', `${JSON.stringify(image)} cannot be the name of an image`);
  if ((await findProgram('docker', process.env['PATH'])) === undefined)
    throw new UserError('E_BASE_SYSTEM', `the container image ${image} cannot be fetched: there is no Docker on this host`, {
      cure: 'Install Docker, or name a tarball of a root file system by its absolute path (docker export makes one).',
    });
  const platform = platformName(architecture);
  const pull = await docker(host, ['pull', '--quiet', `--platform=${platform}`, image], { allow: 'any', timeout: pullTimeout });
  const { exitCode, stdout } = await docker(host, ['image', 'inspect', '--format={{.Id}}', image], { allow: 'any' });
  if (exitCode !== 0) {
    const reason = inertLine(pull.stderr.trim().split('\n').at(-1) ?? '');
    throw new UserError('E_BASE_SYSTEM', `the container image ${image} (${platform}) cannot be fetched: ${reason}`, {
      cure: 'Check the name of the image and the way to its registry, or name a tarball of a root file system.',
    });
  }
  if (pull.exitCode !== 0) host.log.info(`The registry of ${image} does not answer; the image that Docker has is used.`);
  return { identity: stdout.trim(), unpack: (unpackHost, root) => exportImage(unpackHost, image, platform, root) };
}

/** The files of an image are those of a container that never ran. Its labels let a later run find it when this one is killed. */
async function exportImage(host: Host, image: string, platform: string, root: string): Promise<void> {
  const name = machineName();
  const labels = [`--label=${machineLabel}=${name}`, `--label=${placeLabel}=${thisPlace()}`];
  try {
    await dockerWhole(host, ['create', `--name=${name}`, ...labels, `--platform=${platform}`, image, '/bin/true']);
    await exportRoot(host, name, root);
  } finally {
    await dockerWhole(host, ['rm', '--force', name], { allow: 'any' });
  }
}
