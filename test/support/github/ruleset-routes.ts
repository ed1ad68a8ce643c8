import { notFound } from './answer.ts';
import type { Routes } from './route.ts';

/** Rules for branches or tags, as an owner sets them. */
export interface FakeRuleset {
  readonly id: number;
  readonly name: string;
  readonly target: 'branch' | 'tag';
  readonly enforcement: 'active' | 'evaluate' | 'disabled';
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly forbids: readonly ('creation' | 'update' | 'deletion')[];
}

export const rulesetRoutes: Routes = {
  // The list is without conditions and rules.
  'repos/get-repo-rulesets': ({ state, url }) => {
    const targets = url.searchParams.get('targets')?.split(',');
    const listed = state.rulesets.filter(({ target }) => targets?.includes(target) ?? true);
    return { status: 200, body: listed.map((one) => headOf(one, state.repository)) };
  },
  'repos/get-repo-ruleset': ({ state, path }) => {
    const found = state.rulesets.find(({ id }) => String(id) === path['ruleset_id']);
    if (found === undefined) return notFound;
    const { include, exclude, forbids } = found;
    const rules = forbids.map((type) => (type === 'update' ? { type, parameters: { update_allows_fetch_and_merge: false } } : { type }));
    return { status: 200, body: { ...headOf(found, state.repository), conditions: { ref_name: { include, exclude } }, rules } };
  },
};

function headOf({ id, name, target, enforcement }: FakeRuleset, repository: string): object {
  return { id, name, target, enforcement, source_type: 'Repository', source: repository };
}
