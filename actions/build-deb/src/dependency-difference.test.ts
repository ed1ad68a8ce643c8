import { expect, test } from '@jest/globals';
import { controlWith } from './control-fields.test-support.ts';
import { dependencyDifferences } from './dependency-difference.ts';
import type { PackageContent } from './package-content.ts';

function content(fields: Readonly<Record<string, string>>): PackageContent {
  const control = controlWith({ Package: 'demo', Version: '1', ...fields });
  return {
    file: 'demo.deb',
    control,
    dataMember: 'data.tar.xz',
    entries: [],
    elf: new Map(),
    sums: { files: new Map(), control: new Map() },
  };
}

const between = (ours: string, theirs: string) =>
  dependencyDifferences([content({ Architecture: 'arm64', Depends: ours })], [content({ Architecture: 'amd64', Depends: theirs })]);

test('a dependency that was lost or came is found by name', () => {
  expect(between('libc6 (>= 2.17)', 'libc6 (>= 2.34), libssl3 (>= 3.0)')).toEqual([{ package: 'demo', more: [], fewer: ['libssl3'] }]);
  expect(between('libc6, libfoo1', 'libc6, libbar1')).toEqual([{ package: 'demo', more: ['libfoo1'], fewer: ['libbar1'] }]);
});

test('versions, names of the C library, and run-time libraries of some processors are no difference', () => {
  expect(between('libc6 (>= 2.17), libatomic1 (>= 4.8)', 'libc6.1 (>= 2.34), libquadmath0')).toEqual([]);
  expect(between('libc60', 'libc6')).toHaveLength(1);
});

test('packages for all architectures, debug symbols, and packages that only one build has are not compared', () => {
  const all = [
    content({ Architecture: 'all', Depends: 'a' }),
    content({ Architecture: 'arm64', Depends: 'b', 'Auto-Built-Package': 'debug-symbols' }),
  ];
  expect(dependencyDifferences(all, [content({ Architecture: 'amd64', Depends: 'c' })])).toEqual([]);
  expect(dependencyDifferences([content({ Architecture: 'arm64', Depends: 'a' })], [])).toEqual([]);
});
