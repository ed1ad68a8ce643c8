import { type Grammar, parseCommit, splitMessage } from '@release-kit/history';

/** Whether a project has agreed on conventional commits, as far as its newest commits tell. */
export interface ConventionalShare {
  readonly conventional: number;
  /** Merges, reverts and fixups say nothing of it, and are not counted. */
  readonly counted: number;
  readonly isConventional: boolean;
}

/** Fewer tell nothing: whoever begins and asks for a check wants it. */
const least = 5;

/** Half of the commits is enough: who has none of it in mind has hardly any, and some authors of others forget it. */
export function conventionalShare(messages: Iterable<string>, grammar: Grammar): ConventionalShare {
  let conventional = 0;
  let counted = 0;
  for (const message of messages) {
    const { kind, fixupOf } = parseCommit({ sha: '', authorName: '', timestamp: 0, ...splitMessage(message) }, grammar);
    if (kind === 'merge' || kind === 'revert' || fixupOf !== undefined) continue;
    counted += 1;
    if (kind === 'conventional') conventional += 1;
  }
  return { conventional, counted, isConventional: counted < least || conventional * 2 >= counted };
}
