import { codeSpan, inertMarkdown } from '@release-kit/action';
import { type Manifest, type PhaseUse, sizeText } from '@release-kit/manifest';
import { durationText } from './duration-text.ts';
import { phaseTable } from './phase-table.ts';

export { durationText } from './duration-text.ts';

export interface BuildFacts {
  readonly distribution: string;
  readonly milliseconds: number;
  readonly reason: string;
  readonly warnings: number;
  readonly phases: readonly PhaseUse[];
  readonly strategy: { readonly strategy: string; readonly reason: string };
}

function strategyText({ strategy, reason }: BuildFacts['strategy']): string {
  const words: Readonly<Record<string, string>> = { native: 'natively', cross: 'by cross-compiling', emulate: 'emulated' };
  return `${words[strategy] ?? strategy} (${inertMarkdown(reason)})`;
}

/** A short table for the page that people see first. */
export function buildSummary(manifest: Manifest, facts: BuildFacts): string {
  const rows = manifest.files
    .filter((file) => file.kind === 'deb' || file.kind === 'ddeb' || file.kind === 'udeb')
    .map((file) => `| ${codeSpan(file.package)} | ${codeSpan(file.version)} | ${codeSpan(file.architecture)} | ${sizeText(file.size)} |`);
  const sources = manifest.sources.map((source) => `${codeSpan(source.package)} ${codeSpan(source.version)}`);
  const warnings = facts.warnings === 0 ? '' : ` The compiler gave ${facts.warnings} ${facts.warnings === 1 ? 'warning' : 'warnings'}.`;
  return [
    `### Built ${sources.join(', ')} for ${codeSpan(facts.distribution)}`,
    '',
    `Built in ${durationText(facts.milliseconds)}, ${strategyText(facts.strategy)}. Version ${inertMarkdown(facts.reason)}.${warnings}`,
    '',
    '| package | version | architecture | size |',
    '| --- | --- | --- | ---: |',
    ...rows,
    '',
    ...(facts.phases.length === 0 ? [] : [phaseTable(facts.phases), '']),
  ].join('\n');
}
