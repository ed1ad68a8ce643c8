import { UserError } from '@release-kit/action/errors';
import { inertText } from '@release-kit/action/inert';
import { parseChangelog } from './changelog.ts';
import { formatDate } from './date.ts';
import { shown } from './shown.ts';

export interface NewChangelogEntry {
  readonly package: string;
  readonly version: string;
  readonly distribution: string;
  readonly urgency: string;
  /** One text per change; each becomes a bullet, its lines are wrapped. At least one. */
  readonly changes: readonly string[];
  /** `Name <address>` */
  readonly maintainer: string;
  /** Seconds since 1970; written in UTC. */
  readonly timestamp: number;
  /** A rebuild of the binary packages alone: their source keeps the version of the entry before (deb-changelog(5)). */
  readonly binaryOnly?: boolean;
}

// lintian asks for lines of at most 80 characters.
const width = 78;

/**
 * Writes an entry of debian/changelog, with the empty line that parts it from the next. Changes may be hostile: they are
 * made inert and indented, so that none can look like a heading or a trailer. Throws E_CHANGELOG when another field is not valid.
 */
export function formatChangelogEntry(entry: NewChangelogEntry): string {
  for (const [name, value] of [
    ['maintainer', entry.maintainer],
    ['version', entry.version],
    ['distribution', entry.distribution],
    ['urgency', entry.urgency],
  ] as const) {
    if (/[\u0000-\u001f\u007f-\u009f]/.test(value))
      throw new UserError('E_CHANGELOG', `the ${name} ${shown(value)} holds control characters`);
  }
  const changes = entry.changes.flatMap(bullet);
  if (changes.length === 0) throw new UserError('E_CHANGELOG', 'a changelog entry needs at least one change');
  const heading = `${entry.package} (${entry.version}) ${entry.distribution}; urgency=${entry.urgency}${entry.binaryOnly === true ? ', binary-only=yes' : ''}`;
  const text = `${heading}\n\n${changes.join('\n')}\n\n -- ${entry.maintainer}  ${formatDate(entry.timestamp)}\n\n`;
  parseChangelog(text, 'the new entry');
  return text;
}

function bullet(change: string): readonly string[] {
  const lines = inertText(change).split('\n').flatMap(wrap);
  return lines.map((line, index) => `${index === 0 ? '  * ' : '    '}${line}`);
}

/** Words of any length stay whole; blank lines vanish. */
function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \t]+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > width - 4) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
