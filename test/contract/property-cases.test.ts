import { expect, test } from '@jest/globals';
import fc from 'fast-check';

const { CI: ci, RELEASE_KIT_SEED: named } = process.env;

test('in CI properties draw the same cases each time, and those of a seed that is named', () => {
  const { seed } = fc.readConfigureGlobal();
  if (named !== undefined) expect(seed).toBe(Number(named));
  else expect(seed).toBe(ci === 'true' ? 1 : undefined);
});
