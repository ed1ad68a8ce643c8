import { expect, test } from '@jest/globals';
import { readMatrix } from './matrix.ts';

test('the jobs of a matrix are read in their order', () => {
  expect(
    readMatrix(
      '{"include":[{"path":".","distribution":"debian:12","architecture":"amd64","name":"x"},{"path":"b","distribution":"debian:13","architecture":"arm64"}]}',
    ),
  ).toEqual([
    { path: '.', distribution: 'debian:12', architecture: 'amd64' },
    { path: 'b', distribution: 'debian:13', architecture: 'arm64' },
  ]);
});

test.each(['{}', '[]', 'null', '{"include":{}}', '{"include":[null]}', '{"include":[{"distribution":"debian:12"}]}'])(
  '%s is no matrix',
  (text) => {
    expect(() => readMatrix(text)).toThrow(TypeError);
  },
);
