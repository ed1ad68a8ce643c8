import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import {
  type ChangelogDocument,
  type DocumentEntry,
  debianVersionAfter,
  insertEntry,
  parseChangelog,
  type ReleaseEntry,
  readChangelog,
} from '@release-kit/debian';
import { debianChanges, debianUrgency, type Release } from '@release-kit/history';
import type { DebianWriting } from '../settings/writing.ts';
import { type PreparedFile, prepared, type TargetFile } from './target-file.ts';

/**
 * debian/changelog with an entry for this release on top. An entry of its version that tells the same changes stays as it is, so that
 * twice is the same as once. Its date is that of the newest commit, never that of the clock. What comes out was read by our strict parser, and by
 * dpkg-parsechangelog where there is one.
 *
 * @throws UserError E_CHANGELOG, E_VERSION, E_INPUT without anybody to sign the entry
 */
export async function debianEntry(
  target: TargetFile,
  release: Release,
  version: string,
  writing: DebianWriting,
  host: Host,
): Promise<PreparedFile> {
  const { before, shown } = target;
  if (before === undefined)
    throw new UserError('E_CHANGELOG', `${inertLine(shown)} is not there, so the name of the source package is not known`, {
      place: { file: shown },
      cure: 'Make a first entry, for example with dch --create, or name another file.',
    });
  const document = readChangelog(before);
  const [newest] = document.entries;
  const maintainer = maintainerOf(writing, document, host);
  const entry: ReleaseEntry = {
    version: debianVersionAfter(version, newest?.version),
    changes: debianChanges(release, { bugs: writing.closes }),
    maintainer,
    timestamp: Math.max(release.timestamp, 0),
    ...(writing.distribution === undefined ? {} : { distribution: writing.distribution }),
    ...urgencyOf(writing, release),
  };
  if (newest !== undefined && isSame(newest, document, entry, shown)) return prepared(target, 'entry of debian/changelog', before);
  const after = insertEntry(before, entry, shown);
  await checkEntry(after, entry, shown, host);
  return prepared(target, 'entry of debian/changelog', after);
}

/** Security is told; else work in progress may have an urgency of its own. */
function urgencyOf({ urgency }: DebianWriting, { commits }: Release): Pick<ReleaseEntry, 'urgency'> {
  if (urgency !== undefined) return { urgency };
  return debianUrgency(commits) === 'high' ? { urgency: 'high' } : {};
}

/** As dch finds it: DEBFULLNAME and DEBEMAIL, where an address may hold the name as well. */
function maintainerOf({ maintainer }: DebianWriting, { entries }: ChangelogDocument, host: Pick<Host, 'env'>): string {
  if (maintainer !== undefined) return maintainer;
  const address = host.env('DEBEMAIL')?.trim();
  if (address !== undefined && /^[^<>]+ <[^<>\s]+>$/.test(address)) return address;
  const name = host.env('DEBFULLNAME')?.trim();
  if (address !== undefined && name !== undefined) return `${name} <${address}>`;
  const last = entries.find(({ trailer }) => trailer !== undefined)?.trailer?.maintainer;
  if (last !== undefined) return last;
  throw new UserError('E_INPUT', 'nobody is named who signs the entry of debian/changelog', {
    cure: 'Give the input maintainer, changelog.debian.maintainer of the configuration, or DEBFULLNAME and DEBEMAIL.',
  });
}

/** Whether the newest entry is the one that we would write, maybe with lines of people above ours. */
function isSame(newest: DocumentEntry, document: ChangelogDocument, entry: ReleaseEntry, file: string): boolean {
  if (newest.version !== entry.version || newest.distributions[0] === 'UNRELEASED' || newest.trailer === undefined) return false;
  if (entry.distribution !== undefined && newest.distributions.join(' ') !== entry.distribution) return false;
  if (entry.urgency !== undefined && newest.urgency !== entry.urgency) return false;
  // Written as a first entry, since only its lines are compared.
  const alone = insertEntry(new Uint8Array(), { ...entry, package: newest.package }, file);
  const [own] = readChangelog(alone).entries;
  const lines = (each: DocumentEntry): string[] =>
    each.lines.map((line) => line.trim()).filter((line) => line !== '' && !/^\[ .* \]$/.test(line));
  return (
    own !== undefined &&
    isPartOf(lines(own), lines(newest)) &&
    document.entries.filter(({ version }) => version === entry.version).length === 1
  );
}

/** Whether all lines are there in their order. */
function isPartOf(lines: readonly string[], all: readonly string[]): boolean {
  let next = 0;
  for (const line of all) if (line === lines[next]) next += 1;
  return next === lines.length;
}

async function checkEntry(bytes: Uint8Array, { version, maintainer }: ReleaseEntry, file: string, host: Host): Promise<void> {
  const [own] = parseChangelog(Buffer.from(bytes).toString('utf8'), file, { newest: 1 });
  if (own?.version !== version) throw new Error(`the new entry of ${file} reads as version ${own?.version}`);
  await using folder = await host.files.temporary('changelog');
  const copy = join(folder.path, 'changelog');
  await writeFile(copy, bytes);
  const told = await dpkgReading(copy, host);
  if (told === undefined) {
    host.log.info(`${file}: dpkg-parsechangelog is not installed, so only release-kit has checked the entry`);
    return;
  }
  for (const [field, wanted] of [
    ['Version', version],
    ['Maintainer', maintainer],
    ['Distribution', own.distributions.join(' ')],
  ] as const)
    if (told.get(field) !== wanted)
      throw new UserError('E_CHANGELOG', `dpkg reads ${field} of the new entry as ${JSON.stringify(inertLine(told.get(field) ?? ''))}`, {
        place: { file, line: 1 },
      });
}

/** Fields as dpkg reads the newest entry; undefined without dpkg-dev. */
async function dpkgReading(file: string, host: Host): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const { stdout } = await host.exec(['dpkg-parsechangelog', '--file', file], {
      errorCode: 'E_CHANGELOG',
      failure: 'dpkg-parsechangelog refuses the new entry',
      env: { LC_ALL: 'C.UTF-8' },
    });
    return new Map(
      stdout.split('\n').flatMap((line) => {
        const colon = line.indexOf(': ');
        return colon > 0 && line[0] !== ' ' ? [[line.slice(0, colon), line.slice(colon + 2)] as const] : [];
      }),
    );
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_TOOL_MISSING') return undefined;
    throw error;
  }
}
