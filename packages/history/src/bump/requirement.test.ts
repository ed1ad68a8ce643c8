import { expect, test } from '@jest/globals';
import { follow } from './requirement.ts';

test.each<[string, '' | '^', string]>([
  ['1.2.0', '', '1.3.0'],
  ['^1.2.0', '', '^1.3.0'],
  ['~1.2.0', '', '~1.3.0'],
  ['>=1.2.0', '', '>=1.3.0'],
  ['= 1.2.0', '^', '= 1.3.0'],
  ['workspace:^1.2.0', '', 'workspace:^1.3.0'],
  ['1.2.0-rc.1', '', '1.3.0'],
  ['0.2', '^', '1.3.0'],
  ['~1.2', '', '~1.3.0'],
])('%s (bare: %j) becomes %s', (requirement, bare, expected) => {
  const followed = follow(requirement, '1.3.0', bare);
  expect(followed).toMatchObject({ outcome: 'changes' });
  if (followed.outcome === 'changes')
    expect(requirement.slice(0, followed.start) + followed.text + requirement.slice(followed.end)).toBe(expected);
});

test.each<[string, '' | '^']>([
  ['1.2', '^'],
  ['1', '^'],
  ['1', ''],
  ['^1.2', ''],
  ['>=1.0', ''],
  ['*', ''],
  ['1.x', ''],
  ['workspace:*', ''],
  ['workspace:^', ''],
  ['file:../a', ''],
  ['latest', ''],
  ['>=1.2, <2', '^'],
  ['1.3.0', ''],
])('%s (bare: %j) admits the new version and stays', (requirement, bare) => {
  expect(follow(requirement, '1.3.0', bare)).toEqual({ outcome: 'fits' });
});

test.each<[string, '' | '^']>([
  ['1.2.x', ''],
  ['>=1.0 <1.3', ''],
  ['1.2 || 1.1', ''],
  ['>=1.0, <1.3', '^'],
])('%s is for people to decide', (requirement, bare) => {
  expect(follow(requirement, '1.3.0', bare)).toEqual({ outcome: 'unclear' });
});
