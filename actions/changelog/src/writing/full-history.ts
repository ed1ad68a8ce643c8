import { createReadStream } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { changelogTitle, jsonChangelogEnd, jsonChangelogStart, jsonRelease, type Release, sectionOf } from '@release-kit/history';
import type { Settings } from '../settings/settings.ts';
import { digestOf, type GrowingFile, growingFile } from './growing-file.ts';
import { type PreparedFile, shownPath } from './target-file.ts';
import { refuseOthers, sizeOf, wholeMark } from './whole-changelog.ts';

/**
 * Changelog and JSON of all releases, each written to a file in `folder` as the releases come, since a long history has no room in memory.
 *
 * @param releases newest first
 * @param folder absolute, empty
 * @throws UserError E_CHANGELOG_FILE where people's changelog would be lost
 */
export async function fullHistory(
  releases: AsyncIterable<Release>,
  { writing, style }: Pick<Settings, 'writing' | 'style'>,
  folder: string,
  host: Host,
): Promise<readonly PreparedFile[]> {
  await using stack = new AsyncDisposableStack();
  const changelog = await target(writing.changelog, 'changelog.md', folder, host, stack);
  const json = await target(writing.json, 'changelog.json', folder, host, stack);
  if (changelog !== undefined) await refuseOthers(changelog.path, changelog.shown);
  await changelog?.file.add([`${changelogTitle}\n\n`]);
  await json?.file.add([jsonChangelogStart]);
  let separator = '\n';
  for await (const release of releases) {
    // What has no version yet, and brings nothing, is no section.
    if (release.version !== undefined || release.commits.length > 0) await changelog?.file.add(sectionOf(release, style));
    await json?.file.add([separator, jsonRelease(release, style)]);
    separator = ',\n';
  }
  await changelog?.file.add([wholeMark(changelog.file.digest())]);
  await json?.file.add([jsonChangelogEnd]);
  return [await ready(changelog, 'changelog of the whole history'), await ready(json, 'whole history as JSON')].filter(
    (file) => file !== undefined,
  );
}

interface Target {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly shown: string;
  readonly file: GrowingFile;
}

async function target(
  path: string | undefined,
  name: string,
  folder: string,
  host: Host,
  stack: AsyncDisposableStack,
): Promise<Target | undefined> {
  if (path === undefined) return undefined;
  const real = (await sizeOf(path)) === undefined ? path : await realpath(path);
  return { path: real, shown: shownPath(path, host), file: stack.use(await growingFile(join(folder, name))) };
}

async function ready(target: Target | undefined, what: string): Promise<PreparedFile | undefined> {
  if (target === undefined) return undefined;
  const { path, shown, file } = target;
  await file.end();
  const size = await sizeOf(path);
  const isChanged = size === undefined || (await digestOf(path, size)) !== file.digest();
  return { path, shown, what, isChanged, content: contentOf(file.path) };
}

/** Opened only when it is copied. */
async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) yield Buffer.from(chunk);
}
