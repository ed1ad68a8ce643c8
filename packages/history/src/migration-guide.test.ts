import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { migrationGuide } from './migration-guide.ts';
import { defaultStyle } from './notes-style.ts';
import type { Release } from './release.ts';
import { commitOf, linkedStyle, sampleRelease } from './sample-release.test-support.ts';

const breaks = (digit: string, text: string) => commitOf(digit, `feat(x)!: ${text}`, { body: `BREAKING CHANGE: do ${text}` });
const release = (version: string, ...commits: Release['commits']): Release => ({ ...sampleRelease, version, name: `v${version}`, commits });
const guide = (releases: readonly Release[], from: string, to: string): string => migrationGuide(releases, { from, to }, defaultStyle);
const stepsIn = (text: string): readonly string[] => [...text.matchAll(/^##+ (.*)$/gm)].map(([, title]) => title ?? '');

test('a guide says what to do in the order of the versions', () => {
  const third = release('3.0.0', breaks('8', 'third'), commitOf('9', 'feat: harmless'));
  const text = migrationGuide([third, sampleRelease, release('1.4.0', breaks('7', 'before'))], { from: '1.4', to: '3.0' }, linkedStyle);
  expect(text).toBe(readFileSync(join(import.meta.dirname, 'fixtures/migration-guide.md'), 'utf8'));
});

describe('the range', () => {
  const all = ['1.0.0', '1.1.0', '2.0.0-rc.1', '2.0.0', '2.1.0-rc.1', '10.0.0'].map((version, index) =>
    release(version, breaks(`${index}`, version)),
  );
  test.each([
    ['1.0.0', '2.0.0', ['1.1.0', 'x: 1\\.1.0', '2.0.0', 'x: 2\\.0.0']],
    ['2.0.0', '9', ['2.1.0-rc.1', 'x: 2\\.1.0-rc.1']],
    ['9', '10', ['10.0.0', 'x: 10\\.0.0']],
    ['10', '11', []],
  ])('from %s to %s has what is newer than the first, up to the second', (from, to, steps) => {
    expect(stepsIn(guide(all, from, to))).toEqual(steps);
  });

  test.each([
    ['2.0.0', '1.0.0'],
    ['1.0.0', '1.0.0'],
    ['one', '2.0.0'],
    ['1.0.0', '2.0.0; x'],
  ])('from %s to %s is none', (from, to) => {
    expect(() => guide(all, from, to)).toThrowWithCode('E_INPUT');
  });
});

test('a commit of several releases is told once, at the first of them', () => {
  const commit = breaks('5', 'one');
  expect(stepsIn(guide([release('3.0.0', commit), release('2.0.0', commit)], '1.0.0', '3.0.0'))).toEqual(['2.0.0', 'x: one']);
});

test('what was written about a change stays in paragraphs, and is inert', () => {
  const commit = commitOf('5', 'feat!: gone', { body: 'BREAKING CHANGE: first <b>\n- not a list\n\n# no heading @all\n\n```\nno code' });
  const text = guide([release('2.0.0', commit)], '1.0.0', '2.0.0');
  expect(text).toContain('\nfirst &lt;b&gt; - not a list\n\n\\# no heading @\u200ball\n\n\\`\\`\\` no code\n');
});

test('a change without words about it says so', () => {
  expect(guide([release('2.0.0', commitOf('5', 'feat!: gone'))], '1.0.0', '2.0.0')).toContain('written nothing about what to do');
});
