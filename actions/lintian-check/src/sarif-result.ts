import { cutText, inertLine, type PathOf, uriPath } from '@release-kit/action';
import type { Finding } from './finding.ts';
import { lineOf } from './finding-text.ts';
import { hashOf } from './fingerprint.ts';
import type { PastFinding } from './lint-result.ts';
import type { Placed } from './placed.ts';
import { levelOf, ruleId, type SarifLevel, sarifText } from './sarif-rule.ts';
import type { Location } from './source-tree.ts';

export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: '%SRCROOT%' | 'PACKAGES' };
    readonly region: { readonly startLine: number; readonly startColumn: 1; readonly endLine: number };
  };
}

/** A result of SARIF 2.1.0 (3.27). */
export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly kind?: 'informational';
  readonly level: SarifLevel;
  readonly message: { readonly text: string };
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly baselineState?: 'new' | 'unchanged' | 'absent';
  readonly suppressions?: readonly { readonly kind: 'external'; readonly status: 'accepted'; readonly justification: string }[];
  readonly properties: Readonly<Record<string, string | boolean>>;
}

const longestMessage = 1000;

/** What one finding is; `fingerprint` is the name that GitHub follows it by. */
export function sarifResult(placed: Placed, ruleIndex: number, fingerprint: string, pathOf: PathOf, compared: boolean): SarifResult {
  const { finding, location, standing } = placed;
  const { hint } = finding;
  return {
    ruleId: ruleId(hint.tag),
    ruleIndex,
    ...(hint.severity === 'classification' ? { kind: 'informational' } : {}),
    level: levelOf(hint),
    message: { text: cutText(sarifText(lineOf(finding)), longestMessage) },
    locations: [locationOf(location, finding.file, pathOf)],
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    ...(compared && standing !== undefined ? { baselineState: standing === 'new' ? 'new' : 'unchanged' } : {}),
    ...(finding.status === 'open' ? {} : { suppressions: [suppressionOf(finding)] }),
    properties: {
      severity: hint.severity,
      experimental: hint.experimental,
      package: inertLine(hint.package),
      type: hint.type,
      distribution: finding.distribution,
      file: inertLine(finding.file),
    },
  };
}

/** What was there before and is gone. */
export function absentResult(past: PastFinding): SarifResult {
  const text = inertLine(`${past.package}: ${past.tag} ${past.context}`.trimEnd());
  return {
    ruleId: ruleId(past.tag),
    level: 'none',
    kind: 'informational',
    message: { text: cutText(sarifText(text), longestMessage) },
    locations: [],
    partialFingerprints: { primaryLocationLineHash: `${hashOf(past)}:1` },
    baselineState: 'absent',
    properties: { package: inertLine(past.package), type: past.type },
  };
}

/**
 * GitHub shows a result only with a place. Without a file of the checkout it is the package itself. Of the region it needs the first line; the whole file
 * is meant where none is known.
 */
function locationOf(location: Location | undefined, file: string, pathOf: PathOf): SarifLocation {
  const path = pathOf(location?.place);
  const line = path === undefined ? 1 : (location?.place?.line ?? 1);
  const artifactLocation =
    path === undefined
      ? ({ uri: uriPath(file === '' ? 'unnamed' : file), uriBaseId: 'PACKAGES' } as const)
      : ({ uri: uriPath(path), uriBaseId: '%SRCROOT%' } as const);
  return { physicalLocation: { artifactLocation, region: { startLine: line, startColumn: 1, endLine: line } } };
}

function suppressionOf({ status, hint }: Finding): NonNullable<SarifResult['suppressions']>[number] {
  const reason = status === 'masked' ? 'Set aside by lintian.' : 'Overridden in debian/.';
  const justification = cutText(inertLine(hint.justification ?? '').trim() || reason, longestMessage);
  return { kind: 'external', status: 'accepted', justification };
}
