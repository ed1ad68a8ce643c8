import { stripTypeScriptTypes } from 'node:module';

/**
 * Lines of a TypeScript module that hold code which can run, counted from 1. V8 counts every line of a file, so a file
 * of types would be all uncovered and a comment inside a function covered: neither says anything about tests.
 */
export function codeLines(source: string): ReadonlySet<number> {
  const lines = new Set<number>();
  let comment = false;
  for (const [index, line] of stripTypeScriptTypes(source, { mode: 'strip' }).split('\n').entries()) {
    const text = line.trim();
    if (!comment && text.startsWith('/*')) comment = true;
    if (!comment && text !== '' && !text.startsWith('//') && !/^[\s;{}()[\],]*$/.test(text)) lines.add(index + 1);
    if (comment && text.includes('*/')) comment = false;
  }
  return lines;
}
