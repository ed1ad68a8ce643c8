import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linesOf } from './footers.ts';
import { readTrailers } from './trailers.ts';

/** What git itself finds in a message with this body, as `key: value`. */
function byGit(body: string): readonly string[] {
  const input = `subject\n\n${body}\n`;
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' };
  const shown = execFileSync('git', ['interpret-trailers', '--parse', '--no-divider'], { input, env, encoding: 'utf8' });
  return shown
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const ours = (body: string): readonly string[] => readTrailers(linesOf(body)).map(({ token, text }) => `${token}: ${text}`.trim());

describe('trailers are what git takes for them', () => {
  test.each([
    ['one', 'Text.\n\nSigned-off-by: A <a@example.org>', 1],
    ['several', 'Refs: 1\nAcked-by: Z', 2],
    ['without a blank after the colon', 'Text.\n\nAcked-by:Z', 1],
    ['with blanks before the colon', 'Text.\n\nAcked-by  : Z', 1],
    ['folded', 'Text.\n\nAcked-by: Z\n  and Y\n\tand X', 1],
    ['a quarter of a paragraph that git wrote to', 'a\nb\nc\nSigned-off-by: A <a@example.org>', 1],
    ['after a cherry pick', 'Refs: 1\n(cherry picked from commit 0123456)', 1],
    ['fewer than a quarter', 'a\nb\nc\nd\nSigned-off-by: A <a@example.org>', 0],
    ['prose with a colon', 'We say\nNote: this', 0],
    ['not in the last paragraph', 'Acked-by: Z\n\nText.', 0],
    ['a key with a blank inside', 'Text.\n\nAcked by: Z', 0],
    ['an address', 'Text.\n\nhttps://example.org', 1],
  ])('%s', (_, body, count) => {
    expect(ours(body)).toEqual(byGit(body));
    expect(ours(body)).toHaveLength(count);
  });

  test('whatever lines there are', () => {
    const line = fc.constantFrom(
      '',
      'text',
      'Acked-by: Z',
      'Refs:1',
      ' folded',
      'Signed-off-by: A',
      'a b: c',
      'Key :',
      '(cherry picked from commit 1)',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 9 }), (lines) => {
        const body = lines.join('\n').trim();
        expect(ours(body)).toEqual(byGit(body));
      }),
      { numRuns: 150 },
    );
  });
});
