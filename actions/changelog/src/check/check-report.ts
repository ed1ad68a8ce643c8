import { type Annotation, code, inertLine, inertMarkdown, table } from '@release-kit/action';
import type { ConventionalShare } from './conventional-share.ts';
import type { MessageProblem, MessageSource } from './message-problems.ts';
import type { Preview } from './preview.ts';

const longestExample = 200;

/** What GitHub shows beside the run: where, what is wrong, and what to write. The host makes it inert. */
export function annotationOf(problem: MessageProblem): Annotation {
  const { where, level, line, column } = problem;
  const place = where.kind === 'file' ? { file: where.path, line, ...(column === undefined ? {} : { column }) } : {};
  return { level, title: titleOf(where), message: wordsOf(problem), ...place };
}

/** The problem as the reason why the check failed, with its place in words where no file has it. */
export function reasonOf(problem: MessageProblem): string {
  return problem.where.kind === 'file' ? wordsOf(problem) : `${titleOf(problem.where)}: ${wordsOf(problem)}`;
}

function titleOf(where: MessageSource): string {
  switch (where.kind) {
    case 'title':
      return `title of #${where.number}`;
    case 'commit':
      return `commit ${where.sha.slice(0, 7)}`;
    case 'file':
      return 'commit message';
  }
}

/** GitHub cannot show a place inside of a message, so that it is told in words. */
function wordsOf({ where, subject, line, column, text, example }: MessageProblem): string {
  const copy = example === undefined ? '' : ` For example: ${inertLine(example.slice(0, longestExample))}`;
  if (where.kind === 'file') return `${text}.${copy}`;
  const at = [...(where.kind === 'commit' ? [`line ${line}`] : []), ...(column === undefined ? [] : [`column ${column}`])];
  return `${[JSON.stringify(inertLine(subject.slice(0, 100))), ...at].join(', ')}: ${text}.${copy}`;
}

export interface CheckStory {
  readonly what: string;
  readonly problems: readonly MessageProblem[];
  /** How many messages were looked at. */
  readonly checked: number;
  /** Why commits were not looked at; undefined when all were. */
  readonly missing: string | undefined;
  readonly share: ConventionalShare;
  /** Whether the habit of the project says that nothing is to be told. */
  readonly isQuiet: boolean;
  readonly preview: Preview | undefined;
}

/** The page of the check: problems first, then what the next release will be. GitHub Markdown. */
export function checkSummary({ what, problems, checked, missing, share, isQuiet, preview }: CheckStory): string {
  const messages = `${checked} ${checked === 1 ? 'message' : 'messages'}`;
  const verdict = isQuiet
    ? `Nothing is checked: of the newest ${share.counted} commits, ${share.conventional} are conventional.`
    : problems.length === 0
      ? `No problems in ${messages}.`
      : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${messages}.`;
  return [
    `# ${what}`,
    '',
    verdict,
    ...(missing === undefined ? [] : ['', `Not everything was checked: ${inertMarkdown(missing)}.`]),
    ...table(['Where', 'Level', 'Problem', 'For example'], problems, rowOf, { rows: 100, bytes: 200_000 }, 'problems'),
    ...(preview === undefined ? [] : ['', ...previewLines(preview)]),
    '',
  ].join('\n');
}

function rowOf({ where, level, line, column, text, example, subject }: MessageProblem): readonly string[] {
  const at = `${line}${column === undefined ? '' : `:${column}`}`;
  const place = where.kind === 'title' ? 'title' : where.kind === 'file' ? `line ${at}` : `${code(where.sha.slice(0, 7))} line ${at}`;
  return [`${place} ${code(subject)}`, level, text.replaceAll('|', '\\|'), example === undefined ? '' : code(example)];
}

function previewLines(preview: Preview): readonly string[] {
  if (preview.kind === 'unknown') return ['## Next release', '', `It cannot be told here: ${inertMarkdown(preview.reason)}.`];
  const { version, bump, before, notes } = preview;
  const grown =
    before === version ? ', with or without this change' : before === undefined ? '' : `; without this change it would be ${before}`;
  const next = bump === 'none' ? 'Nothing asks for a release yet.' : `The next release is **${version}** (${bump})${grown}.`;
  return ['## Next release', '', next, ...(notes === '' ? [] : ['', '### What its notes say of this change', '', notes.trim()])];
}
