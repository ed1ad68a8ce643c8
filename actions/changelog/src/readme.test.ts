import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readInputs } from '@release-kit/action';
import { readConfig } from '@release-kit/config';
import { tagFamily } from '@release-kit/history';
import { parse } from 'yaml';
import { spec } from './spec.ts';

const page = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const configs = blocks.filter((text) => /^changelog:/m.test(text));
const workflows = blocks.filter((text) => !/^changelog:/m.test(text));

const numbered = (texts: readonly string[]) => texts.map((text, index) => [index + 1, text] as const);

/** The inputs of all steps of ours, wherever in the document they stand. */
function stepsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(stepsIn);
  const uses = 'uses' in value ? String(value.uses) : '';
  return uses.includes('/changelog@') ? [{ ...('with' in value ? (value.with as object) : {}) }, ...inner] : inner;
}

describe('what the page shows', () => {
  test('is there to be tried', () => {
    expect([configs.length > 2, workflows.length > 5]).toEqual([true, true]);
  });

  test.each(numbered(workflows))('as workflow %i has inputs that are known', (_, text) => {
    const steps = stepsIn(parse(text));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      const given = Object.fromEntries(Object.entries(step).map(([name, value]) => [name, String(value)]));
      expect(() => readInputs(spec, given, { workspace: process.cwd(), nameOf: (name) => name })).not.toThrow();
    }
  });

  test.each(numbered(configs))('as configuration %i is one', async (_, text) => {
    const { changelog } = await readConfig(text, 'release-kit.yml');
    for (const { tags } of changelog.packages) expect(() => tagFamily(tags)).not.toThrow();
  });

  test('as a command has flags that are known', () => {
    const flags = [...page.matchAll(/release-kit changelog((?: --?[^\s`|]+| [^\s`|-][^\s`|]*)*)/g)].flatMap(
      ([, given = '']) => given.match(/--[a-z-]+/g) ?? [],
    );
    expect(flags.length).toBeGreaterThan(5);
    expect(flags.filter((flag) => !Object.hasOwn(spec.inputs, flag.slice(2)))).toEqual([]);
  });
});
