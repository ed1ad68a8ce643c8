import { codeSpan, inertMarkdown } from '@release-kit/action';
import { type Manifest, sizeText } from '@release-kit/manifest';

/** `1.5 s`, `2 min 5 s` */
export function durationText(milliseconds: number): string {
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export interface BuildFacts {
  readonly distribution: string;
  readonly milliseconds: number;
  readonly reason: string;
  readonly warnings: number;
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
  const { source } = manifest;
  const warnings = facts.warnings === 0 ? '' : ` The compiler gave ${facts.warnings} ${facts.warnings === 1 ? 'warning' : 'warnings'}.`;
  return [
    `### Built ${codeSpan(source.package)} ${codeSpan(source.version)} for ${codeSpan(facts.distribution)}`,
    '',
    `Built in ${durationText(facts.milliseconds)}, ${strategyText(facts.strategy)}. Version ${inertMarkdown(facts.reason)}.${warnings}`,
    '',
    '| package | version | architecture | size |',
    '| --- | --- | --- | ---: |',
    ...rows,
    '',
  ].join('\n');
}
