import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import type { Hint, Pointer } from '@release-kit/debian';
import { hintOf } from '../hint.test-support.ts';
import type { SourceTree } from '../source-tree.ts';
import { placeOf } from './place.ts';
import type { PlacementRule } from './rule.ts';
import { type PlacementRuleId, ruleNameOf } from './rules.ts';
import { sampleTree } from './sample-tree.test-support.ts';

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
      expect(Object.keys(rules).filter((id) => !cases.some(({ rule }) => rule === id))).toEqual([]);
    });

    test.each(cases.map((each) => [`${each.rule}: ${each.hint.tag} ${each.hint.note}`, each] as const))(
      '%s',
      async (_, { hint, ...said }) => {
        const placed = await placedAs(hint, tree);
        expect(placed).toMatchObject(said);
        expect(placed.rough).toBe(said.rough);
        expect(placed.reason).toMatch(/^[a-zA-Z0-9$].*[^.]$/);
      },
    );
  });
}

/** Where a tree places a finding, as its case would say it. */
async function placedAs(
  hint: Partial<Hint>,
  tree: SourceTree,
): Promise<Omit<RuleCase, 'hint' | 'rule'> & { readonly rule: string | undefined; readonly reason: string }> {
  const { shown = '', exact = false, reason = '' } = (await placeOf(hintOf(hint), tree)) ?? {};
  return { rule: ruleNameOf(hint.tag ?? ''), shown, reason, ...(exact ? {} : { rough: true }) };
}
