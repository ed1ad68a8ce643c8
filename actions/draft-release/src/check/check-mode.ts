import { type Host, inertLine, inertMarkdown, UserError } from '@release-kit/action';
import { isPrerelease, planRelease, type ReleaseStanding, refuseMovedTag, releaseStanding } from '@release-kit/github';
import { openForReading } from '../destination.ts';
import type { ReleaseOutputs } from '../execution.ts';
import { givenNotes } from '../notes.ts';
import { type Inputs, readSettings } from '../settings.ts';

/** Whether the release of the tag can be made, before anything is built for it. Reads only, and needs no files. */
export async function checkMode(inputs: Inputs, host: Host): Promise<ReleaseOutputs> {
  const { tag } = inputs;
  if (inputs.destination === 'folder')
    throw new UserError('E_INPUT', 'a folder is looked at when its draft is made, not before', { cure: 'Set destination to github.' });
  const { channel, publish: publishes } = await readSettings(inputs, host);
  const commit = inputs.commit ?? host.github.sha;
  const notes = (await givenNotes(inputs)) ?? '';
  const release = planRelease({ tag, prerelease: isPrerelease(channel), notes, commit, files: [] });

  const catalog = await openForReading(inputs, host);
  const standing = releaseStanding(release, await catalog.list(), { publishes }, host);
  const named = await catalog.tagCommit(tag);
  if (commit !== undefined) refuseMovedTag(tag, named, commit);

  const lines = [standingLine(tag, standing), tagLine(tag, named, commit), `It goes into channel ${channel}.`];
  for (const line of lines) host.log.info(line);
  host.summary.add(`### Release of ${inertMarkdown(tag)} can be made\n\n${lines.map((line) => `- ${inertMarkdown(line)}`).join('\n')}`);
  const { id = '', url = '' } = standing.exists === 'none' ? {} : standing.release;
  return { releaseId: id, url, exists: standing.exists, assets: '', channel, published: String(standing.exists === 'published') };
}

function standingLine(tag: string, standing: ReleaseStanding): string {
  switch (standing.exists) {
    case 'none':
      return `Nothing of ${tag} is published. (A token with contents: read sees no drafts.)`;
    case 'draft':
      return `A draft of ${tag} is there already and will be completed: ${inertLine(standing.release.url)}`;
    case 'published':
      return `${tag} is published already, and will be compared with what is built: ${inertLine(standing.release.url)}`;
  }
}

function tagLine(tag: string, named: string | undefined, commit: string | undefined): string {
  if (named === undefined) return `GitHub has no tag ${tag} yet: it is made when the release is published.`;
  if (commit === undefined) return `The tag ${tag} names ${inertLine(named)}; which commit is built is not known here.`;
  return `The tag ${tag} names the commit that is built: ${commit}.`;
}
