import { type InputsOf, UserError } from '@release-kit/action';
import type { spec } from '../spec.ts';
import type { Writing } from './writing.ts';

type Inputs = InputsOf<typeof spec>;
type Mode = Inputs['mode'];

/** An input that would do nothing was meant to do something. Throws E_INPUT. */
export function refuseIdle(inputs: Inputs, writing: Writing): void {
  for (const [name, given, modes] of modesOf(inputs))
    if (given && !modes.includes(inputs.mode))
      throw new UserError('E_INPUT', `${name} does nothing in mode ${inputs.mode}`, {
        cure: `Leave it out, or use it in mode ${modes.join(' or ')}.`,
      });
  for (const [name, given, other, there] of companions(inputs, writing))
    if (given && !there)
      throw new UserError('E_INPUT', `${name} does nothing without ${other}`, { cure: `Give ${other} as well, or leave ${name} out.` });
}

const preparing: readonly Mode[] = ['bump', 'pull-request'];
const writers: readonly Mode[] = ['notes', ...preparing];

function modesOf(inputs: Inputs): readonly (readonly [name: string, given: boolean, modes: readonly Mode[]])[] {
  return [
    ['output', inputs.output !== undefined, ['notes', 'bump']],
    ['changelog', inputs.changelog !== undefined, writers],
    ['debian-changelog', inputs.debianChangelog !== undefined, writers],
    ['appstream', inputs.appstream !== undefined, writers],
    ['json', inputs.json !== undefined, writers],
    ['full', inputs.full, ['notes']],
    ['migration-guide', inputs.migrationGuide !== undefined, ['notes']],
    ['announcement', inputs.announcement !== undefined, ['notes']],
    ['bump-files', inputs.bumpFiles.length > 0, preparing],
    ['dry-run', inputs.dryRun, preparing],
    ['pull-request-titles', inputs.pullRequestTitles, writers],
    ['branch', inputs.branch !== undefined, ['pull-request']],
    ['base', inputs.base !== undefined, ['pull-request', 'check']],
    ['fail-on', inputs.failOn !== 'auto', ['check']],
    ['messages', inputs.messages !== 'auto', ['check']],
    ['message-file', inputs.messageFile !== undefined, ['check']],
  ];
}

type Companion = readonly [name: string, given: boolean, other: string, there: boolean];

function companions(inputs: Inputs, writing: Writing): readonly Companion[] {
  const guide = writing.migrationGuide !== undefined;
  const debian = writing.debianChangelog !== undefined;
  return [
    ['full', inputs.full, 'changelog or json', writing.changelog !== undefined || writing.json !== undefined],
    ['migrate-from', inputs.migrateFrom !== undefined, 'migration-guide', guide],
    ['migrate-to', inputs.migrateTo !== undefined, 'migration-guide', guide],
    ['announcement-file', inputs.announcementFile !== undefined, 'announcement', inputs.announcement !== undefined],
    ['template', inputs.template !== undefined, 'announcement', inputs.announcement !== undefined],
    ['distribution', inputs.distribution !== undefined, 'debian-changelog', debian],
    ['urgency', inputs.urgency !== undefined, 'debian-changelog', debian],
    ['maintainer', inputs.maintainer !== undefined, 'debian-changelog', debian],
  ];
}
