import { type PlacementRule, placementRules } from '@release-kit/action-lintian-check/placement-rules';

/** The table of rules for `docs/lint-placement.md`: what is looked for, and for which tags. */
export function renderPlacementRules(): string {
  const rules: readonly (readonly [string, PlacementRule])[] = Object.entries(placementRules);
  const rows = rules.map(([id, { place, tags }]) => `| \`${id}\` | ${capital(place)} | ${tags.map((tag) => `\`${tag}\``).join(', ')} |`);
  return ['| Rule | Where the finding is shown | Tags |', '| --- | --- | --- |', ...rows].join('\n');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
