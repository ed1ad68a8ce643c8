import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import fc from 'fast-check';
import { reproduceCommand, shellWord } from './reproduce-command.ts';

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

test('bash reads every word as it was', async () => {
  await using host = await recordingHost();
  const words = fc.sample(
    fc.string({ unit: 'binary', maxLength: 20 }).filter((word) => !/[\u0000\p{Cs}]/u.test(word)),
    60,
  );
  // printf ends each with a byte that no word may hold.
  const script = words.map((word) => `printf '%s\\0' ${shellWord(word)}`).join('\n');
  const { stdout } = await host.exec(['bash', '-c', script]);
  expect(stdout.split('\0').slice(0, -1)).toEqual(words);
});
