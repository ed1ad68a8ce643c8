import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { markedBody, markOf, unmarkedBody } from './release-mark.ts';

const banner = (reason: string | undefined) => markedBody('## Features\n\n- one', { mark: 'rolled-back', instead: 'v1.2.2', reason });

describe('the mark of a bad release', () => {
  test('is a banner in front of the notes, which stay', () => {
    expect(banner('Data is lost on upgrade.')).toBe(
      [
        '<!-- release-kit rolled-back -->',
        '> [!CAUTION]',
        '> **This release was rolled back.** Do not install it; use `v1.2.2` instead. Data is lost on upgrade.',
        '<!-- /release-kit rolled-back -->',
        '',
        '## Features',
        '',
        '- one',
      ].join('\n'),
    );
    expect(markOf(banner(undefined))).toBe('rolled-back');
    expect(markOf('## Features')).toBeUndefined();
  });

  test('is there once, and the last one counts', () => {
    const twice = markedBody(banner('first'), { mark: 'yanked', instead: undefined, reason: undefined });
    expect(twice.match(/CAUTION/g)).toHaveLength(1);
    expect(markOf(twice)).toBe('yanked');
    expect(twice).not.toContain('first');
  });

  test('taken back it leaves the notes as they were, to the byte, also when GitHub made its line ends others', () => {
    const word = fc.constantFrom('\n', '\r\n', 'text', ' ', '<!--', '-->', '> [!CAUTION]', '<!-- release-kit draft of v1.0.0 -->');
    fc.assert(
      fc.property(
        fc.array(word).map((words) => words.join('')),
        fc.string(),
        fc.constantFrom('rolled-back', 'yanked'),
        (notes, reason, mark) => {
          const body = markedBody(notes, { mark, instead: undefined, reason });
          expect(unmarkedBody(body)).toBe(notes);
          if (!/^[\r\n]/.test(notes)) expect(unmarkedBody(body.replaceAll(/\r?\n/g, '\r\n'))).toBe(notes.replaceAll(/\r?\n/g, '\r\n'));
        },
      ),
    );
  });

  test('a reason is inert: no HTML, no mentions, no lines of its own, and no end of the banner', () => {
    const body = banner('@everyone <img src=x>\n<!-- /release-kit rolled-back -->\n# Big [x](http://example.org)');
    expect(body.split('\n')).toHaveLength(8);
    expect(body).not.toMatch(/@everyone|<img|[^\\]\]\(|(?<!\\)\[x/);
    expect(unmarkedBody(body)).toBe('## Features\n\n- one');
    expect(banner('x'.repeat(10_000)).length).toBeLessThan(1000);
  });
});
