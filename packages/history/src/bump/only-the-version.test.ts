import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { bumpFile } from './bump-file.ts';

const request = { file: 'f', from: '1.2.0', to: '1.3.0' };
const key = fc.stringMatching(/^[a-z][a-z-]{0,6}$/).filter((name) => !['version', 'adopt-info'].includes(name));

test('of any snapcraft.yaml exactly the version changes, however it is written', async () => {
  const styles = fc.record({
    defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
    collectionStyle: fc.constantFrom('block' as const, 'flow' as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(key, fc.jsonValue({ maxDepth: 2 })), styles, async (rest, { defaultStringType, collectionStyle }) => {
      const body = stringify(rest, { defaultStringType, collectionStyle: 'block' });
      const version = stringify({ version: '1.2.0' }, { defaultStringType, collectionStyle });
      const text = Object.keys(rest).length === 0 ? version : `${collectionStyle === 'flow' ? `version: 1.2.0 # x\n` : version}${body}`;
      const result = await bumpFile('snapcraft.yaml', text, request);
      expect(parse(result.text)).toEqual({ ...parse(text), version: '1.3.0' });
      expect(result.text.replace('1.3.0', '1.2.0')).toBe(text);
    }),
  );
});

const oracle = `
import json, sys, tomllib
def same(before, after):
    try: old = tomllib.loads(before)
    except tomllib.TOMLDecodeError: return None
    new = tomllib.loads(after)
    if new["package"].pop("version") != "1.3.0" or old["package"].pop("version") != "1.2.0": return False
    return repr(old) == repr(new)
print(json.dumps([same(*pair) for pair in json.load(sys.stdin)]))
`;
const withPython = existsSync('/usr/bin/python3') || process.env['CI'] !== undefined ? test : test.skip;

withPython("of any Cargo.toml exactly the version changes, as Python's tomllib sees it", async () => {
  const value = fc.oneof(
    fc.string().map((text) => JSON.stringify(text)),
    fc.constantFrom(
      '1',
      '["version", "1.2.0"]',
      '{ version = "1.2.0" }',
      "'''\nversion = \"1.2.0\"\n'''",
      '"""\n[package]\nversion = "1.2.0"\n"""',
    ),
  );
  const line = fc.tuple(key, value).map(([name, text]) => `${name} = ${text} # version = "1.2.0"`);
  const lines = fc.uniqueArray(line, { maxLength: 4, selector: (text) => text.split(' ')[0] });
  const texts = fc
    .tuple(lines, lines, lines, lines, fc.constantFrom('\n', '\r\n'))
    .map(([top, above, below, other, end]) =>
      [...top, '[package]', ...above, "  version\t= '1.2.0' #'", ...below, '[package.metadata.x]', ...other, 'version = "1.2.0"', ''].join(
        end,
      ),
    );
  const pairs = await Promise.all(
    fc.sample(texts, { numRuns: 200, seed: 5 }).map(async (text) => [text, (await bumpFile('Cargo.toml', text, request)).text]),
  );
  const verdicts: unknown = JSON.parse(
    execFileSync('/usr/bin/python3', ['-c', oracle], { input: JSON.stringify(pairs), encoding: 'utf8' }),
  );
  expect(Array.isArray(verdicts) && verdicts.every((same) => same !== false)).toBe(true);
  expect(Array.isArray(verdicts) && verdicts.filter((same) => same === true).length > 100).toBe(true);
});
