import { type Host, inertLine, UserError } from '@release-kit/action';
import { openGit, originAddress } from '@release-kit/git';
import { ruleAgainst, type TagRule, tagRules } from '@release-kit/github';
import { repositoryIn } from '../setup/survey.ts';
import type { Finding } from './finding.ts';

/** Whether GitHub lets somebody move or delete a release tag. Nothing fails for it: not every plan has such rules. */
export async function tagRuleChecks(root: string, token: string | undefined, host: Host): Promise<readonly Finding[]> {
  if (token === undefined) return [note('rules for tags were not looked at: RELEASE_KIT_TOKEN holds no token')];
  host.mask(token);
  await using git = await openGit(host, root);
  const address = await originAddress(git);
  const repository = address === undefined ? undefined : repositoryIn(address);
  if (repository === undefined) return [note('rules for tags were not looked at: the remote origin names no repository')];
  try {
    return [tagFinding(await tagRules(host, { repository, token }))];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [note(`rules for tags could not be looked at: ${error.message}`)];
  }
}

/** What the rules say of a tag such as v1.2.3. */
export function tagFinding(rules: readonly TagRule[]): Finding {
  const [update, deletion] = (['update', 'deletion'] as const).map((what) => ruleAgainst(what, 'v1.2.3', rules));
  if (update !== undefined && deletion !== undefined)
    return { name: 'tags', level: 'good', finding: `release tags can be neither moved nor deleted (${inertLine(update.name)})` };
  const open = [...(update === undefined ? ['moved'] : []), ...(deletion === undefined ? ['deleted'] : [])].join(' and ');
  return note(`release tags can be ${open} by everybody who may push: a ruleset for tags v* forbids it`);
}

const note = (finding: string): Finding => ({ name: 'tags', level: 'note', finding });
