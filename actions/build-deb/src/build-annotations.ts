import { type Annotation, type CommandError, type Host, inertLine } from '@release-kit/action';
import { findCompilerMessages, findPackagingMessages, packagingPlace } from '@release-kit/debian';
import { type LogPlace, sourcePlace, type TreePlaces } from './source-place.ts';
import { debianFiles } from './tree-files.ts';

/** GitHub shows ten of a kind per step; the error itself is one of them. */
const annotationsPerLevel = 9;

export interface MessageCount {
  readonly error: number;
  readonly warning: number;
}

/**
 * Shows what the compiler, debhelper and dpkg said at its source lines, each once. `except` is the place that an error of ours
 * already stands at. Returns how many messages of the compiler there were.
 */
export async function annotateMessages(
  lines: readonly string[],
  where: TreePlaces,
  host: Host,
  except?: CommandError,
): Promise<MessageCount> {
  const count = { error: 0, warning: 0 };
  const shown = { error: 0, warning: 0 };
  const show = async (level: 'error' | 'warning', title: string, message: string, stated: LogPlace): Promise<void> => {
    if (shown[level] >= annotationsPerLevel) return;
    const place = await sourcePlace(stated, lines, where);
    if (place === undefined || isSamePlace(place, except)) return;
    shown[level]++;
    host.annotate({ level, title, message: inertLine(message), ...place } satisfies Annotation);
  };
  const seen = new Set<string>();
  for (const { level, file, line, column, message } of findCompilerMessages(lines)) {
    const key = `${level} ${file}:${line} ${message}`;
    if (seen.has(key)) continue;
    seen.add(key);
    count[level]++;
    if (count[level] <= annotationsPerLevel) await show(level, `compiler ${level}`, message, { file, line, column });
  }
  if (where.source === undefined) return count;
  const files = await debianFiles(where.source);
  for (const { level, message } of findPackagingMessages(lines)) {
    const stated = packagingPlace(message, files);
    if (stated !== undefined) await show(level, `packaging ${level}`, message, stated);
  }
  return count;
}

function isSamePlace(place: { readonly file: string; readonly line?: number }, error: CommandError | undefined): boolean {
  return error?.place?.file === place.file && error.place.line === place.line;
}
