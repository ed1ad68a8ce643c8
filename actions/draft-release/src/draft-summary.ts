import { codeSpan, inertLine, inertMarkdown } from '@release-kit/action';
import type { PlannedRelease, StoredRelease } from '@release-kit/github';

/** The plan as it is logged before anything is written: one line an asset. */
export function planLines({ assets, commit }: PlannedRelease): readonly string[] {
  const width = Math.max(0, ...assets.map(({ name }) => name.length));
  const lines = assets.map(({ name, size, sha256 }) => `${name.padEnd(width)}  ${sizeText(size).padStart(9)}  ${sha256.slice(0, 12)}…`);
  return commit === undefined ? lines : [...lines, `commit ${inertLine(commit)}`];
}

/** Part of the job summary: where the draft is, and what is in it. */
export function draftSummary(release: PlannedRelease, draft: StoredRelease): string {
  const kind = release.prerelease ? 'prerelease' : 'release';
  const where = /^https?:/.test(draft.url)
    ? `[${inertMarkdown(release.tag)}](${encodeURI(draft.url)})`
    : `${inertMarkdown(release.tag)} in ${codeSpan(draft.id)}`;
  const rows = release.assets.map(({ name, size, sha256 }) => `| ${codeSpan(name)} | ${sizeText(size)} | ${codeSpan(sha256)} |`);
  return [
    `### Draft ${kind}`,
    `${where}: ${release.assets.length} assets. It is not published: look at it, then publish it yourself.`,
    ['| Asset | Size | SHA-256 |', '|---|---:|---|', ...rows].join('\n'),
  ].join('\n\n');
}

/** `17 B`, `1.5 KiB`, `12.0 MiB` */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const exponent = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** exponent).toFixed(1)} ${['B', 'KiB', 'MiB', 'GiB'][exponent]}`;
}
