import type { CalledName } from './called-workflow.ts';
import type { Finding } from './finding.ts';
import { entries, type WorkflowDocument, type WorkflowJob } from './workflow-document.ts';

/** Whether a workflow starts when it should, and never with secrets for what strangers wrote. */
export function triggerChecks(
  document: WorkflowDocument,
  calls: readonly { readonly name: CalledName; readonly job: Pick<WorkflowJob, 'condition'> }[],
): readonly Finding[] {
  const { events, placeOf, concurrency } = document;
  const has = (name: CalledName): boolean => calls.some((call) => call.name === name);
  const findings: Finding[] = [];
  for (const event of ['pull_request_target', 'workflow_run'])
    if (event in events)
      findings.push({
        name: 'triggers',
        level: 'bad',
        finding: `${event} runs with secrets and a token that writes, for what strangers wrote`,
        place: placeOf('on', event),
        cure: event === 'workflow_run' ? 'Call release-kit from the workflow that comes first.' : 'Use pull_request.',
      });
  if (has('validate') && !('pull_request' in events))
    findings.push({
      name: 'triggers',
      level: 'bad',
      finding: 'validate is for pull requests, and none starts this workflow',
      place: placeOf('on'),
      cure: 'Add `pull_request:` below `on:`.',
    });
  const release = calls.find(({ name }) => name === 'release');
  if (release !== undefined) findings.push(...releaseTriggers(document, release.job.condition));
  if (release !== undefined && concurrency['cancel-in-progress'] === true)
    findings.push({
      name: 'concurrency',
      level: 'bad',
      finding: 'a second run of a tag would end a release in its middle',
      place: placeOf('concurrency'),
      cure: 'Write `cancel-in-progress: false`, or take concurrency out: release has its own.',
    });
  return findings;
}

function releaseTriggers({ events, placeOf }: WorkflowDocument, condition: string): readonly Finding[] {
  const push = entries(events['push']);
  const tags = (Array.isArray(push['tags']) ? push['tags'] : []).filter((tag): tag is string => typeof tag === 'string');
  if (!tags.some((tag) => !tag.startsWith('!') && ['v', '*', '['].includes(tag.slice(0, 1))))
    return [
      {
        name: 'triggers',
        level: 'bad',
        finding: 'no release tag (v1.2.3) starts this workflow',
        place: placeOf('on', 'push'),
        cure: 'Write below `on:`\n  push:\n    tags: ["v*"]',
      },
    ];
  if (condition === '' && ('branches' in push || 'pull_request' in events))
    return [
      {
        name: 'triggers',
        level: 'note',
        finding: 'branches or pull requests start this workflow as well; release does nothing there but fail early',
        place: placeOf('on'),
      },
    ];
  return [];
}
