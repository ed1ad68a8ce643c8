import { codeSpan } from '@release-kit/action';
import { type PhaseUse, sizeText } from '@release-kit/manifest';
import { durationText } from './duration-text.ts';

/** `configure 1.2 s, build 4.0 s`: a line for the log. */
export function phaseLine(phases: readonly PhaseUse[]): string {
  return phases.map(({ phase, seconds }) => `${phase} ${durationText(seconds * 1000)}`).join(', ');
}

/** Markdown: what each phase took. Columns that were not counted are left out, single values are a dash. */
export function phaseTable(phases: readonly PhaseUse[]): string {
  const columns: readonly { readonly title: string; readonly cell: (use: PhaseUse) => string | undefined }[] = [
    { title: 'phase', cell: ({ phase }) => codeSpan(phase) },
    { title: 'time', cell: ({ seconds }) => durationText(seconds * 1000) },
    { title: 'CPU', cell: ({ cpuSeconds }) => (cpuSeconds === undefined ? undefined : durationText(cpuSeconds * 1000)) },
    { title: 'peak memory', cell: ({ peakMemory }) => size(peakMemory) },
    { title: 'disk read', cell: ({ diskRead }) => size(diskRead) },
    { title: 'disk written', cell: ({ diskWritten }) => size(diskWritten) },
    { title: 'received', cell: ({ networkReceived }) => size(networkReceived === 0 ? undefined : networkReceived) },
  ];
  if (phases.length === 0) return '';
  const used = columns.filter(({ cell }) => phases.some((use) => cell(use) !== undefined));
  return [
    `| ${used.map(({ title }) => title).join(' | ')} |`,
    `| ${used.map((_, index) => (index === 0 ? '---' : '---:')).join(' | ')} |`,
    // A value is not parted from its unit, however narrow the page.
    ...phases.map((use) => `| ${used.map(({ cell }) => (cell(use) ?? '–').replaceAll(' ', '\u00a0')).join(' | ')} |`),
  ].join('\n');
}

function size(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : sizeText(bytes);
}
