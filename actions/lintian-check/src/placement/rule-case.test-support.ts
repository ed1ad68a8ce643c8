import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import type { Hint, Pointer } from '@release-kit/debian';
import { hintOf } from '../hint.test-support.ts';
import type { SourceTree } from '../source-tree.ts';
import { placeOf } from './place.ts';
import type { PlacementRule } from './rule.ts';
import { type PlacementRuleId, ruleNameOf } from './rules.ts';
import { sampleTree } from './sample-tree.test-support.ts';

/** A finding in the sample tree, the rule that places it, and where it belongs; without `rough` the place is exact. */
export type RuleCase = readonly [rule: PlacementRuleId, hint: Partial<Hint>, shown: string, rough?: 'rough'];

export function source(tag: string, note = '', pointer?: Pointer): Partial<Hint> {
  return { tag, note, type: 'source', ...(pointer === undefined ? {} : { pointer }) };
}

export function binary(tag: string, note = '', pointer?: Pointer): Partial<Hint> {
  return { tag, note, ...(pointer === undefined ? {} : { pointer }) };
}

export const patched = (path: string, line?: number): Pointer => ({ index: 'patched', path, line });
export const installed = (path: string, line?: number): Pointer => ({ index: 'installed', path, line });
export const member = (path: string, line?: number): Pointer => ({ index: 'control', path, line });

/** A test for each case, and one that no rule lacks a case. */
export function describeRules(title: string, rules: Readonly<Record<string, PlacementRule>>, cases: readonly RuleCase[]): void {
  describe(title, () => {
    let host: RecordingHost;
    let tree: SourceTree;
    beforeAll(async () => {
      host = await recordingHost();
      tree = await sampleTree(host.files.workspace);
    });
    afterAll(async () => {
      await host[Symbol.asyncDispose]();
    });

    test('has a case for each of its rules', () => {
      expect(Object.keys(rules).filter((id) => !cases.some(([rule]) => rule === id))).toEqual([]);
    });

    test.each(cases.map((each) => [`${each[0]}: ${each[1].tag} ${each[1].note}`, each] as const))(
      '%s',
      async (_, [rule, hint, shown, rough]) => {
        const { reason, ...placed } = await placedAs(hint, tree);
        expect(placed).toEqual({ rule, shown, isExact: rough === undefined });
        expect(reason).toMatch(/^[a-zA-Z0-9$].*[^.]$/);
      },
    );
  });
}

/** Where a tree places a finding, and by which rule. */
async function placedAs(hint: Partial<Hint>, tree: SourceTree) {
  const { shown = '', exact = false, reason = '' } = (await placeOf(hintOf(hint), tree)) ?? {};
  return { rule: ruleNameOf(hint.tag ?? ''), shown, isExact: exact, reason };
}
