import { describe, expect, test } from '@jest/globals';
import { anyCharacter } from '@release-kit/action/any-character';
import { UserError } from '@release-kit/action/errors';
import fc from 'fast-check';
import { failure, file } from './config-failure.test-support.ts';
import { readConfig } from './load-config.ts';

describe('hostile YAML ends as E_CONFIG with a place, soon (H20)', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...'bcdefghij'.split('').map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[index]}`).join(', ')}]`),
  ];
  test.each([
    ['alias bomb', bomb.join('\n'), /more than 20000 values/],
    ['alias of itself', 'a: &a [*a]', /nested too deeply/],
    ['unknown alias', 'a: 1\nb: *nope', /\*nope names no anchor/],
    ['merge key', 'x: &x { a: 1 }\nlint:\n  <<: *x', /merge keys/],
    ['__proto__', '__proto__: { lint: 1 }', /"__proto__" is not a key of the file/],
    ['maps where text belongs', 'distributions: [{ a: 1 }, { a: 1 }]\npackages: [{ b: 1 }, { b: 1 }]', /distributions\[0\] is a map/],
    ['constructor', 'lint: { constructor: 1 }', /"constructor" is not a key of lint/],
    ['function tag', 'lint: !!js/function "x"', /tags such as !!js\/function are not allowed/],
    ['own tag', 'lint: !x { fail-on: error }', /tags such as !x/],
    ['tag on a key', '!x lint: 1', /tags on keys/],
    ['duplicate key', 'lint: {}\nlint: {}', /"lint" is there twice/],
    ['tab', 'lint:\n\tfail-on: error', /Tabs are not allowed/],
    ['not a number', 'lint: { fail-on: .nan }', /numbers must be finite/],
    ['infinity', 'lint: .inf', /numbers must be finite/],
    ['two documents', 'lint: {}\n---\nlint: {}', /more than one YAML document/],
    ['YAML 1.1', '%YAML 1.1\n---\nrelease: { draft: yes }', /only YAML 1.2/],
    ['unknown directive', '%FOO bar\n---\nlint: {}', /directive/],
    ['key that is a list', '? [a, b]\n: 1', /a key must be text/],
    ['key that is a number', '1: 2', /a key must be text/],
    ['open quote', 'lint: "x', /lacks its closing "/],
    ['10 MiB', 'a'.repeat(10 * 1024 * 1024), /larger than 128 KiB/],
    ['deep brackets', '['.repeat(120_000), /nested too deeply/],
    ['deep lists that end', `${'['.repeat(40)}${']'.repeat(40)}`, /nested too deeply/],
    ['deep dashes', '- '.repeat(60_000), /nested too deeply/],
    [
      'many keys',
      Array.from({ length: 25_000 }, (_, index) => `${index}x:`)
        .join('\n')
        .slice(0, 131_000),
      /./,
    ],
  ])('%s', async (_, text, message) => {
    const start = performance.now();
    const found = await failure(text);
    expect(found.code).toBe('E_CONFIG');
    expect(found.message).toMatch(message);
    expect(found.at).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  test('and no text makes it fail otherwise', async () => {
    const word = fc.constantFrom(
      'lint',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '&a ',
      '*a',
      '"',
      "'",
      '!',
      '<<',
      '#',
      '|',
      '\t',
      'fail-on',
      'error',
      '\u0000',
      '\ufeff',
      '? ',
      '---',
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 30 }).map((words) => words.join('')),
      fc.string({ unit: anyCharacter, maxLength: 60 }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (yaml) => {
        try {
          await readConfig(yaml, file);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          expect((error as UserError).place?.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
