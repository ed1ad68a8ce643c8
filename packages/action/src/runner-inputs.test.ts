import { expect, test } from '@jest/globals';
import { runProbe } from './testing/runner-probe.ts';

test('inputs come from INPUT_ variables; a misspelt one is an error, also when it is all that is given', async () => {
  const good = await runProbe(`return { first: inputs.word, secondOne: '' }`, { INPUT_WORD: ' hello\n' });
  expect(good.outputs.get('first')).toBe('hello');
  const bad = await runProbe(`return {}`, { INPUT_WORT: 'x' });
  expect(bad.exitCode).toBe(2);
  expect(bad.stdout).toMatch(/E_INPUT::input wort is not an input of probe; did you mean word\?/);
});

test('inputs of an outer action, as act hands them on, are no error', async () => {
  expect((await runProbe(`return { first: '', secondOne: '' }`, { INPUT_OUTER: 'x', ACT: 'true' })).exitCode).toBe(0);
});
