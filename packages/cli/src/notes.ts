import { inertMarkdown } from '@release-kit/action';
import type { ChangelogEntry } from '@release-kit/debian';

/** Release notes from the newest entry of debian/changelog, for sources without a git history of their own. */
export function notesOfEntry(entry: ChangelogEntry): string {
  const lines = entry.changes
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const items = lines.map((line) => (line.startsWith('* ') ? `- ${inertMarkdown(line.slice(2))}` : `  ${inertMarkdown(line)}`));
  return `## ${inertMarkdown(entry.package)} ${inertMarkdown(entry.version)}\n\n${items.join('\n')}\n`;
}
