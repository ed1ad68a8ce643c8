import type { Hint, Pointer } from '@release-kit/debian';
import { hintOf } from '../hint.test-support.ts';
import type { SourceTree } from '../source-tree.ts';
import { placeOf } from './place.ts';
import type { PlacementRule } from './rule.ts';
import { type PlacementRuleId, ruleNameOf } from './rules.ts';

/** A finding in the sample tree, and where it belongs. */
export interface RuleCase {
  readonly rule: PlacementRuleId;
  readonly hint: Partial<Hint>;
  readonly shown: string;
  /** Otherwise the place is exact. */
  readonly rough?: true;
}

export function source(tag: string, note = '', pointer?: Pointer): Partial<Hint> {
  return { tag, note, type: 'source', ...(pointer === undefined ? {} : { pointer }) };
}

export function binary(tag: string, note = '', pointer?: Pointer): Partial<Hint> {
  return { tag, note, ...(pointer === undefined ? {} : { pointer }) };
}

export const patched = (path: string, line?: number): Pointer => ({ index: 'patched', path, line });
export const installed = (path: string, line?: number): Pointer => ({ index: 'installed', path, line });
export const member = (path: string, line?: number): Pointer => ({ index: 'control', path, line });

/** The rules that no case tries. */
export function untried(rules: Readonly<Record<string, PlacementRule>>, cases: readonly RuleCase[]): readonly string[] {
  return Object.keys(rules).filter((id) => !cases.some(({ rule }) => rule === id));
}

/** Names of cases beside them, for `test.each`. */
export function named(cases: readonly RuleCase[]): readonly (readonly [string, RuleCase])[] {
  return cases.map((each) => [`${each.rule}: ${each.hint.tag} ${each.hint.note}`, each]);
}

/** Where a tree places the finding of a case, as the case would say it. */
export async function placedAs(
  { hint }: RuleCase,
  tree: SourceTree,
): Promise<Omit<RuleCase, 'hint' | 'rule'> & { readonly rule: string | undefined; readonly reason: string }> {
  const { shown = '', exact = false, reason = '' } = (await placeOf(hintOf(hint), tree)) ?? {};
  return { rule: ruleNameOf(hint.tag ?? ''), shown, reason, ...(exact ? {} : { rough: true }) };
}
