import { expect, test } from '@jest/globals';
import { fulfils, parseRelations } from './relation.ts';

test('a relationship field is read by members and alternatives, in all the forms of Policy 7.1', () => {
  expect(parseRelations('libc6 (>= 2.34),  default-mta | mail-transport-agent,\n python3:any, old (< 2), b(=1:2~rc1-3)')).toEqual([
    { text: 'libc6 (>= 2.34)', targets: [{ name: 'libc6', constraint: { operator: '>=', version: '2.34' } }] },
    {
      text: 'default-mta | mail-transport-agent',
      targets: [
        { name: 'default-mta', constraint: undefined },
        { name: 'mail-transport-agent', constraint: undefined },
      ],
    },
    { text: 'python3:any', targets: [{ name: 'python3', constraint: undefined }] },
    { text: 'old (< 2)', targets: [{ name: 'old', constraint: { operator: '<=', version: '2' } }] },
    { text: 'b(=1:2~rc1-3)', targets: [{ name: 'b', constraint: { operator: '=', version: '1:2~rc1-3' } }] },
  ]);
});

test('what is no relation is left out', () => {
  expect(parseRelations(undefined)).toEqual([]);
  expect(parseRelations('')).toEqual([]);
  expect(parseRelations('UPPER, a b c, ok (~= 2), $(touch x), fine')).toEqual([
    { text: 'fine', targets: [{ name: 'fine', constraint: undefined }] },
  ]);
});

test.each([
  ['1.0', 'a (<< 1.0)', false],
  ['1.0~rc1', 'a (<< 1.0)', true],
  ['1.0', 'a (<= 1.0)', true],
  ['1.0', 'a (= 1.0)', true],
  ['1.0-1', 'a (= 1.0)', false],
  ['1:0.1', 'a (>= 2)', true],
  ['2', 'a (>> 2)', false],
  ['not a version', 'a (>= 0)', false],
  ['not a version', 'a', true],
])('version %s for %s: %s', (version, relation, good) => {
  expect(parseRelations(relation).map(({ targets }) => targets.every((target) => fulfils(version, target)))).toEqual([good]);
});
