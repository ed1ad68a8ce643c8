import { expect, test } from '@jest/globals';
import { parsePlan } from './install-plan.ts';

test('what is no plan is refused', () => {
  expect(parsePlan('{"dependencies":["a"],"removed":[],"absent":[]}')).toEqual({ dependencies: ['a'], removed: [], absent: [] });
  for (const text of ['', 'null', '{}', '{"dependencies":[1],"removed":[],"absent":[]}', '{"dependencies":[],"removed":[]}'])
    expect(() => parsePlan(text)).toThrowWithCode('E_MACHINE');
});
