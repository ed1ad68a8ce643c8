import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What counts of a golden file of test/fixtures/lintian-gallery. */
interface GoldenFile {
  readonly source: string;
  readonly version: string;
  readonly findings: readonly { readonly severity: string; readonly tag: string; readonly line: number; readonly exact: boolean }[];
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
    '| severity | findings | on the line that causes it | a whole file causes it | near it | share on the line, where there is one |',
    '| --- | --- | --- | --- | --- | --- |',
    ...bySeverity,
    row('error, warning and info', loud),
    row('all', all),
    '',
    '| source | version | findings | on their line or file |',
    '| --- | --- | --- | --- |',
    ...files.map(
      ({ source, version, findings }) =>
        `| ${source} | ${version} | ${findings.length} | ${findings.filter(({ exact }) => exact).length} |`,
    ),
  ].join('\n');
}

function row(name: string, findings: GoldenFile['findings']): string {
  const exact = findings.filter((finding) => finding.exact).length;
  const whole = findings.length - findings.filter(hasLine).length;
  const share = findings.length === whole ? '' : `${Math.floor((100 * (exact - whole)) / (findings.length - whole))} %`;
  return `| ${name} | ${findings.length} | ${exact - whole} | ${whole} | ${findings.length - exact} | ${share} |`;
}

/** A finding about a whole file (a binary one, one that should not be there) has no line to stand on. */
function hasLine({ exact, line }: GoldenFile['findings'][number]): boolean {
  return !exact || line > 0;
}
