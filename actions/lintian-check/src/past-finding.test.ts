import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseLintianJson } from '@release-kit/debian';
import { hintOf } from './hint.test-support.ts';
import { currentName, keyOf, pastOf, stableText } from './past-finding.ts';

const at = (path: string, line?: number) => ({ path, index: undefined, line });

describe('what moves by itself does not count', () => {
  test.each([
    ['a line', hintOf({ pointer: at('debian/rules', 12) }), hintOf({ pointer: at('debian/rules', 14) }), '[debian/rules]'],
    ['a line in the note', hintOf({ note: '(line 12)' }), hintOf({ note: '(line 9)' }), '(line <n>)'],
    [
      'a line of groff',
      hintOf({ note: 'an.tmac:<standard input>:12: misuse, warning: .TH', pointer: at('usr/share/man/man1/a.1.gz', 12) }),
      hintOf({ note: 'an.tmac:<standard input>:340: misuse, warning: .TH', pointer: at('usr/share/man/man1/a.1.gz', 340) }),
      'an.tmac:<standard input>:<n>: misuse, warning: .TH [usr/share/man/man1/a.1.gz]',
    ],
    [
      'versions',
      hintOf({ tag: 'out-of-date-standards-version', note: '4.5.0 (released 2020-01-20) (current is 4.6.2)' }),
      hintOf({ tag: 'out-of-date-standards-version', note: '4.5.0 (released 2020-01-20) (current is 4.7.0.1)' }),
      '<n> (released <n>) (current is <n>)',
    ],
    ['a Debian version', hintOf({ note: 'hello 1:2.10-3+deb12u1' }), hintOf({ note: 'hello 1:2.12~rc1-1ubuntu2' }), 'hello <n>'],
    [
      'the architecture and a library',
      hintOf({ pointer: at('usr/lib/x86_64-linux-gnu/libx.so.1.2.3') }),
      hintOf({ pointer: at('usr/lib/arm-linux-gnueabihf/libx.so.1.2.4') }),
      '[usr/lib/<triplet>/libx.so.<version>]',
    ],
    [
      'where it was built',
      hintOf({ note: 'RUNPATH /build/hello-aB3xYz/hello-2.10/src' }),
      hintOf({ note: 'RUNPATH /build/reproducible-path/hello-2.12.1/src' }),
      'RUNPATH <build>/src',
    ],
    [
      'a file name of the package',
      hintOf({ tag: 'recommended-field', note: 'hello_1.0-1_amd64.deb Section' }),
      hintOf({ tag: 'recommended-field', note: 'hello_1.1~rc1-1_arm64.deb Section' }),
      'hello_<version>.deb Section',
    ],
    ['a size', hintOf({ note: '4100kB 60%' }), hintOf({ note: '5kB 9%' }), '<n> <n>%'],
    [
      'a build ID',
      hintOf({ pointer: at('usr/lib/debug/.build-id/ab/cdef0123456789.debug') }),
      hintOf({ pointer: at('usr/lib/debug/.build-id/01/a0cdef01234567.debug') }),
      '[usr/lib/debug/.build-id/<hash>.debug]',
    ],
    [
      'the place of the path, which lintian 2.114 wrote first and without brackets',
      hintOf({ note: 'usr/bin/a occured occurred' }),
      hintOf({ note: 'occured occurred', pointer: at('usr/bin/a') }),
      'occured occurred [usr/bin/a]',
    ],
  ])('%s', (_, before, after, context) => {
    expect(pastOf(before).context).toBe(context);
    expect(keyOf(pastOf(after))).toBe(keyOf(pastOf(before)));
  });
});

describe('what makes another finding does', () => {
  test.each([
    ['tag', { tag: 'other-tag' }],
    ['package', { package: 'hello2' }],
    ['type', { type: 'source' as const }],
    ['file', { pointer: at('usr/share/man/man5/hello.5.gz') }],
    ['word', { note: 'recieve receive' }],
    ['name with a digit', { note: 'libfoo2' }],
  ])('another %s', (_, given) => {
    const one = { note: 'libfoo1', pointer: at('usr/share/man/man1/hello.1.gz') };
    expect(keyOf(pastOf(hintOf({ ...one, ...given })))).not.toBe(keyOf(pastOf(hintOf(one))));
  });
});

test('a renamed tag is known by its name of today, and a circle of names ends', () => {
  const renamed = new Map([
    ['a', 'b'],
    ['b', 'c'],
    ['x', 'y'],
    ['y', 'x'],
  ]);
  expect(pastOf(hintOf({ tag: 'a' }), renamed).tag).toBe('c');
  expect(currentName('c', renamed)).toBe('c');
  expect(['x', 'y']).toContain(currentName('x', renamed));
});

// Captured: the same packages, checked by lintian of Debian 12 and of Debian 13.
test.each(['source', 'broken'])('the findings of %s are known again by another lintian', async (name) => {
  const [before, after] = await Promise.all(['2.116', '2.122'].map((version) => keysOf(`${name}-${version}.json`)));
  expect([...(after ?? [])].filter((key) => before?.has(key) !== true)).toEqual([]);
  expect(after?.size).toBeGreaterThan(15);
});

async function keysOf(sample: string): Promise<ReadonlySet<string>> {
  const file = join(import.meta.dirname, '../../../packages/debian/src/fixtures/lintian', sample);
  const hints = parseLintianJson(await readFile(file, 'utf8')).files.flatMap((one) => one.hints);
  return new Set(hints.filter(({ severity }) => severity !== 'classification').map((hint) => keyOf(pastOf(hint))));
}

test('text of strangers is inert, one line, and not longer than a line may be', () => {
  const past = pastOf(hintOf({ package: 'a b:c', tag: 'x y', note: `\u001b[31m\n::error::x\u202e ${'z'.repeat(5000)}` }));
  expect(past).toMatchObject({ package: 'a_b_c', tag: 'xxy' });
  expect(past.context).toMatch(/^\\x1b\[<n> ::error::x\\u\{<n>\} z+…$/);
  expect(past.context.length).toBe(400);
});

test('twice is the same as once, in linear time', () => {
  const pieces = [
    'a_1.0_all.deb',
    '/build/a-1.0/b',
    '1.2.3',
    ':12',
    '[usr/lib/x86_64-linux-gnu/a.so.1.2]',
    '0123abcdef',
    '<n>',
    '/',
    ':',
    '\u001b',
    '-',
    '4kB',
    '<',
    '…',
  ];
  let seed = 7;
  const next = (): number => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed;
  };
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: 1 + (next() % 8) }, () => pieces[next() % pieces.length] + (next() % 2 === 0 ? ' ' : '')).join('');
    expect(stableText(stableText(text))).toBe(stableText(text));
  }
  for (const text of [
    '1.'.repeat(100_000),
    '/tmp/'.repeat(50_000),
    'a-'.repeat(100_000),
    'f'.repeat(200_000),
    'a_1'.repeat(60_000),
    '0:'.repeat(100_000),
  ])
    expect(stableText(text).length).toBeLessThanOrEqual(400);
});
