import { cell, markdownTable } from '@release-kit/action/render';
import { categories } from '@release-kit/action-install-smoke/categories';

/** Everything that install-smoke may find wrong, in the order of the life of a package: what it means, and what to do. */
export function renderSmokeCategories(): string {
  const rows = Object.entries(categories).map(([name, { code, meaning, cure }]) => [
    `\`${name}\``,
    cell(meaning),
    cell(cure),
    `\`${code}\``,
  ]);
  return markdownTable(['Category', 'What it means', 'What to do', 'Code'], rows);
}
