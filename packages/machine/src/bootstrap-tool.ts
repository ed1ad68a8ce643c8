import { readFile } from 'node:fs/promises';
import type { Host } from '@release-kit/action';
import { findProgram } from './host-needs.ts';

/**
 * `mmdebstrap 1.3.5`: what makes the base systems is part of their key. Read from the program's own text, a hundred times faster than
 * asking it, which it is where that says nothing. E_TOOL_MISSING without it.
 */
export async function bootstrapTool(host: Host): Promise<string> {
  const program = await findProgram('mmdebstrap', process.env['PATH']);
  const text = program === undefined ? '' : await readFile(program, 'utf8');
  const told = versionIn(text);
  if (told !== undefined) return `mmdebstrap ${told}`;
  return (await host.exec(['mmdebstrap', '--version'], { cwd: '/' })).stdout.trim();
}

/** The version that a Perl program declares; undefined when it does not. */
export function versionIn(program: string): string | undefined {
  return /^our \$VERSION = '([0-9][0-9A-Za-z.~+-]*)';$/m.exec(program)?.[1];
}
