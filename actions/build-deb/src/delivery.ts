import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest, ManifestFile } from '@release-kit/manifest';
import { describeFile, manifestName, writeManifest } from '@release-kit/manifest';
import type { Product } from './products.ts';

export interface Stage extends AsyncDisposable {
  readonly path: string;
}

/**
 * A folder inside the output folder, so that files get their final names by renaming; removed on disposal. It is made by whoever
 * fills it, so that a build that is killed before leaves nothing.
 */
export function stageIn(output: string): Stage {
  const path = join(output, `.building-${randomBytes(6).toString('hex')}`);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

export interface Build {
  readonly source: string;
  readonly version: string;
  /** What was built for, such as amd64. */
  readonly architecture: string;
  readonly distribution: string;
  /** Seconds since 1970. */
  readonly sourceDateEpoch: number;
}

/** Describes the staged products, sizes and digests included. */
export async function describeProducts(stage: string, products: readonly Product[], build: Build): Promise<Manifest> {
  const files: ManifestFile[] = [];
  for (const { kind, name, fields } of products) {
    files.push(
      await describeFile(stage, name, {
        kind,
        package: fields?.package ?? build.source,
        version: fields?.version ?? build.version,
        architecture: fields?.architecture ?? (kind === 'dsc' || kind === 'source' ? 'source' : build.architecture),
        distribution: build.distribution,
      }),
    );
  }
  return { schema: 1, sourceDateEpoch: build.sourceDateEpoch, sources: [{ package: build.source, version: build.version }], files };
}

/**
 * Gives staged files their final names. The old manifest goes first and the new one comes last: at no time does a manifest
 * stand beside files it does not describe. Other files of the folder are left alone. Returns the manifest's SHA-256.
 */
export async function deliver(stage: string, output: string, manifest: Manifest): Promise<string> {
  const digest = await writeManifest(join(stage, manifestName), manifest);
  await rm(join(output, manifestName), { force: true });
  for (const file of manifest.files) await rename(join(stage, file.path), join(output, file.path));
  await rename(join(stage, manifestName), join(output, manifestName));
  return digest;
}
