import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Host, UserError, writeWhole } from '@release-kit/action';
import { formatBaseline, pastLine } from './baseline.ts';
import type { BaselineFile } from './baseline-file.ts';
import { baselineOf, type Checked } from './comparison.ts';
import type { Finding } from './finding.ts';
import { keyOf, type RenamedTags } from './past-finding.ts';

/** Lines of a change that are listed. */
const mostListed = 200;

/**
 * Writes the baseline anew, so that none of these findings is new any more, and says what came and what went. The file changes as a whole or
 * not at all, and belongs to whom its folder belongs to. Throws E_PATH where it cannot be written.
 */
export async function updateBaseline(
  baseline: BaselineFile,
  { findings, checked, renamed }: { readonly findings: readonly Finding[]; readonly checked: Checked; readonly renamed: RenamedTags },
  host: Pick<Host, 'log'>,
): Promise<void> {
  const before = baseline.entries ?? [];
  const now = baselineOf(findings, before, checked, renamed);
  const [then, today] = [before, now].map((entries) => new Map(entries.map(({ past, count }) => [keyOf(past), count])));
  const changes = [
    ...before.flatMap(({ past, count }) => line('-', pastLine(past), count - (today?.get(keyOf(past)) ?? 0))),
    ...now.flatMap(({ past, count }) => line('+', pastLine(past), count - (then?.get(keyOf(past)) ?? 0))),
  ].sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
  await store(baseline, formatBaseline(now));
  const added = changes.filter((change) => change.startsWith('+')).length;
  const counted = changes.length === 0 ? 'nothing has changed' : `${added} added, ${changes.length - added} removed`;
  host.log.info(`${baseline.shown}: ${now.length === 1 ? 'one finding' : `${now.length} different findings`}; ${counted}`);
  for (const change of changes.slice(0, mostListed)) host.log.info(change);
  if (changes.length > mostListed) host.log.info(`… and ${changes.length - mostListed} more`);
}

function line(sign: '+' | '-', text: string, count: number): readonly string[] {
  if (count <= 0) return [];
  return [`${sign} ${text}${count === 1 ? '' : ` (${count} times)`}`];
}

async function store({ path, shown }: BaselineFile, text: string): Promise<void> {
  const folder = dirname(path);
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(path, text, 0o644, process.getuid?.() === 0 ? await stat(folder) : undefined);
  } catch (cause) {
    throw new UserError('E_PATH', `the baseline ${shown} cannot be written`, { cause, place: { file: shown } });
  }
}
