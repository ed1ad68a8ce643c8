import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codeBlock, codeSpan, inertLine, inertMarkdown, inertText } from './inert.ts';
import { anyCharacter } from './testing/any-character.ts';

/** What the runner obeys (actions/runner, ActionCommand.cs); .NET trims all Unicode white space. */
const isObeyed = (line: string): boolean => /^\s*::/.test(line) || line.includes('##[');

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '::',
        ':',
        '##[',
        '#',
        '##',
        '[',
        ' ',
        '\t',
        '\u00a0',
        '\u3000',
        '\u2003',
        '\u0085',
        '\r',
        '\n',
        '\r\n',
        '\u001b[31m',
        '\u202e',
        '\u200b',
        '\ud800',
        '\udc00',
        '|',
        '`',
        '\\',
      ),
      fc.string({ unit: anyCharacter }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('what reaches the log', () => {
  test.each([
    ['::error::x', '\\::error::x'],
    ['  \t::set-output name=a::b', '  \t\\::set-output name=a::b'],
    ['\u00a0::error::x', '\u00a0\\::error::x'],
    ['\u3000\u2003::error::x', '\u3000\u2003\\::error::x'],
    ['a ##[add-mask]b ###[x]', 'a #\\#[add-mask]b ##\\#[x]'],
    ['a::b', 'a::b'],
    ['\u001b[31mred\u0007\b', '\\x1b[31mred\\x07\\x08'],
    ['\u009b31m', '\\x9b31m'],
    ['a\rb', 'a\\x0db'],
    ['left\u202eright', 'left\\u{202e}right'],
    ['a\u200bb\ufeff\u00ad', 'a\\u{200b}b\\u{feff}\\xad'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
    ['lone \ud800 half', 'lone \\u{d800} half'],
    ['grüß 漢字 😀\ttab', 'grüß 漢字 😀\ttab'],
    ['one\ntwo', 'one\\ntwo'],
  ])('%j is shown as %j', (text, shown) => {
    expect(inertLine(text)).toBe(shown);
  });

  test('every line of several is inert, CR LF is one line end', () => {
    expect(inertText('a\r\n::error::b\n \n:: c')).toBe('a\n\\::error::b\n \n\\:: c');
  });

  test('no text is obeyed by a runner or a terminal, and twice is the same as once', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = inertText(text);
        expect(shown.split(/[\n\r\u0085\u2028\u2029]/).some(isObeyed)).toBe(false);
        expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(inertText(shown)).toBe(shown);
        expect(inertLine(text)).not.toContain('\n');
        expect(shown.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('time is linear in the text', () => {
    const cost = (length: number): number => {
      const text = ' :'.repeat(length / 2);
      const start = process.cpuUsage();
      for (let round = 0; round < 5; round += 1) inertText(text);
      return process.cpuUsage(start).user;
    };
    cost(100_000);
    expect(cost(800_000)).toBeLessThan(Math.max(cost(100_000), 20_000) * 8 * 3);
    inertText(' '.repeat(1_000_000));
    inertMarkdown(' '.repeat(1_000_000));
  });
});

describe('what reaches Markdown', () => {
  test.each([
    ['<img src=x onerror=y> & </details>', '&lt;img src=x onerror=y&gt; &amp; &lt;/details&gt;'],
    ['[x](javascript:alert)', '\\[x\\](javascript:alert)'],
    ['@everyone', '@\u200beveryone'],
    ['fixes #12, GH-3', 'fixes #\u200b12, GH-\u200b3'],
    ['see https://x.example www.y.example', 'see https\u200b://x.example www\u200b.y.example'],
    ['12https://x.example _www.y.example', '12https\u200b://x.example \\_www\u200b.y.example'],
    ['a|b *c* _d_ `e` ~f~ $g$', 'a\\|b \\*c\\* \\_d\\_ `e` \\~f\\~ \\$g\\$'],
    ['- item', '\\- item'],
    ['12. item', '12\\. item'],
    ['12) item', '12\\) item'],
    ['# item', '\\# item'],
    ['## item', '\\## item'],
    ['#tag', '#tag'],
    ['(x)', '\\(x)'],
    ['f(a_b_c, _d, e_)!', 'f(a_b_c, \\_d, e\\_)\\!'],
    ['C# is fun! ![x](y)', 'C# is fun! !\\[x\\](y)'],
    ['a `b_c[0] @d #1` `e', 'a `b_c[0] @d #1` \\`e'],
    ['`<b>` ``x`` `|`', '<code>&lt;b&gt;</code> \\`\\`x\\`\\` <code>\\|</code>'],
    ['two\nlines', 'two\\\\nlines'],
  ])('%j becomes %j', (text, markdown) => {
    expect(inertMarkdown(text)).toBe(markdown);
  });

  test('is the same whether or not anything beside it has to be looked at', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aAwW.hHgG-1 /"\'?%,:@#_()!;=+') });
    const words = fc
      .array(fc.constantFrom('www.', 'GH-1', 'a', ' ', '12. ', '- ', 'https://x', 'mailto:', 'ftp.', '::', '.'), { maxLength: 6 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(letters, words), (text) => {
        expect(inertMarkdown(`${text}a *`)).toBe(`${inertMarkdown(`${text}a`)} \\*`);
      }),
      { numRuns: 2000 },
    );
  });

  test('a code span is closed by nothing inside it', () => {
    expect(codeSpan('plain')).toBe('`plain`');
    expect(codeSpan('a`b``c')).toBe('```a`b``c```');
    expect(codeSpan('`x')).toBe('`` `x ``');
    expect(codeSpan(' x ')).toBe('`  x  `');
    expect(codeSpan('')).toBe('`  `');
    expect(codeSpan('a|b<c')).toBe('<code>a\\|b&lt;c</code>');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '\n') }), (text) => {
        const span = codeSpan(text);
        const [fence = ''] = /^`+/.exec(span) ?? [];
        const runs = [...span.slice(fence.length, -fence.length).matchAll(/`+/g)].map(([run]) => run.length);
        expect(span.endsWith(fence)).toBe(true);
        expect(runs).not.toContain(fence.length);
      }),
    );
  });

  test('a code block is closed by nothing inside it', () => {
    expect(codeBlock('a\n', 'sh')).toBe('```sh\na\n```');
    expect(codeBlock('a\n````\n::error::b')).toBe('`````\na\n````\n\\::error::b\n`````');
  });
});
