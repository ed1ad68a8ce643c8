import { describe, expect, test } from '@jest/globals';
import { parseDistribution } from '@release-kit/debian';
import { compressorFor, targetSystem } from './target-system.ts';

const of = (name: string) => targetSystem(parseDistribution(name));

test('only Debian 11 cannot read Zstandard', () => {
  expect(['debian:11', 'debian:12', 'debian:sid', 'ubuntu:22.04', 'ubuntu:26.04'].map((name) => of(name).readsZstd)).toEqual([
    false,
    true,
    true,
    true,
    true,
  ]);
});

describe('the compressor is', () => {
  test.each([
    ['ubuntu:24.04', 'debian:11', 'xz'],
    ['ubuntu:24.04', 'ubuntu:22.04', undefined],
    ['debian:12', 'debian:11', undefined],
    ['debian:12', 'debian:12', undefined],
  ])('built on %s for %s: %s', (distribution, target, expected) => {
    expect(compressorFor(parseDistribution(distribution), of(target))).toBe(expected);
  });
});
