import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { recordingHost } from './recording-host.ts';
import { shellWord } from './shell-word.ts';
import { anyCharacter } from './testing/any-character.ts';

test('bash reads every word as it was', async () => {
  await using host = await recordingHost();
  const random = fc.sample(
    fc.string({ unit: anyCharacter, maxLength: 20 }).filter((word) => !/[\u0000\p{Cs}]/u.test(word)),
    60,
  );
  const words = ['', '~root', '$(id)', '$HOME', '`id`', "it's", 'a b', 'a\\nb', '-rf', 'x;y', ...random];
  // printf ends each with a byte that no word may hold.
  const script = words.map((word) => `printf '%s\\0' ${shellWord(word)}`).join('\n');
  const { stdout } = await host.exec(['bash', '-c', script]);
  expect(stdout.split('\0').slice(0, -1)).toEqual(words);
});
