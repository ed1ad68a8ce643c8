/**
 * Before each test: which cases properties draw. In CI always the same ones, so that nobody's change is refused for a case that it has nothing to do with; each night
 * others, and on one's own machine each time. `RELEASE_KIT_SEED` names them, `RELEASE_KIT_CASES` how many, for properties that do not say so themselves.
 */
import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { drawsCases } from '../../scripts/testing/drawn-cases.ts';

const { CI: ci, RELEASE_KIT_SEED: named, RELEASE_KIT_CASES: cases } = process.env;
const seed = named ?? (ci === 'true' ? '1' : undefined);
const { testPath = '' } = expect.getState();
if ((seed ?? cases) !== undefined && drawsCases(readFileSync(testPath, 'utf8'))) {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(cases === undefined ? {} : { numRuns: Number(cases) }),
  });
}
