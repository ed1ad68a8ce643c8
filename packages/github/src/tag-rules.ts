import type { Host } from '@release-kit/action';
import { field } from './field.ts';
import { type GitHubTarget, githubCalls } from './github-calls.ts';

/** A ruleset of a repository, or of its owner, that is in force for tags. */
export interface TagRule {
  /** A stranger's text. */
  readonly name: string;
  /** Patterns of full names, such as `refs/tags/v*`, or `~ALL`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** What it forbids: `creation`, `update`, `deletion`, `non_fast_forward` and others. */
  readonly forbids: readonly string[];
}

/** The rules in force for tags, those of the owner included; E_TOKEN or E_GITHUB. */
export async function tagRules(host: Host, target: GitHubTarget): Promise<readonly TagRule[]> {
  const { at, pages, call } = await githubCalls(host, target, 'contents: read');
  const listed = await pages(`listing the rules of ${target.repository}`, 'GET /repos/{owner}/{repo}/rulesets', { ...at, targets: 'tag' });
  const rules: TagRule[] = [];
  for (const one of listed) {
    if (field(one, 'enforcement') !== 'active' || (field(one, 'target') ?? 'branch') !== 'tag') continue;
    const parameters = { ...at, ruleset_id: field(one, 'id') };
    rules.push(readRule(await call('reading a rule', 'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', parameters)));
  }
  return rules;
}

/** The first rule that forbids something of a tag; undefined when none does. */
export function ruleAgainst(what: 'creation' | 'update' | 'deletion', tag: string, rules: readonly TagRule[]): TagRule | undefined {
  const name = `refs/tags/${tag}`;
  const fits = (pattern: string): boolean => pattern === '~ALL' || asExpression(pattern).test(name);
  return rules.find(({ forbids, include, exclude }) => forbids.includes(what) && include.some(fits) && !exclude.some(fits));
}

/** GitHub compares by File.fnmatch of Ruby with FNM_PATHNAME: a star ends at a slash, two do not. */
function asExpression(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/?|\*|\?)/).map((part) => {
    if (part.startsWith('**')) return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}

function readRule(ruleset: unknown): TagRule {
  const names = field(field(ruleset, 'conditions'), 'ref_name');
  const rules = field(ruleset, 'rules');
  return {
    name: String(field(ruleset, 'name') ?? ''),
    include: textsOf(field(names, 'include')),
    exclude: textsOf(field(names, 'exclude')),
    forbids: textsOf(Array.isArray(rules) ? rules.map((rule: unknown) => field(rule, 'type')) : []),
  };
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
