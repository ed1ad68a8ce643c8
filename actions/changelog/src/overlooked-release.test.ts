import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectForEach } from './project-for-each.test-support.ts';

const project = projectForEach();
const { changelog, history } = project;

const warnings = () => project.host.recorded.lines.filter((line) => line.startsWith('warning: '));

test('a history with tags of another kind is no first release: the pattern to give is named', async () => {
  await history('feat: one', 'tag 1.9.0', 'feat: two', 'annotated 1.10.0', 'fix: three');
  expect(await changelog()).toMatchObject({ bump: 'initial' });
  expect(warnings()).toEqual([
    'warning: this is told as the first release, as no tag before it is v* with a semantic version; but 2 tags look like releases, such as 1.10.0: if they are, give tags as "*", or set changelog.tags in the configuration',
  ]);
  project.host.recorded.lines.length = 0;
  expect(await changelog({ tags: '*' })).toMatchObject({ version: '1.10.1', previous: '1.10.0' });
  expect(warnings()).toEqual([]);
});

test('where no pattern helps, it is said what else does', async () => {
  await history('feat: one', 'tag R_2_8_3', 'fix: two');
  await changelog();
  expect(warnings()).toEqual([
    'warning: this is told as the first release, as no tag before it is v* with a semantic version; but R_2_8_3 looks like a release: its version is not of the form 1.2.3 (three numbers, no leading zeros), so name what to compare with (from) and the next version (version)',
  ]);
  project.host.recorded.lines.length = 0;
  expect(await changelog({ from: 'R_2_8_3', version: '2.8.4' })).toMatchObject({ version: '2.8.4', previous: 'R_2_8_3' });
  expect(warnings()).toEqual([]);
});

test('a release that does not count is told, whether its numbers or its beginning are to blame', async () => {
  await history('feat: one', 'tag v2.7.1', 'fix: two', 'tag v2.42', 'fix: three');
  expect(await changelog()).toMatchObject({ version: '2.7.2' });
  expect(warnings()).toEqual([
    'warning: v2.42 looks like a release after v2.7.1 and does not count: its version is not of the form 1.2.3 (three numbers, no leading zeros), so name what to compare with (from) and the next version (version)',
  ]);
});

test('a project that took to another kind of tags hears of the pattern', async () => {
  await history('feat: one', 'tag v1.20.4', 'fix: two', 'tag 2024.10.2', 'fix: three');
  await changelog();
  expect(warnings()).toEqual([
    'warning: 2024.10.2 looks like a release after v1.20.4 and does not count: if it is one, give tags as "*", or set changelog.tags in the configuration',
  ]);
});

test.each([
  ['came before the last release', ['feat: one', 'tag 2019.1.0', 'feat: two', 'tag v1.0.0', 'fix: three']],
  ['are on another branch', ['feat: one', 'tag v1.0.0', 'branch old', 'fix: two', 'tag 2.0.0', 'switch main', 'fix: three']],
  [
    'are on another branch, and the release is the first',
    ['feat: one', 'branch old', 'fix: two', 'tag 2.0.0', 'switch main', 'fix: three'],
  ],
])('nothing is told of tags that %s', async (_, steps) => {
  await history(...steps);
  await changelog();
  expect(warnings()).toEqual([]);
});

test('the first release of one of several packages is nothing odd, nor are the tags of the others', async () => {
  const packages = ['server', 'client'].map((name) => `    - { name: ${name}, path: ${name}, tags: "${name}/v*" }`);
  await writeFile(join(project.checkout, 'release-kit.yml'), ['changelog:', '  packages:', ...packages, ''].join('\n'));
  await history('feat: one', 'tag server/v1.0.0', 'tag old/v1.0.0', { subject: 'feat: two', files: ['client/a'] });
  expect(await changelog({ package: 'client' })).toMatchObject({ bump: 'initial' });
  expect(warnings()).toEqual([]);
});
