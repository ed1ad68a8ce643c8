import { expect, test } from '@jest/globals';
import { parsePlan } from './install-plan.ts';

test('what is no plan is refused', () => {
  expect(parsePlan('{"dependencies":["a"],"removed":[]}')).toEqual({ dependencies: ['a'], removed: [] });
  for (const text of ['', 'null', '{}', '{"dependencies":[1],"removed":[]}', '{"dependencies":[],"removed":"a"}'])
    expect(() => parsePlan(text)).toThrowWithCode('E_MACHINE');
});
