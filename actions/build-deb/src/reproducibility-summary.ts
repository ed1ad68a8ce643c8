import { codeBlock, codeSpan, type Host, inertLine, inertMarkdown, UserError } from '@release-kit/action';
import type { Reproducibility } from './reproducibility.ts';

/** Of diffoscope's text in the summary, which has room for 1 MiB in all. */
const shownLines = 80;
const shownCharacters = 12_000;

/** For the page that people see first. */
export function reproducibilitySummary(found: Reproducibility): string {
  const lines = ['### Reproducible', '', sentence(found), ''];
  if (found.varied.length > 0)
    lines.push(`Varied: ${inertMarkdown(found.varied.join(', '))}. The same: ${inertMarkdown(found.same.join(', '))}.`, '');
  if (found.result !== 'different') return lines.join('\n');
  for (const { cause, line, cure } of found.causes) lines.push(`- ${cause}: ${codeSpan(line.slice(0, 200))} ${inertMarkdown(cure)}`);
  if (found.causes.length > 0) lines.push('');
  if (found.report !== undefined)
    lines.push('<details><summary>What diffoscope says</summary>', '', codeBlock(cut(found.report)), '', '</details>', '');
  return lines.join('\n');
}

function sentence(found: Reproducibility): string {
  switch (found.result) {
    case 'same':
      return `Yes: ${found.compared} files have the same bytes when they are built in another place.`;
    case 'failed':
      return `No: the build fails in another place (${inertMarkdown(found.reason)}).`;
    case 'different': {
      const parts = found.parts.length === 0 ? '' : ` They differ in ${listed(found.parts)}.`;
      return `No: ${found.files.length} of ${found.compared} files have other bytes when they are built in another place: ${listed(found.files)}.${parts}`;
    }
  }
}

function listed(names: readonly string[]): string {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `${names.slice(0, 5).map(codeSpan).join(', ')}${more}`;
}

function cut(report: string): string {
  const lines = report.split('\n');
  const shown = lines
    .slice(0, shownLines)
    .map((line) => line.slice(0, 300))
    .join('\n')
    .slice(0, shownCharacters);
  return lines.length > shownLines ? `${shown}\n… ${lines.length - shownLines} more lines are in logs/diffoscope.txt` : shown;
}

/** Says what was found; with `require` a difference is E_BUILD_REPRODUCIBLE. Returns the output: `true` or `false`. */
export function reportReproducibility(host: Host, found: Reproducibility, wanted: 'true' | 'require'): 'true' | 'false' {
  host.summary.add(reproducibilitySummary(found));
  if (found.result === 'same') {
    host.log.info(`reproducible: ${found.compared} files are the same when they are built in another place (${found.varied.join(', ')})`);
    return 'true';
  }
  const what =
    found.result === 'failed'
      ? `the build fails in another place: ${found.reason}`
      : `${found.files.slice(0, 3).join(', ')}${found.files.length > 3 ? ` and ${found.files.length - 3} more` : ''} differ when built in another place${found.causes.length === 0 ? '' : `: ${found.causes.map(({ cause }) => cause).join('; ')}`}`;
  const cure = `${found.result === 'different' && found.causes[0] !== undefined ? found.causes[0].cure : 'See the summary, and logs/diffoscope.txt or logs/second-build.log in the output folder.'}`;
  if (wanted === 'require') throw new UserError('E_BUILD_REPRODUCIBLE', inertLine(what), { cure });
  host.annotate({ level: 'warning', title: 'not reproducible', message: inertLine(`${what}. ${cure}`) });
  return 'false';
}
