import { gzipSync } from 'node:zlib';
import type { PathOf } from '@release-kit/action';
import type { Explanations } from './explanation.ts';
import type { Tool } from './finding.ts';
import { fingerprintsOf } from './fingerprint.ts';
import type { LintResult } from './lint-result.ts';
import type { Placed } from './placed.ts';
import { absentResult, type SarifResult, sarifResult } from './sarif-result.ts';
import { ruleId, type SarifRule, sarifRule } from './sarif-rule.ts';

/** `open`: what is to be acted on. `all`: besides, what is overridden or masked, as suppressed, and what is fixed, as absent. */
export type SarifContent = 'open' | 'all';

/** What a file may hold. */
export interface SarifLimits {
  readonly results: number;
  /** Bytes of the file when compressed. */
  readonly compressed: number;
}

/** GitHub refuses what is above (its docs on SARIF uploads: results exceed limit, file too large). */
export const githubLimits: SarifLimits = { results: 25_000, compressed: 10_000_000 };

/**
 * The findings as SARIF 2.1.0, one run for each tool, ends with a line feed. Within the limits the most severe results are kept, and the run says how many
 * were not.
 *
 * @param content what GitHub should not show as alerts is left out by `open`, because it takes suppressed and absent results for open ones
 */
export function sarifReport(
  result: LintResult,
  explanations: Explanations,
  content: SarifContent,
  pathOf: PathOf,
  limits: SarifLimits = githubLimits,
): string {
  const prints = fingerprintsOf(result.placed.map(({ finding }) => finding));
  const fingerprints = new Map(result.placed.map((placed, position) => [placed, prints[position] ?? '']));
  for (let limit = limits.results; ; limit = Math.floor(limit / 2)) {
    const runs = toolsOf(result).map((tool) => sarifRun(tool, result, { explanations, content, fingerprints, pathOf, limit }));
    const text = `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs }, null, 1)}\n`;
    if (limit <= 1 || text.length <= limits.compressed || gzipSync(text).length <= limits.compressed) return text;
  }
}
/** What ran has a run without findings, too: it closes the alerts of the last. */
function toolsOf({ tools, placed }: LintResult): readonly Tool[] {
  return [...new Set([...tools, ...placed.map(({ finding }) => finding.tool)])];
}

interface RunContent {
  readonly explanations: Explanations;
  readonly content: SarifContent;
  readonly fingerprints: ReadonlyMap<Placed, string>;
  readonly pathOf: PathOf;
  /** Of results. */
  readonly limit: number;
}

function sarifRun(tool: Tool, result: LintResult, { explanations, content, fingerprints, pathOf, limit }: RunContent): unknown {
  const chosen = chooseResults(result.placed, tool, content);
  const shown = chosen.slice(0, limit);
  const rules = rulesOf(shown, explanations);
  const index = new Map(rules.map(({ id }, position) => [id, position]));
  const results: SarifResult[] = shown.map((placed) =>
    sarifResult(
      placed,
      index.get(ruleId(placed.finding.hint.tag)) ?? 0,
      fingerprints.get(placed) ?? '',
      pathOf,
      result.comparison !== undefined,
    ),
  );
  if (content === 'all' && tool === 'lintian') results.push(...(result.comparison?.fixed ?? []).map(absentResult));
  return {
    tool: { driver: { name: tool, ...(tool === 'lintian' ? { version: result.version } : {}), rules } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: {
      '%SRCROOT%': { description: { text: 'The root of the checkout.' } },
      PACKAGES: { description: { text: 'The folder of the packages that were checked.' } },
    },
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(chosen.length - shown.length, result, tool) }],
    artifacts: artifactsOf(results),
    results,
  };
}

/** In the order of the result: most severe first, what is not open last. Facts about a package are nothing to act on. */
function chooseResults(placed: readonly Placed[], tool: Tool, content: SarifContent): readonly Placed[] {
  return placed.filter(
    ({ finding }) =>
      finding.tool === tool && (content === 'all' || (finding.status === 'open' && finding.hint.severity !== 'classification')),
  );
}

function rulesOf(shown: readonly Placed[], explanations: Explanations): readonly SarifRule[] {
  const rules = new Map<string, SarifRule>();
  for (const { finding } of shown) {
    const id = ruleId(finding.hint.tag);
    if (!rules.has(id)) rules.set(id, sarifRule(finding, explanations.get(finding.hint.tag)));
  }
  return [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function notifications(left: number, { unread }: LintResult, tool: Tool): readonly unknown[] {
  const texts = [
    ...(left === 0 ? [] : [`${left} more results are left out: GitHub takes no more.`]),
    ...(unread === 0 || tool !== 'lintian' ? [] : [`Lines that could not be read: ${unread}.`]),
  ];
  return texts.map((text) => ({ level: 'warning', message: { text } }));
}

/** Every file that a result is about, once. */
function artifactsOf(results: readonly SarifResult[]): readonly unknown[] {
  const files = results.flatMap(({ locations }) => locations.map(({ physicalLocation }) => physicalLocation.artifactLocation));
  const unique = new Map(files.map((file) => [`${file.uriBaseId} ${file.uri}`, file]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, location]) => ({ location }));
}
