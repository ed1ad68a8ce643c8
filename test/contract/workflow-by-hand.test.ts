import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const examples = readdirSync(join(root, 'examples/workflows'))
  .map((name) => `examples/workflows/${name}`)
  .filter((path) => read(path).includes('/release.yml@'));

test('C7 whoever releases by tags can start the same by hand on a tag, since four tags pushed at once start nothing', () => {
  expect(examples.length).toBeGreaterThan(2);
  for (const path of examples) {
    const { on } = parse(read(path));
    expect([path, Object.keys(on), on.push, on.workflow_dispatch]).toEqual([path, ['push', 'workflow_dispatch'], { tags: ['v*'] }, null]);
  }
  expect(read('docs/workflows.md')).toMatch(
    /more than three tags are pushed at once: start the\s+workflow by hand on each, `gh workflow run release\.yml --ref v1\.2\.3`/,
  );
});

test('C7 a release reads the tag from the ref it was started on, whatever started it', () => {
  const text = read('.github/workflows/release.yml');
  expect(text).not.toContain('github.event');
  expect(text).not.toMatch(/inputs\.tag\b/);
  expect(parse(text).jobs.preflight.steps.find(({ id }: { readonly id?: string }) => id === 'release').with).toMatchObject({
    mode: 'check',
    tag: expect.stringContaining('{ github.ref_name }'),
    commit: expect.stringContaining('{ github.sha }'),
  });
});
