import { describe, expect, test } from '@jest/globals';
import { reproduceCommand } from './reproduce-command.ts';

const facts = { source: 'packages/x', architecture: 'arm64', distribution: 'debian:12', strategy: 'emulate' } as const;

describe('reproduceCommand', () => {
  test('names the same parameters', () => {
    expect(reproduceCommand(facts)).toBe('scripts/build-local.sh --arch=arm64 --distribution=debian:12 --strategy=emulate packages/x');
  });

  test.each([
    ['', '.'],
    ['-rf', './-rf'],
    ['a b', "'a b'"],
    ["it's", `'it'\\''s'`],
    ['$(id)', "'$(id)'"],
    ['~root', "'~root'"],
    ['x\n::error::y', "$'x\\x0a::error::y'"],
    ['\u202egnp.c', "$'\\u202egnp.c'"],
  ])('quotes the folder %j', (source, shown) => {
    expect(reproduceCommand({ ...facts, source }).endsWith(` ${shown}`)).toBe(true);
  });
});
