import { codeSpan, inertMarkdown } from '@release-kit/action';
import type { RollbackPlan } from '@release-kit/github';

const titles = { rollback: 'Rolled back', yank: 'Yanked', restore: 'Restored' } as const;

/** Part of the job summary: what was done, or would be. */
export function rollbackSummary({ release, instead, steps }: RollbackPlan, mode: keyof typeof titles, dryRun: boolean): string {
  const done = dryRun ? 'Would be done' : 'Done';
  const list = steps.map(({ says }) => `- ${inertMarkdown(says)}`);
  const good =
    instead === undefined ? 'There is no other release that users could be led to.' : `Users are led to ${codeSpan(instead.tag)}.`;
  return [
    `### ${titles[mode]}: ${inertMarkdown(release.tag)}`,
    list.length === 0 ? 'Nothing was left to do.' : `${done}:\n\n${list.join('\n')}`,
    ...(mode === 'restore' ? [] : [good]),
  ].join('\n\n');
}
