import type { Host, OutputsOf } from '@release-kit/action';
import { askAhead, findCheckout, type Git, openGit } from '@release-kit/git';
import { describeAll } from './full-history.ts';
import { historyRequest } from './history-request.ts';
import { tellAndWrite } from './notes-mode.ts';
import { tellOverlooked } from './overlooked-release.ts';
import { describeNext, type NextRelease } from './project-history.ts';
import { readHistory } from './read-history.ts';
import { endNames, findEnd } from './revision.ts';
import { type Inputs, readSettings, type Settings } from './settings/settings.ts';
import { deepened } from './shallow-checkout.ts';
import type { spec } from './spec.ts';
import { tellRelease } from './telling.ts';

/** Says from one reading of the history which release comes next and what is new in it, and does with that what the mode asks for. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  const names = inputs.mode === 'check' ? [] : endNames({ to: inputs.to, ref: host.github.ref });
  await using git = askAhead(await openGit(host, await findCheckout(inputs.source)), names);
  const settings = await readSettings(inputs, git, host);
  const request = historyRequest(inputs, settings, host);
  if (inputs.mode === 'check') {
    const { checkMode } = await import('./check/check-mode.ts');
    return await checkMode(inputs, request, settings, git, host);
  }

  const end = await findEnd(git, request);
  await using completed = await deepened(git, request, end, needsAll(settings), host);
  const history = completed ?? git;
  // Loaded while git begins; whoever needs it hears of what fails.
  if (settings.writing.full) import('./writing/full-history.ts').catch(() => {});
  // What needs all of the history has it from one reading.
  await using read = needsAll(settings) ? await readHistory(history, end.sha, request) : undefined;
  const described = await describeNext(history, request, end, read?.whole);
  tellRelease(described, host);
  await tellOverlooked(described, request, history, host);
  const next = await titled(described, inputs, settings, git, host);
  if (inputs.mode === 'pull-request') {
    const { requestMode } = await import('./release-request/request-mode.ts');
    return await requestMode(next, inputs, settings, git, host);
  }
  const files = inputs.mode === 'bump' ? await (await import('./bump/prepared-release.ts')).bumpedFiles(next, settings, git, host) : [];
  return await tellAndWrite(
    next,
    (order) => describeAll(history, request, next, order, read),
    settings,
    { files, dryRun: inputs.dryRun },
    host,
  );
}

async function titled(next: NextRelease, { token }: Inputs, settings: Settings, git: Git, host: Host): Promise<NextRelease> {
  if (!settings.pullRequestTitles) return next;
  const { titledRelease } = await import('./titled-release.ts');
  return await titledRelease(next, settings, token, git, host);
}

/** A guide from the last release to this one needs no other. */
function needsAll({ writing: { full, migration } }: Settings): boolean {
  return full || migration.from !== undefined || migration.to !== undefined;
}
