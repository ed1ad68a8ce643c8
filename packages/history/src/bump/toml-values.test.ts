import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type TomlValue, tomlValues } from './toml-values.ts';

const fail = (offset: number, problem: string): never => {
  throw new RangeError(`${offset} ${problem}`);
};
const read = (text: string) => tomlValues(text, fail);
const shape = (values: readonly TomlValue[]) => values.map(({ path, string }) => [path.join('.'), string?.text]);

describe('TOML', () => {
  test('tables, arrays of tables, dotted and quoted keys lead to a value', () => {
    const text = `a . "b.c" . 'd' = 1
[x]
y = { p = "1", q.r = [ "2", ["3"], { s = '4' } ] }
[[x.z]]
k = "5"
[x.z.sub]
k = "6"
[[x.z]] # another
k = "7"
`;
    expect(shape(read(text))).toEqual([
      ['a.b.c.d', undefined],
      ['x.y.p', '1'],
      ['x.y.q.r.0', '2'],
      ['x.y.q.r.1.0', '3'],
      ['x.y.q.r.2.s', '4'],
      ['x.z.0.k', '5'],
      ['x.z.0.sub.k', '6'],
      ['x.z.1.k', '7'],
    ]);
  });

  test('an offset leads to the value as it stands', () => {
    const text = '\ufeff# é\r\na = "1.2.0" # x\r\nb = [\r\n  1, # "no"\r\n  \'two\',\r\n]\r\nc = 1979-05-27 07:32:00Z\r\n';
    expect(read(text).map(({ start, end }) => text.slice(start, end))).toEqual(['"1.2.0"', '1', "'two'", '1979-05-27 07:32:00Z']);
  });

  test.each([
    ['a = "x\\ty\\u00e9\\"" ', 'x\tyé"', false],
    ["a = 'C:\\x'", 'C:\\x', true],
    ['a = """\nx\\\n   y""z"""', 'xy""z', false],
    ['a = """x"""""', 'x""', false],
    ["a = '''\nx'y'''", "x'y", false],
    ['a = ""', '', true],
  ])('the string of %j', (text, value, plain) => {
    expect(read(text)).toMatchObject([{ string: { text: value, plain } }]);
  });

  test.each([
    'a',
    'a =',
    'a = "x',
    'a = "x\ny"',
    "a = '''x''",
    'a = [1',
    'a = {b = 1',
    'a = 1 b = 2',
    '[a',
    '[[a]',
    '= 1',
    'a. = 1',
    '"""a""" = 1',
    'a = [1 2]',
    `a = ${'['.repeat(9999)}`,
  ])('what cannot be read ends it: %.40j', (text) => {
    expect(() => read(text)).toThrow(RangeError);
  });

  test.each([
    `${'# "\n'.repeat(2 ** 18)}a = 1`,
    `a = [${'"x",'.repeat(2 ** 18)}]`,
    '[[a]]\n'.repeat(2 ** 17),
    `a = """${'""\\"'.repeat(2 ** 18)}"""`,
    `a = "${'\\\\'.repeat(2 ** 19)}"`,
  ])('a MiB is read once (%#)', (text) => {
    expect(() => read(text)).not.toThrow();
  });
});

const key = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/),
  fc.string({ minLength: 1, maxLength: 8 }).map((text) => JSON.stringify(text)),
);
const value = fc.oneof(
  fc.constantFrom('1', 'true', '-inf', '0x1F', '1e3', '1979-05-27', '1979-05-27T07:32:00Z', '07:32:00'),
  fc.string().map((text) => JSON.stringify(text)),
  fc.stringMatching(/^[ -&(-~]{0,12}$/).map((text) => `'${text}'`),
  fc.stringMatching(/^[ -&(-~\n]{0,12}$/).map((text) => `'''${text}'''`),
  fc.array(fc.string(), { maxLength: 3 }).map((texts) => `[ # "\n ${texts.map((text) => JSON.stringify(text)).join(' ,\n')} ]`),
  fc.tuple(key, fc.string()).map(([name, text]) => `{ ${name} = ${JSON.stringify(text)} }`),
);
const line = fc.oneof(
  fc.tuple(key, value).map(([name, text]) => `${name} = ${text} # [x] "`),
  fc.tuple(key, key, value).map(([name, other, text]) => ` ${name} . ${other}=${text}`),
  key.map((name) => `[ ${name} ]`),
  fc.tuple(key, key).map(([name, other]) => `[${name}.${other}]`),
  key.map((name) => `[[${name}]]`),
  fc.constantFrom('', '# a = 1', '\t'),
);

const oracle = `
import json, sys, tomllib
def strings(value, path):
    if isinstance(value, dict):
        for key, item in value.items(): yield from strings(item, path + [key])
    elif isinstance(value, list):
        for index, item in enumerate(value): yield from strings(item, path + [index])
    else: yield [path, value if isinstance(value, str) else None]
def read(text):
    try: return sorted(strings(tomllib.loads(text), []), key=json.dumps)
    except tomllib.TOMLDecodeError: return None
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
`;

const withPython = existsSync('/usr/bin/python3') || process.env['CI'] !== undefined ? test : test.skip;

/** What Python's own parser makes of the texts; null of what it refuses. */
function python(texts: readonly string[]): readonly unknown[] {
  const answers: unknown = JSON.parse(execFileSync('/usr/bin/python3', ['-c', oracle], { input: JSON.stringify(texts), encoding: 'utf8' }));
  return Array.isArray(answers) ? answers : [];
}

const ordered = (values: readonly TomlValue[]) => values.map(({ path, string }) => JSON.stringify([path, string?.text ?? null])).sort();

withPython("what Python's tomllib reads is read alike, path by path", () => {
  const texts = fc.sample(
    fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n')),
    { numRuns: 1500, seed: 7 },
  );
  const answers = python(texts);
  let compared = 0;
  for (const [index, text] of texts.entries()) {
    const answer: unknown = answers[index];
    if (!Array.isArray(answer)) continue;
    compared += 1;
    expect([text, ordered(read(text))]).toEqual([text, answer.map((entry: unknown) => JSON.stringify(entry)).sort()]);
  }
  expect(compared).toBeGreaterThan(300);
});
