import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What counts of a golden file of test/fixtures/lintian-gallery. */
interface GoldenFile {
  readonly source: string;
  readonly version: string;
  readonly findings: readonly { readonly severity: string; readonly tag: string; readonly exact: boolean }[];
}

const severities = ['error', 'warning', 'info', 'pedantic'] as const;

/** The measured share of findings on their line, as tables: by severity, and by source. Read from the golden files below `root`. */
export async function renderPlacementShare(root: string): Promise<string> {
  const folder = join(root, 'test/fixtures/lintian-gallery');
  const files: GoldenFile[] = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.json')).sort())
    files.push(JSON.parse(await readFile(join(folder, name), 'utf8')));
  return shareTables(files);
}

/** Pure part of the above. */
export function shareTables(files: readonly GoldenFile[]): string {
  const all = files.flatMap(({ findings }) => findings);
  const bySeverity = severities.map((severity) =>
    row(
      severity,
      all.filter((finding) => finding.severity === severity),
    ),
  );
  const loud = all.filter(({ severity }) => severity !== 'pedantic');
  const tags = new Set(all.map(({ tag }) => tag)).size;
  return [
    `${files.length} sources, ${all.length} findings, ${tags} different tags.`,
    '',
    '| severity | findings | on the line that causes it | share |',
    '| --- | --- | --- | --- |',
    ...bySeverity,
    row('error, warning and info', loud),
    row('all', all),
    '',
    '| source | version | findings | on their line |',
    '| --- | --- | --- | --- |',
    ...files.map(({ source, version, findings }) => `| ${source} | ${version} | ${findings.length} | ${exactOf(findings).length} |`),
  ].join('\n');
}

function row(name: string, findings: GoldenFile['findings']): string {
  const exact = exactOf(findings).length;
  const share = findings.length === 0 ? '' : `${Math.floor((100 * exact) / findings.length)} %`;
  return `| ${name} | ${findings.length} | ${exact} | ${share} |`;
}

function exactOf(findings: GoldenFile['findings']): GoldenFile['findings'] {
  return findings.filter(({ exact }) => exact);
}
