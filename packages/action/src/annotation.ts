import type { Annotation, AnnotationLevel } from './host.ts';
import { inertLine, inertText } from './inert.ts';

/** The runner cuts a message here without a word (actions/runner, ActionCommandManager). */
export const maxMessageCharacters = 4096;
/** The runner shows this many of each level per step and drops the rest. */
export const maxPerLevel = 10;

/** Inert, and cut to what the runner keeps; the cut is said in the text. */
export function fitAnnotation(annotation: Annotation): Annotation {
  const message = cut(inertText(annotation.message), maxMessageCharacters);
  const { title, file } = annotation;
  return {
    ...annotation,
    message,
    ...(title === undefined ? {} : { title: cut(inertLine(title), 255) }),
    ...(file === undefined ? {} : { file }),
  };
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const note = ` … (cut: ${text.length} characters)`;
  return text.slice(0, max - note.length).replace(/[\ud800-\udbff]$/, '') + note;
}

/** Counts annotations, so that what the runner would drop is counted and said instead. */
export class AnnotationBudget {
  readonly #used = new Map<AnnotationLevel, number>();

  /** True while the level has room. */
  take(level: AnnotationLevel): boolean {
    const used = (this.#used.get(level) ?? 0) + 1;
    this.#used.set(level, used);
    return used <= maxPerLevel;
  }

  /** One sentence per level that overflowed. */
  overflow(): string[] {
    return [...this.#used]
      .filter(([, used]) => used > maxPerLevel)
      .map(
        ([level, used]) =>
          `${used - maxPerLevel} more ${level} annotations are not shown: GitHub shows ${maxPerLevel} of each level per step.`,
      );
  }
}
