import { changelogRules } from './changelog-rules.ts';
import { controlRules } from './control-rules.ts';
import { copyrightRules } from './copyright-rules.ts';
import { manualRules } from './manual-rules.ts';
import { packageRules } from './package-rules.ts';
import { relationRules } from './relation-rules.ts';
import type { PlacementRule } from './rule.ts';
import { sourceRules } from './source-rules.ts';
import { textRules } from './text-rules.ts';
import { unitRules } from './unit-rules.ts';

export type { PlacementRule };

/** The one table of how findings are placed: docs/lint-placement.md is rendered from it. */
export const placementRules = {
  ...manualRules,
  ...unitRules,
  ...textRules,
  ...packageRules,
  ...sourceRules,
  ...copyrightRules,
  ...changelogRules,
  ...controlRules,
  ...relationRules,
} as const satisfies Record<string, PlacementRule>;

export type PlacementRuleId = keyof typeof placementRules;

const all: readonly (readonly [string, PlacementRule])[] = Object.entries(placementRules);
const byId: ReadonlyMap<string, PlacementRule> = new Map(all);
const byName: ReadonlyMap<string, string> = new Map(
  all.flatMap(([id, { tags }]) => tags.filter((tag) => !tag.includes('*')).map((tag): [string, string] => [tag, id])),
);
const patterns = all.flatMap(([id, { tags }]) => tags.filter((tag) => tag.includes('*')).map((tag) => ({ id, pattern: patternOf(tag) })));

function patternOf(tag: string): RegExp {
  return new RegExp(
    `^${tag
      .split('*')
      .map((part) => part.replace(/[.+]/g, '\\$&'))
      .join('.*')}$`,
  );
}

/** Name of the rule for a tag; undefined when there is none. */
export function ruleNameOf(tag: string): string | undefined {
  return byName.get(tag) ?? patterns.find(({ pattern }) => pattern.test(tag))?.id;
}

/** The rule for a tag; undefined when there is none. */
export function ruleOf(tag: string): PlacementRule | undefined {
  const name = ruleNameOf(tag);
  return name === undefined ? undefined : byId.get(name);
}
