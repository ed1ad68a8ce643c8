import { codeSpan, inertLine, inertMarkdown } from '@release-kit/action';
import type { PlannedRelease, StoredRelease } from '@release-kit/github';
import { sizeText } from '@release-kit/manifest';

/** The plan as it is logged before anything is written: one line an asset, signatures as a number. */
export function planLines({ assets, commit }: PlannedRelease): readonly string[] {
  const names = new Set(assets.map(({ name }) => name));
  const isSignature = (name: string): boolean => name.endsWith('.asc') && names.has(name.slice(0, -'.asc'.length));
  const shown = assets.filter(({ name }) => !isSignature(name));
  const signatures = assets.length - shown.length;
  const width = Math.max(0, ...shown.map(({ name }) => name.length));
  return [
    ...shown.map(({ name, size }) => `${name.padEnd(width)}  ${sizeText(size).padStart(8)}`),
    ...(signatures === 0 ? [] : [`and ${signatures === 1 ? 'one signature' : `${signatures} signatures`}, each beside its file as .asc`]),
    ...(commit === undefined ? [] : [`commit ${inertLine(commit)}`]),
  ];
}

/** Part of the job summary: where the draft or the published release is, and what is in it. */
export function draftSummary(release: PlannedRelease, draft: StoredRelease, published = false): string {
  const kind = release.prerelease ? 'prerelease' : 'release';
  const where = /^https?:/.test(draft.url)
    ? `[${inertMarkdown(release.tag)}](${encodeURI(draft.url)})`
    : `${inertMarkdown(release.tag)} in ${codeSpan(draft.id)}`;
  return [
    `### ${published ? 'Published' : 'Draft'} ${kind}`,
    `${where}: ${release.assets.length === 1 ? 'one asset' : `${release.assets.length} assets`}. ${published ? 'It is published.' : 'It is not published: look at it, then publish it yourself.'}`,
    assetTable(release),
  ].join('\n\n');
}

/** What a dry run would have made. */
export function planSummary(release: PlannedRelease): string {
  const count = release.assets.length === 1 ? 'one asset' : `${release.assets.length} assets`;
  const kind = release.prerelease ? 'prerelease' : 'release';
  return [`### Plan of a ${kind}`, `${inertMarkdown(release.tag)}: ${count}. Nothing was written.`, assetTable(release)].join('\n\n');
}

function assetTable({ assets }: PlannedRelease): string {
  // Beside long names and sums the column gets narrow, and a size must not break between number and unit.
  const unbroken = (size: number): string => sizeText(size).replace(' ', '\u00a0');
  const rows = assets.map(({ name, size, sha256 }) => `| ${codeSpan(name)} | ${unbroken(size)} | ${codeSpan(sha256)} |`);
  return ['| Asset | Size | SHA-256 |', '|---|---:|---|', ...rows].join('\n');
}
