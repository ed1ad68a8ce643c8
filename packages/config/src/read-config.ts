import { UserError } from '@release-kit/action/errors';
import type { Config } from './config.ts';
import { effectiveConfig } from './effective.ts';
import type { RawConfig } from './raw-config.ts';
import { dottedPath, type Problem, schemaProblems } from './schema-problems.ts';
import { readYamlTree } from './yaml-tree.ts';

const maxProblemsShown = 5;

/** Reads the text of a configuration. `file` is the name for messages. Throws E_CONFIG or E_PATH with line and column. */
export function parseConfig(text: string, file: string): Config {
  const read = readYamlTree(text, file);
  // A file that holds only comments says nothing, which is what the defaults are for.
  const tree = read.value === null ? { ...read, value: {} } : read;
  const problems = schemaProblems(tree);
  const [first, ...more] = problems;
  if (first !== undefined) throw new UserError('E_CONFIG', `${first.text}${others(more)}`, { place: { file, ...first.spot } });
  const spots = new Map([...tree.values].map(([pointer, spot]) => [dottedPath(pointer), spot]));
  return effectiveConfig(tree.value as RawConfig, (path) => {
    const spot = spots.get(path);
    return spot && { file, ...spot };
  });
}

function others(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const listed = problems.slice(0, maxProblemsShown).map(({ spot, text }) => `line ${spot.line}: ${text}`);
  const rest = problems.length - listed.length;
  return ` (and ${problems.length} more: ${listed.join('; ')}${rest > 0 ? `; … ${rest} not shown` : ''})`;
}
