import { codeSpan, type Host } from '@release-kit/action';
import type { ClosedRequest, RequestOutcome } from '@release-kit/github';
import type { RequestBranches } from './request-branch.ts';
import { tagCommands } from './request-text.ts';

/** Says what became of a release request: in the log, on the page of the run, and as an annotation where a person has to act. */
export function tellOutcome(outcome: RequestOutcome, version: string, { branch, base }: RequestBranches, host: Host): void {
  const { log, summary } = host;
  switch (outcome.kind) {
    case 'open': {
      const { number, url } = outcome.pull;
      log.info(`Release request: #${number} for ${version}, ${outcome.changed ? 'written' : 'as before'} (${url})`);
      summary.add(
        `# Release request for ${version}\n\n[#${number}](${url}) is ${outcome.changed ? 'up to date now' : 'as before'}: merge it, then tag the merge.\n`,
      );
      return;
    }
    case 'waiting': {
      const { tag, pull } = outcome;
      const commands = tagCommands(tag, base, /^[0-9a-f]{40}$/.test(pull.mergeCommit) ? pull.mergeCommit : undefined);
      host.annotate({
        level: 'notice',
        title: `${tag} waits for its tag`,
        message: `#${pull.number} is merged. To release it: ${commands.join(' && ')}`,
      });
      summary.add(
        `# ${codeSpan(tag)} waits for its tag\n\n[#${pull.number}](${pull.url}) is merged. To release it:\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n`,
      );
      return;
    }
    case 'foreign': {
      const where = outcome.pull === undefined ? '' : ` (#${outcome.pull.number})`;
      host.annotate({
        level: 'warning',
        title: 'Release request left as it is',
        message: `Somebody committed to ${branch}${where}, so it is not brought up to date (${version}). Merge it, or delete the branch to have it made anew.`,
      });
      return;
    }
    case 'moved':
      log.info(
        `Release request: nothing is written, since ${base} is at ${outcome.head.slice(0, 7)} by now; the run for that commit brings it up to date`,
      );
      return;
    case 'empty':
      log.info(`Release request: none, since all files are as ${version} wants them already`);
      return;
  }
}

/** undefined: nothing was asked of GitHub. */
export function tellClosed(closed: ClosedRequest, host: Host): void {
  if (closed.kind === 'none') host.log.info('Release request: none, since nothing asks for a release');
  else if (closed.kind === 'closed')
    host.log.info(`Release request: #${closed.pull.number} is closed, since nothing asks for a release any more`);
  else host.log.warning(`nothing asks for a release any more, but somebody committed to #${closed.pull.number}, so it stays open`);
}
