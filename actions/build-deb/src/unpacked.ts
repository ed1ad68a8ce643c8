import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { parseVersion } from '@release-kit/debian';
import { copyTree, type Machine } from '@release-kit/machine';
import { userEnvironment } from './build-command.ts';
import { buildFolder, buildUser } from './build-user.ts';
import { type BuildVersion, decideVersion, type WantedVersion } from './build-version.ts';
import { raiseTimes } from './file-times.ts';
import { releaseEntry, releaseTime } from './release-entry.ts';
import { readFacts, type Source, type SourceFacts } from './source.ts';

import { copySourcePackage } from './source-package.ts';
import { upstreamArchives } from './upstream-archive.ts';

/** A source that lies in the machine, ready to be built. */
export interface Unpacked {
  readonly facts: SourceFacts;
  readonly version: BuildVersion;
  /** Of the newest entry of the changelog that is built. */
  readonly sourceDateEpoch: number;
  /** Inside the machine. */
  readonly tree: string;
  /** The tree on the host, for places; undefined for a source package. */
  readonly source: string | undefined;
}

export interface UnpackRequest {
  readonly given: WantedVersion;
  /** Absolute; left out of the copy. */
  readonly output: string;
  readonly includeSource: boolean;
}

/** Throws E_VERSION or E_TAG for a version that cannot be built, before anything expensive is done. */
export function versionOf(facts: SourceFacts, given: WantedVersion): BuildVersion {
  const { newest, files, native } = facts;
  const version = decideVersion(given, { version: newest.version, file: files.changelog, line: newest.line });
  if (version.newEntry && native && parseVersion(version.version).revision !== undefined) {
    throw new UserError('E_VERSION', `${version.version} has a revision, but the package is native`, {
      place: { file: files.changelog, line: newest.line },
      cure: 'Name the version without the part after the hyphen.',
    });
  }
  return version;
}

/** Brings the source into the machine, as the build user's; a newer version gets its entry in the copy of debian/changelog. */
export async function unpack(machine: Machine, host: Host, source: Source, request: UnpackRequest): Promise<Unpacked> {
  switch (source.kind) {
    case 'tree':
      return unpackTree(machine, host, source, request);
    case 'dsc':
      return unpackSourcePackage(machine, host, source.file, request);
  }
}

async function unpackTree(
  machine: Machine,
  host: Host,
  source: Extract<Source, { kind: 'tree' }>,
  request: UnpackRequest,
): Promise<Unpacked> {
  const { facts, folder } = source;
  const version = versionOf(facts, request.given);
  await using temporary = await host.files.temporary('source');
  const name = treeName(facts.package, version.version);
  const copy = join(temporary.path, name);
  for (const { path, reason } of await copyTree(folder, copy, request.output)) host.log.debug(`left out of the build: ${path} (${reason})`);
  const entry = await newEntry(host, facts, version, folder, request.given);
  if (entry !== undefined) {
    const changelog = join(copy, 'debian/changelog');
    await writeFile(changelog, entry.text + (await readFile(changelog, 'utf8')));
  }
  if (request.includeSource && !facts.native) {
    for (const file of await upstreamArchives(folder, facts.package, version.version))
      await copyFile(file, join(temporary.path, basename(file)));
  }
  const sourceDateEpoch = entry?.timestamp ?? facts.newest.timestamp;
  await raiseTimes(copy, sourceDateEpoch);
  await machine.copyIn(temporary.path, buildFolder, buildUser);
  return { facts, version, sourceDateEpoch, tree: `${buildFolder}/${name}`, source: folder };
}

async function unpackSourcePackage(machine: Machine, host: Host, dsc: string, request: UnpackRequest): Promise<Unpacked> {
  await using temporary = await host.files.temporary('source');
  const sourcePackage = await copySourcePackage(dsc, temporary.path);
  const place = `${buildFolder}/.source`;
  await machine.copyIn(temporary.path, place, buildUser);
  const tree = `${buildFolder}/${treeName(sourcePackage.package, sourcePackage.version)}`;
  await machine.run(['dpkg-source', '--no-copy', '-x', basename(dsc), tree], {
    cwd: place,
    user: buildUser,
    env: userEnvironment,
    errorCode: 'E_SOURCE',
    failure: `${basename(dsc)} cannot be unpacked`,
  });
  const text = async (file: string): Promise<string> =>
    (
      await machine.run(['cat', `debian/${file}`], {
        cwd: tree,
        user: buildUser,
        errorCode: 'E_SOURCE',
        failure: `${basename(dsc)} has no debian/${file}`,
      })
    ).stdout;
  const format = await machine.run(['cat', 'debian/source/format'], { cwd: tree, user: buildUser, allow: 'any' });
  const facts = readFacts({ control: await text('control'), changelog: await text('changelog'), format: format.stdout }, 'debian');
  const version = versionOf(facts, request.given);
  const entry = await newEntry(host, facts, version, undefined, request.given);
  if (entry !== undefined)
    await machine.run(['sh', '-c', 'cat > .new && cat debian/changelog >> .new && mv .new debian/changelog'], {
      cwd: tree,
      user: buildUser,
      stdin: entry.text,
    });
  // A rebuild of the source package needs the archive of the upstream source beside the tree.
  if (request.includeSource)
    await machine.run(['sh', '-c', `for file in .source/*.orig*.tar.*; do if [ -f "$file" ]; then mv -- "$file" .; fi; done`], {
      cwd: buildFolder,
      user: buildUser,
    });
  return { facts, version, sourceDateEpoch: entry?.timestamp ?? facts.newest.timestamp, tree, source: undefined };
}

async function newEntry(
  host: Host,
  facts: SourceFacts,
  version: BuildVersion,
  folder: string | undefined,
  given: WantedVersion,
): Promise<{ readonly text: string; readonly timestamp: number } | undefined> {
  if (!version.newEntry || given === undefined) return undefined;
  const timestamp = await releaseTime(host, folder, facts);
  return { text: releaseEntry(facts, version.version, given, timestamp), timestamp };
}

/** As dpkg-source names the folder; the path is part of what a build can see, so it is always the same. */
function treeName(name: string, version: string): string {
  return `${name}-${parseVersion(version).upstream}`;
}
