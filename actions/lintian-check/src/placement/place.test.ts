import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { anyCharacter } from '@release-kit/action/any-character';
import type { Hint } from '@release-kit/debian';
import fc from 'fast-check';
import { hintOf } from '../hint.test-support.ts';
import { openSourceTree, type SourceTree } from '../source-tree.ts';
import { placeOf } from './place.ts';
import { placementRules } from './rules.ts';
import { writeSampleTree } from './sample-tree.test-support.ts';

describe('a place', () => {
  let host: RecordingHost | undefined;
  let tree: SourceTree | undefined;

  beforeAll(async () => {
    host = await recordingHost();
    const root = join(host.files.workspace, 'pkg');
    await mkdir(root);
    await writeSampleTree(root);
    await writeFile(join(host.files.workspace, 'secret'), 'recieve\n');
    await symlink('../secret', join(root, 'leak'));
    await symlink('/etc', join(root, 'data/etc'));
    tree = await openSourceTree(root, host.files.workspace);
  });
  afterAll(async () => {
    await host?.[Symbol.asyncDispose]();
  });

  const shown = async (given: Partial<Hint>) => (tree === undefined ? undefined : (await placeOf(hintOf(given), tree))?.shown);

  test('without a rule is what lintian points to, or the paragraph of the package', async () => {
    const tag = 'some-tag-of-tomorrow';
    expect(await shown({ tag, pointer: { path: 'src/main.c', index: 'patched', line: 3 } })).toBe('src/main.c:3');
    expect(await shown({ tag, pointer: { path: 'postinst', index: 'control', line: 3 } })).toBe('debian/hello.postinst:3');
    expect(await shown({ tag, pointer: { path: 'usr/bin/hello', index: 'installed', line: 2 } })).toBe('src/hello:2');
    expect(await shown({ tag, pointer: { path: 'usr/bin/hello', index: 'installed', line: undefined } })).toBe('debian/install:1');
    expect(await shown({ tag, package: 'hello-data' })).toBe('debian/control:29');
    expect(await shown({ tag, package: 'hello-data-dbgsym' })).toBe('debian/control:29');
    expect(await shown({ tag, package: 'unknown' })).toBe('debian/control:1');
  });

  test('is found in reports that do not say what a path is relative to', async () => {
    const tag = 'some-tag-of-tomorrow';
    expect(await shown({ tag, pointer: { path: 'debian/rules', index: undefined, line: 3 } })).toBe('debian/rules:3');
    expect(await shown({ tag, type: 'source', pointer: { path: 'src/main.c', index: undefined, line: 3 } })).toBe('src/main.c:3');
    expect(await shown({ tag, pointer: { path: 'postinst', index: undefined, line: 2 } })).toBe('debian/hello.postinst:2');
    expect(await shown({ tag, note: 'usr/bin/hello and more' })).toBe('debian/install:1');
    expect(await shown({ tag, note: 'debian/rules:4' })).toBe('debian/rules:4');
    expect(await shown({ tag, note: 'postinst:2 "x"' })).toBe('debian/hello.postinst:2');
    expect(await shown({ tag: 'spelling-error-in-binary', note: 'usr/bin/hello recieve receive' })).toBe('src/main.c:3');
    expect(await shown({ tag: 'manpage-has-errors-from-man', note: 'usr/share/man/man1/hello.1.gz 5: warning: x' })).toBe('doc/hello.1:5');
    expect(await shown({ tag: 'binary-without-manpage', note: 'usr/bin/hello' })).toBe('debian/install:1');
  });

  test('is inside the tree, whatever a finding says', async () => {
    const tags = Object.values(placementRules).flatMap((rule) => rule.tags.map((tag) => tag.replaceAll('*', 'x')));
    const path = fc.oneof(
      fc.constantFrom(
        '../secret',
        'leak',
        'data/etc/passwd',
        '/etc/passwd',
        'debian/../../secret',
        'usr/bin/hello',
        'debian/control',
        '__proto__',
        'constructor',
        '.git/config',
      ),
      fc.string(),
    );
    const hint = fc.record({
      tag: fc.oneof(fc.constantFrom(...tags, '__proto__', 'constructor'), fc.string()),
      package: fc.oneof(fc.constantFrom('hello', 'hello-data'), fc.string()),
      type: fc.constantFrom<Hint['type']>('binary', 'source', 'changes', 'udeb'),
      note: fc.oneof(
        path,
        fc.string({ unit: anyCharacter }),
        fc.constantFrom('recieve receive', '"'.repeat(5000), 'a/'.repeat(5000), 'line 99999999'),
      ),
      pointer: fc.option(
        fc.record({
          path,
          index: fc.constantFrom<'patched' | 'control' | 'installed' | undefined>('patched', 'control', 'installed', undefined),
          line: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
        }),
        { nil: undefined },
      ),
    });
    await fc.assert(
      fc.asyncProperty(hint, async ({ pointer, ...given }) => {
        const location =
          tree === undefined ? undefined : await placeOf(hintOf({ ...given, ...(pointer === undefined ? {} : { pointer }) }), tree);
        expect(location?.place?.file).toMatch(/^pkg\//);
        expect(tree?.files).toContain(location?.place?.file.slice('pkg/'.length));
        expect(location?.reason).toMatch(/\w/);
      }),
      { numRuns: 300 },
    );
  });
});
