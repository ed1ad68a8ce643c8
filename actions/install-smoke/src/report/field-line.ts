import type { Subject } from '../problem.ts';

/**
 * The line of debian/control, from 1, on which a field of a binary package names the word. The word may have come by a substitution
 * variable: then the line of the field, else that of the package. undefined when the package is not in the file.
 */
export function fieldLine(control: string, subject: Extract<Subject, { kind: 'field' }>): number | undefined {
  const lines = control.split('\n');
  const start = lines.findIndex((line) => fieldOf(line)?.name === 'package' && fieldOf(line)?.value === subject.package);
  if (start < 0) return undefined;
  let begin = start;
  while (begin > 0 && lines[begin - 1]?.trim() !== '') begin -= 1;
  let inField = false;
  let lineOfField: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (index < begin || line.startsWith('#')) continue;
    if (line.trim() === '') break;
    const field = fieldOf(line);
    if (field !== undefined) inField = field.name === subject.field.toLowerCase();
    if (!inField) continue;
    lineOfField ??= index + 1;
    if (names(field === undefined ? line : field.value, subject.word)) return index + 1;
  }
  return lineOfField ?? start + 1;
}

function fieldOf(line: string): { readonly name: string; readonly value: string } | undefined {
  const [, name, value = ''] = /^([!-9;-~]+):(.*)$/.exec(line) ?? [];
  return name === undefined || line.startsWith('#') ? undefined : { name: name.toLowerCase(), value: value.trim() };
}

/** Whole names alone: `libfoo` is not in `libfoo-dev`. */
function names(text: string, word: string): boolean {
  return text
    .split(/[,|]/)
    .map((part) => part.trim().split(/[\s(:[<]/)[0])
    .includes(word);
}
