import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from './verdict.ts';

const file = join(import.meta.dirname, '../../fixtures/smoke-gallery.json');

/** The reviewed verdicts, by name of the broken package. Only this repository writes them, so they are not checked field by field. */
export function goldenVerdicts(): ReadonlyMap<string, Verdict> {
  return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8'))));
}

/** Puts new verdicts among the reviewed ones: to be read before they are committed. */
export function keepVerdicts(found: ReadonlyMap<string, Verdict>): void {
  writeFileSync(file, verdictsText(new Map([...goldenVerdicts(), ...found])));
}

/** Sorted, and one problem a line, so that changes can be read. */
export function verdictsText(verdicts: ReadonlyMap<string, Verdict>): string {
  const entries = [...verdicts].sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = entries.map(([name, { problems, ...head }]) => {
    const lines = problems.map((problem) => `    ${JSON.stringify(problem)}`);
    const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
    return `  ${JSON.stringify(name)}: ${JSON.stringify(head).slice(0, -1)}, "problems": ${list}}`;
  });
  return `{\n${texts.join(',\n')}\n}\n`;
}
