import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowName } from './choices.ts';

/** The command line is started from a checkout of release-kit, which holds the examples that init writes. */
const examples = join(import.meta.dirname, '../../../../examples/workflows');

/** The example that a workflow of a repository is made from. */
export const readTemplate = (name: WorkflowName): Promise<string> => readFile(join(examples, `${name}.yml`), 'utf8');
