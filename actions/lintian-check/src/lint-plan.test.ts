import { describe, expect, test } from '@jest/globals';
import { fileOf } from './hint.test-support.ts';
import { isChecked, planLint } from './lint-plan.ts';

const build = [
  fileOf('changes', 'hello_1.0_amd64.changes'),
  fileOf('deb', 'hello_1.0_amd64.deb'),
  fileOf('dsc', 'hello_1.0.dsc'),
  fileOf('source', 'hello_1.0.tar.xz'),
  fileOf('buildinfo', 'hello_1.0_amd64.buildinfo'),
];
const inside = ['hello_1.0.dsc', 'hello_1.0.tar.xz', 'hello_1.0_amd64.buildinfo', 'hello_1.0_amd64.deb'];

describe('planLint', () => {
  test('hands over the .changes, and expects every file but source archives', () => {
    const { batches, notes } = planLint(build, new Map([['hello_1.0_amd64.changes', inside]]));
    expect(notes).toEqual([]);
    expect(batches).toEqual([
      {
        distribution: 'debian:12',
        subjects: ['hello_1.0_amd64.changes'],
        expected: ['hello_1.0.dsc', 'hello_1.0_amd64.buildinfo', 'hello_1.0_amd64.changes', 'hello_1.0_amd64.deb'],
      },
    ]);
  });

  test('a package that no .changes lists is handed over by itself', () => {
    const files = [...build, fileOf('deb', 'extra_1.0_all.deb'), fileOf('ddeb', 'hello-dbgsym_1.0_amd64.ddeb')];
    const { batches } = planLint(files, new Map([['hello_1.0_amd64.changes', inside]]));
    expect(batches[1]).toEqual({
      distribution: 'debian:12',
      subjects: ['extra_1.0_all.deb', 'hello-dbgsym_1.0_amd64.ddeb'],
      expected: ['extra_1.0_all.deb', 'hello-dbgsym_1.0_amd64.ddeb'],
    });
  });

  test('a .changes that lists files from elsewhere is set aside, and that is said', () => {
    const { batches, notes } = planLint(build.slice(0, 2), new Map([['hello_1.0_amd64.changes', inside]]));
    expect(batches).toEqual([{ distribution: 'debian:12', subjects: ['hello_1.0_amd64.deb'], expected: ['hello_1.0_amd64.deb'] }]);
    expect(notes).toEqual([expect.stringMatching(/^hello_1\.0_amd64\.changes lists hello_1\.0\.dsc, .*checked one by one$/)]);
  });

  test('each distribution and each build of one version is a call of its own', () => {
    const files = [
      fileOf('changes', 'a_12.changes'),
      fileOf('deb', 'a_12.deb'),
      fileOf('changes', 'a_arm.changes'),
      fileOf('deb', 'a_arm.deb'),
      fileOf('deb', 'a_13.deb', 'debian:13'),
    ];
    const listed = new Map([
      ['a_12.changes', ['a_12.deb']],
      ['a_arm.changes', ['a_arm.deb']],
    ]);
    expect(planLint(files, listed).batches.map(({ distribution, subjects }) => [distribution, ...subjects])).toEqual([
      ['debian:12', 'a_12.changes'],
      ['debian:12', 'a_arm.changes'],
      ['debian:13', 'a_13.deb'],
    ]);
  });

  const sources = (...names: string[]) => ({
    files: names.flatMap((name) => [
      { ...fileOf('changes', `${name}.changes`), package: name },
      { ...fileOf('deb', `${name}.deb`), package: name, size: name.length },
    ]),
    listed: new Map(names.map((name) => [`${name}.changes`, [`${name}.deb`]])),
  });

  test('builds of different sources share a call', () => {
    const { files, listed } = sources('a', 'b', 'c');
    expect(planLint(files, listed).batches).toEqual([
      {
        distribution: 'debian:12',
        subjects: ['a.changes', 'b.changes', 'c.changes'],
        expected: ['a.changes', 'a.deb', 'b.changes', 'b.deb', 'c.changes', 'c.deb'],
      },
    ]);
  });

  test('more processes get shares of about the same size, whatever stands alone has its own', () => {
    const { files, listed } = sources('aaaaaaaa', 'bbbb', 'ccc', 'd');
    const { batches } = planLint([...files, fileOf('deb', 'alone.deb')], listed, () => 2);
    expect(batches.map(({ subjects }) => subjects)).toEqual([
      ['aaaaaaaa.changes', 'd.changes'],
      ['bbbb.changes', 'ccc.changes'],
      ['alone.deb'],
    ]);
    expect(planLint([fileOf('deb', 'alone.deb')], new Map(), () => 2).batches).toHaveLength(1);
  });

  test('nothing to check is no batch', () => {
    expect(planLint([fileOf('source', 'hello_1.0.tar.xz')], new Map()).batches).toEqual([]);
    expect((['deb', 'udeb', 'source'] as const).map((kind) => isChecked({ kind }))).toEqual([true, true, false]);
  });
});
