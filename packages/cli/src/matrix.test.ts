import { expect, test } from '@jest/globals';
import { readMatrix } from './matrix.ts';

const job = { package: 'x', path: '.', distribution: 'debian:12', architecture: 'amd64', strategy: 'auto' };

test('the jobs of a matrix are read in their order', () => {
  const jobs = [
    { ...job, 'build-all': true, name: 'x-debian-12-amd64' },
    { ...job, architecture: 'arm64', 'build-all': false },
  ];
  expect(readMatrix(JSON.stringify({ include: jobs }))).toEqual([
    { ...job, buildAll: true },
    { ...job, architecture: 'arm64', buildAll: false },
  ]);
});

test.each([
  '{}',
  '[]',
  'null',
  '{"include":{}}',
  '{"include":[null]}',
  '{"include":[{"distribution":"debian:12"}]}',
  JSON.stringify({ include: [job] }),
])('%s is no matrix', (text) => {
  expect(() => readMatrix(text)).toThrow(TypeError);
});
