import { isAbsolute, relative } from 'node:path';
import type { Annotation, AnnotationLevel } from './host.ts';
import { inertLine, inertText } from './inert.ts';

/** The runner cuts a message here without a word (actions/runner, ActionCommandManager). */
export const maxMessageCharacters = 4096;
/** The runner shows this many of each level per step and drops the rest. */
export const maxPerLevel = 10;
const maxTitleCharacters = 255;

/**
 * Inert, and cut to what the runner keeps; the cut is said in the text. The file is made relative to the workspace; a
 * place outside of it goes into the message, since GitHub could only show it on a foreign file. Redact before: a cut
 * may leave half of a secret.
 */
export function fitAnnotation(annotation: Annotation, workspace?: string): Annotation {
  const { level, title } = annotation;
  const place = placeOf(annotation, workspace);
  const prefix =
    annotation.file !== undefined && place.file === undefined
      ? `${inertLine(annotation.file)}${annotation.line === undefined ? '' : `:${annotation.line}`}: `
      : '';
  const message = cut(prefix + inertText(annotation.message), maxMessageCharacters);
  return { level, message, ...(title === undefined ? {} : { title: cut(inertLine(title), maxTitleCharacters) }), ...place };
}

type AnnotationPlace = Pick<Annotation, 'file' | 'line' | 'endLine' | 'column'>;

function placeOf({ file, line, endLine, column }: Annotation, workspace: string | undefined): AnnotationPlace {
  if (file === undefined) return {};
  const path = isAbsolute(file) && workspace !== undefined ? relative(workspace, file) : file;
  if (path === '' || isAbsolute(path) || path.split('/').includes('..')) return {};
  const named = { file: inertLine(path) };
  if (!isCount(line)) return named;
  if (isCount(endLine) && endLine > line) return { ...named, line, endLine };
  // The runner shows no column when the lines differ.
  return { ...named, line, ...(endLine === undefined ? {} : { endLine: line }), ...(isCount(column) ? { column } : {}) };
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 1;
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const note = ` … (cut: ${text.length} characters)`;
  return text.slice(0, max - note.length).replace(/[\ud800-\udbff]$/, '') + note;
}

/** Counts annotations, so that what the runner would drop is counted and said instead. */
export class AnnotationBudget {
  readonly #used = new Map<AnnotationLevel, number>();

  /** True while the level has room. One error is kept back for the reason why the step failed. */
  take(level: AnnotationLevel): boolean {
    const used = (this.#used.get(level) ?? 0) + 1;
    this.#used.set(level, used);
    return used <= roomOf(level);
  }

  /** One sentence per level that overflowed. */
  overflow(): string[] {
    return [...this.#used]
      .filter(([level, used]) => used > roomOf(level))
      .map(
        ([level, used]) =>
          `${used - roomOf(level)} more of level ${level} are only in this log: GitHub shows at most ${maxPerLevel} annotations of a level per step.`,
      );
  }
}

function roomOf(level: AnnotationLevel): number {
  return level === 'error' ? maxPerLevel - 1 : maxPerLevel;
}
