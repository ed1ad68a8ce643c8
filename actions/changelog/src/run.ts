import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Host, type InputsOf, inertLine, UserError } from '@release-kit/action';
import { findCheckout, openGit } from '@release-kit/git';
import {
  bumpBetween,
  formatNotes,
  greatestTag,
  type NextVersion,
  nextVersion,
  type ParsedCommit,
  tagFamily,
  tagName,
  withoutReverted,
} from '@release-kit/history';
import { readCommits } from './commit-reader.ts';
import { type End, findEnd, findStart, refuseShallow, releaseTags, type Start } from './range.ts';
import type { spec } from './spec.ts';

/** Finds the range, reads its commits once, and says which version they make and what is new. */
export async function run(inputs: InputsOf<typeof spec>, host: Host) {
  refuseUnready(inputs);
  const { prefix } = tagFamily(inputs.tags ?? 'v*');
  await using git = await openGit(host, await findCheckout(inputs.source));
  await refuseShallow(git);

  const end = await findEnd(git, inputs.to, prefix, host.github.ref);
  host.log.info(
    `Newest: ${inertLine(end.name)} (${end.sha.slice(0, 7)})${end.tag === undefined ? '' : `, the release ${end.tag.version}`}`,
  );
  const tags = await releaseTags(git, end.sha, prefix);
  const start = await findStart(git, inputs.from, end, tags, prefix);
  host.log.info(
    start === undefined ? 'Compared with: nothing, this is the first release' : `Compared with: ${inertLine(start.name)}, ${start.reason}`,
  );

  const all = await readCommits(git, start?.sha, end.sha);
  const commits = withoutReverted(all);
  host.log.info(
    `Commits: ${all.length}${all.length === commits.length ? '' : `, ${all.length - commits.length} of them taken out as reverts and what they reverted`}`,
  );

  const { version, bump } = versionOf(end, start, commits, greatestTag(tags)?.version);
  host.log.info(`Version: ${version} (${bump}${end.tag === undefined ? ', from the commits' : ', from the tag'})`);
  warnOfSmallBump(end, start, commits, host);

  const notes = formatNotes({
    previous: start?.name,
    current: end.tag?.name ?? (end.name === 'HEAD' ? end.sha.slice(0, 7) : end.name),
    commits,
  });
  if (inputs.output !== undefined) await writeNotes(inputs.output, notes);
  host.summary.add(`# Release notes for ${version}\n\n${notes}`);
  return {
    version,
    previous: start?.name ?? '',
    bump,
    notes,
    reason: start?.reason ?? 'this is the first release',
    tag: end.tag?.name ?? tagName(tagFamily(inputs.tags ?? 'v*'), version),
    released: String(bump !== 'none'),
    changed: '',
    announcement: '',
    pullRequest: '',
    problems: '',
  };
}

/** Inputs that are read by nobody yet. */
function refuseUnready(inputs: InputsOf<typeof spec>): void {
  const { mode, pre, promote, version, versionFile, full, changelog, debianChangelog, appstream, json, announcement } = inputs;
  const { migrationGuide, squashes, pullRequestTitles, firstTimers, bumpFiles, package: name } = inputs;
  const given = [pre, version, versionFile, changelog, debianChangelog, appstream, json, announcement, migrationGuide, squashes, name];
  if (
    mode !== 'notes' ||
    promote ||
    full ||
    pullRequestTitles ||
    firstTimers ||
    bumpFiles.length > 0 ||
    given.some((each) => each !== undefined)
  )
    throw new UserError('E_INPUT', 'this version of changelog does not know that input yet');
}

/** A release tag is the truth; without one the commits decide. */
function versionOf(end: End, start: Start | undefined, commits: readonly ParsedCommit[], newest: string | undefined): NextVersion {
  if (end.tag === undefined) return nextVersion(start?.version, commits, newest);
  const { version } = end.tag;
  return { version, bump: start?.version === undefined ? 'initial' : bumpBetween(start.version, version) };
}

function warnOfSmallBump(end: End, start: Start | undefined, commits: readonly ParsedCommit[], host: Host): void {
  if (end.tag === undefined || end.tag.prerelease || start?.version === undefined) return;
  const asked = nextVersion(start.version, commits).version;
  const least = greatestTag([end.tag, { name: asked, version: asked, prerelease: false }]);
  if (least?.version !== end.tag.version) host.log.warning(`the commits ask for ${asked} or higher, but the tag says ${end.tag.version}`);
}

async function writeNotes(file: string, notes: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, notes);
  } catch (cause) {
    throw new UserError('E_PATH', `the notes cannot be written to ${file}`, { cause });
  }
}
