import { expect, test } from '@jest/globals';
import { userEnvironment } from './build-command.ts';
import { usualPlace } from './build-place.ts';
import { decideVariation, second } from './second-place.ts';

test('a second place differs from the usual one in everything that can be chosen', () => {
  const usual = usualPlace('/build/x-1', 8);
  const other = decideVariation({ parallel: 8, processors: 8, complete: true });
  expect(other.parallel).not.toBe(usual.parallel);
  for (const [name, value] of Object.entries(userEnvironment)) expect([name, other.env[name]]).not.toEqual([name, value]);
  expect(other.env).toMatchObject({ FAKETIME: '+400d', LC_ALL: 'et_EE.UTF-8', TZ: 'GMT+12' });
  expect(second.folder.startsWith('/build')).toBe(false);
  expect(other.varied).toHaveLength(9);
  expect(other.same).toEqual(['kernel']);
});

test('what cannot be varied is told', () => {
  const other = decideVariation({ parallel: 1, processors: 1, complete: false });
  expect(other.parallel).toBe(2);
  expect(other.prefix).toEqual([]);
  expect(other.env).not.toHaveProperty('LD_PRELOAD');
  expect(other.env['LC_ALL']).toBe('C');
  expect(other.same).toEqual(expect.arrayContaining([expect.stringMatching(/^date/), expect.stringMatching(/^processors/)]));
  expect(other.varied.join()).not.toMatch(/date|processors/);
});
