import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Host, type InputsOf, UserError } from '@release-kit/action';
import { findCheckout, openGit } from '@release-kit/git';
import { notesOf, tagName } from '@release-kit/history';
import { historyRequest } from './history-request.ts';
import { describeNext } from './project-history.ts';
import { readSettings } from './settings/settings.ts';
import { refuseShallow } from './shallow-checkout.ts';
import type { spec } from './spec.ts';
import { tellRelease } from './telling.ts';

/** Finds the range, reads its commits once, and says which version they make and what is new. */
export async function run(inputs: InputsOf<typeof spec>, host: Host) {
  refuseUnready(inputs);
  await using git = await openGit(host, await findCheckout(inputs.source));
  await refuseShallow(git);
  const settings = await readSettings(inputs, git, host);

  const next = await describeNext(git, historyRequest(inputs, settings, host));
  tellRelease(next, host);

  const { plan, release, start } = next;
  const notes = notesOf(release, settings.style);
  if (inputs.output !== undefined) await writeNotes(inputs.output, notes);
  host.summary.add(`# Release notes for ${plan.version}\n\n${notes}`);
  return {
    version: plan.version,
    previous: start?.name ?? '',
    bump: plan.bump,
    notes,
    reason: [...plan.explain, start?.reason ?? 'this is the first release'].join('\n'),
    tag: next.end.tag?.name ?? tagName(settings.package.family, plan.version),
    released: String(plan.bump !== 'none'),
    changed: '',
    announcement: '',
    pullRequest: '',
    problems: '',
  };
}

/** Inputs that are read by nobody yet. */
function refuseUnready(inputs: InputsOf<typeof spec>): void {
  const { mode, full, changelog, debianChangelog, appstream, json, announcement } = inputs;
  const { migrationGuide, pullRequestTitles, bumpFiles } = inputs;
  const given = [changelog, debianChangelog, appstream, json, announcement, migrationGuide];
  if (mode !== 'notes' || full || pullRequestTitles || bumpFiles.length > 0 || given.some((each) => each !== undefined))
    throw new UserError('E_INPUT', 'this version of changelog does not know that input yet');
}

async function writeNotes(file: string, notes: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, notes);
  } catch (cause) {
    throw new UserError('E_PATH', `the notes cannot be written to ${file}`, { cause });
  }
}
