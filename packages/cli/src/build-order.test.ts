import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildOrder } from './build-order.ts';

const one = (name: string, needs: readonly string[] = [], makes: readonly string[] = [name, `${name}-dev`]) => ({ name, needs, makes });
const namesOf = (packages: Parameters<typeof buildOrder>[0]) =>
  buildOrder(packages).map((entry) => [entry.package.name, entry.after.map(({ name }) => name).join(' ')]);

test('packages that do not need each other stay in their order', () => {
  expect(namesOf([one('b'), one('a', ['debhelper'])])).toEqual([
    ['b', ''],
    ['a', ''],
  ]);
});

test('a package comes after those it needs, and knows what they need as well', () => {
  expect(namesOf([one('app', ['libb-dev']), one('liba'), one('libb', ['liba-dev'])])).toEqual([
    ['liba', ''],
    ['libb', 'liba'],
    ['app', 'liba libb'],
  ]);
});

test('a package that is built with its own earlier version needs no other', () => {
  expect(namesOf([one('gcc', ['gcc-dev'])])).toEqual([['gcc', '']]);
});

test('a circle is named, package by package', () => {
  expect(() => buildOrder([one('a', ['b-dev']), one('b', ['c']), one('c', ['a-dev'])])).toThrowWithCode(
    'E_BUILD_DEPENDS',
    /a is built with b-dev of b, b is built with c of c, c is built with a-dev of a$/,
  );
});

test('whatever the needs, each package comes once, after all it needs', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const packages = fc.tuple(...names.map((_, index) => fc.subarray(names.slice(0, index)))).chain((needs) =>
    fc.shuffledSubarray(
      names.map((name, index) => one(name, needs[index] ?? [], [name])),
      { minLength: names.length },
    ),
  );
  fc.assert(
    fc.property(packages, (given) => {
      const ordered = buildOrder(given);
      expect(ordered.map((entry) => entry.package.name).sort()).toEqual(names);
      for (const [index, entry] of ordered.entries()) {
        const before = ordered.slice(0, index).map((earlier) => earlier.package.name);
        for (const need of entry.package.needs) expect(before).toContain(need);
        for (const need of entry.package.needs) expect(entry.after.map(({ name }) => name)).toContain(need);
      }
    }),
  );
});
